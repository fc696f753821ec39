package snapstand

import "context"

// FaultRule is a rule: which calls it meets, how often it acts, and what happens then.
type FaultRule struct {
	// Its name, where the call does not say it already.
	ID string `json:"id,omitempty"`
	// A cloud, or * for every one, which is the default.
	Provider string `json:"provider,omitempty"`
	// An operation, * for every one, which is the default, or a beginning such as Describe*.
	Operation string     `json:"operation,omitempty"`
	When      *FaultWhen `json:"when,omitempty"`
	// So many calls it lets go first.
	Skip int `json:"skip,omitempty"`
	// So often it acts; without, always.
	Times int `json:"times,omitempty"`
	// From 0 to 1, drawn from the world's own sequence; without, always.
	Probability *float64 `json:"probability,omitempty"`
	// False: it is there, but meets nothing.
	Enabled *bool     `json:"enabled,omitempty"`
	Then    FaultThen `json:"then"`
}

// FaultWhen says which calls are met: all that is named must be there.
type FaultWhen struct {
	// Members of the body, of the query, of the path, as the operation reads them.
	Body   map[string]any `json:"body,omitempty"`
	Query  map[string]any `json:"query,omitempty"`
	Params map[string]any `json:"params,omitempty"`
	// The id of a resource that the call names in its path, query or body.
	Resource string `json:"resource,omitempty"`
}

// FaultConnection is what happens to the connection.
type FaultConnection string

const (
	// ResetConnection answers nothing.
	ResetConnection FaultConnection = "reset"
	// CloseEarly answers half.
	CloseEarly FaultConnection = "close-early"
	// Hang answers nothing until the client goes.
	Hang FaultConnection = "hang"
)

// OutcomeFails lets the call succeed, and what it makes end in the cloud's failed state.
const OutcomeFails = "fails"

// FaultThen is what happens to a call that a rule meets.
type FaultThen struct {
	// A code of the operation, or one that all have.
	Error string `json:"error,omitempty"`
	// So long the call waits before; alone, or beside any other.
	DelayMs int `json:"delayMs,omitempty"`
	// An answer of your own: its body is sent as it is where it is a text, anything else as JSON.
	Status int `json:"status,omitempty"`
	Body   any `json:"body,omitempty"`
	// ResetConnection, CloseEarly or Hang.
	Connection FaultConnection `json:"connection,omitempty"`
	// OutcomeFails.
	Outcome string `json:"outcome,omitempty"`
	// Lets so many calls through in so many seconds of the world's clock; acts beyond.
	Rate *FaultRate `json:"rate,omitempty"`
	// The work is done first; only the answer is late, lost or another one.
	After bool `json:"after,omitempty"`
}

// FaultRate is how many calls go through.
type FaultRate struct {
	Requests   int `json:"requests"`
	PerSeconds int `json:"perSeconds"`
}

// Fault is a rule, and what it came to.
type Fault struct {
	// Whose rule it is; *: the server's, which holds in every world.
	World string `json:"world"`
	FaultRule
	// Calls that it was for, those that it let go included.
	Met int `json:"met"`
	// Those that it did something to.
	Acted int `json:"acted"`
}

// WorldFaults has the calls about a world's faults.
type WorldFaults struct{ scope *scope }

// List tells the faults in the order in which they act: the world's own, then those of the server.
func (f *WorldFaults) List(ctx context.Context) ([]Fault, error) {
	return ask[[]Fault](ctx, f.scope.wire, f.scope.call("GET", "faults"))
}

// Put puts a fault into the world; one of the same name is replaced.
func (f *WorldFaults) Put(ctx context.Context, id string, rule FaultRule) (Fault, error) {
	c := f.scope.call("PUT", "faults", id)
	c.body = rule
	return ask[Fault](ctx, f.scope.wire, c)
}

// Delete drops a fault.
func (f *WorldFaults) Delete(ctx context.Context, id string) error {
	return f.scope.tell(ctx, f.scope.call("DELETE", "faults", id))
}

// Clear drops all faults of the world; those of the server stay.
func (f *WorldFaults) Clear(ctx context.Context) error {
	return f.scope.tell(ctx, f.scope.call("DELETE", "faults"))
}
