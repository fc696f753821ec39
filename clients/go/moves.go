package snapstand

import "context"

// Move is a world that is moved to another server, or from one, or that has left.
type Move struct {
	// AllWorlds: all that are not there.
	World string `json:"world"`
	// away: to the server at URL; here: from it.
	Way string `json:"way"`
	// Whose move it is: who begins it again has it from then on.
	Move string    `json:"move"`
	URL  string    `json:"url"`
	Mode ClockMode `json:"mode"`
	Keep bool      `json:"keep"`
	// How often it had been moved: its request ids take it in.
	Series int `json:"series"`
	// Whether this server has the world, or what has come of it.
	IsThere bool `json:"isThere"`
}

// MoveBeginning says where a world is moved to, or from. From wants the mode, keep and series that the other server told.
type MoveBeginning struct {
	To string `json:"to,omitempty"`
	// Gives up its checkpoints, which do not go along.
	DropCheckpoints bool      `json:"dropCheckpoints,omitempty"`
	From            string    `json:"from,omitempty"`
	Mode            ClockMode `json:"mode,omitempty"`
	Keep            *bool     `json:"keep,omitempty"`
	Series          *int      `json:"series,omitempty"`
}

// Moves lists the worlds that are moved to another server, or from one, and those that have left.
func (s *Server) Moves(ctx context.Context) ([]Move, error) {
	return ask[[]Move](ctx, s.wire, call{method: "GET", path: []string{"moves"}})
}

// WorldMove has the calls that move a world to another server: begun on both, its state exported there and imported here,
// finished on both. The command snapstand move makes them.
type WorldMove struct{ scope *scope }

func (m *WorldMove) call(method string, steps ...string) call {
	return call{method: method, path: append([]string{"moves", m.scope.world}, steps...)}
}

// Begin begins to move the world to another server, or to take it from one: none of its calls is served until the end.
func (m *WorldMove) Begin(ctx context.Context, beginning MoveBeginning) (Move, error) {
	c := m.call("PUT")
	c.body = beginning
	return ask[Move](ctx, m.scope.wire, c)
}

// Finish finishes the move that Begin told: a world that leaves is forgotten, one that has come is served.
func (m *WorldMove) Finish(ctx context.Context, move string) error {
	c := m.call("POST", "finish")
	c.body = map[string]string{"move": move}
	return m.scope.tell(ctx, c)
}

// GiveUp gives up a move: what was to leave is served as before. What has come is forgotten only where move names it.
func (m *WorldMove) GiveUp(ctx context.Context, move string) error {
	c := m.call("DELETE")
	c.query = query{}.text("move", move)
	return m.scope.tell(ctx, c)
}
