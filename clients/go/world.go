package snapstand

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// AllWorlds names all worlds at once, where a call can be about all: resets, faults, the journal, events.
const AllWorlds = "*"

// World is one world of a server: its own resources in both clouds, clock, faults, journal, checkpoints and settings.
type World struct {
	// Its name, and the access key of its own.
	Key string

	Clock       *WorldClock
	Faults      *WorldFaults
	Requests    *WorldRequests
	Checkpoints *WorldCheckpoints
	Settings    *WorldSettings
	State       *WorldState
	Resources   *WorldResources
	Move        *WorldMove

	scope  *scope
	server *Server
}

// What every call about one world has in common.
type scope struct {
	*wire
	world string
}

func (s *scope) query() query {
	return query{}.text("world", s.world)
}

func (s *scope) call(method string, path ...string) call {
	return call{method: method, path: path, query: s.query()}
}

// WorldNamed is the world of that name, whether it is there or not; nothing is sent. Calls of the clouds without a key
// belong to the world default.
func (s *Server) WorldNamed(key string) *World {
	scope := &scope{wire: s.wire, world: key}
	return &World{
		Key:         key,
		Clock:       &WorldClock{scope},
		Faults:      &WorldFaults{scope},
		Requests:    &WorldRequests{scope},
		Checkpoints: &WorldCheckpoints{scope, s},
		Settings:    &WorldSettings{scope},
		State:       &WorldState{scope},
		Resources:   &WorldResources{scope},
		Move:        &WorldMove{scope},
		scope:       scope,
		server:      s,
	}
}

// Reset puts the world back to its starter seed, and empties its journal.
func (w *World) Reset(ctx context.Context) (ResetReport, error) {
	return ask[ResetReport](ctx, w.scope.wire, w.scope.call("POST", "reset"))
}

// ResetReport says which worlds were reset.
type ResetReport struct {
	Worlds []string      `json:"worlds"`
	Failed []FailedReset `json:"failed"`
}

// FailedReset is a world that could not be reset.
type FailedReset struct {
	World  string `json:"world"`
	Reason string `json:"reason"`
}

// Delete forgets the world; false: it was not there.
func (w *World) Delete(ctx context.Context) (bool, error) {
	err := w.scope.tell(ctx, call{method: "DELETE", path: []string{"worlds", w.Key}})
	var problem *Problem
	if errors.As(err, &problem) && problem.Status == http.StatusNotFound {
		return false, nil
	}
	return err == nil, err
}

// Keep says whether --max-worlds passes the world over. A world that is not there comes into being.
func (w *World) Keep(ctx context.Context, keep bool) (WorldSummary, error) {
	return ask[WorldSummary](ctx, w.scope.wire, call{
		method: "PUT", path: []string{"worlds", w.Key}, body: map[string]bool{"keep": keep},
	})
}

// WorldSummary is a world in the list of all.
type WorldSummary struct {
	ID string `json:"id"`
	ClockState
	// How many calls of the clouds it has had.
	Calls int `json:"calls"`
	// Whether --max-worlds passes it over.
	Keep bool `json:"keep"`
	// Why it is not served; its clock is the wall clock then.
	Damaged *Damage `json:"damaged"`
}

// Damage is why a world cannot be served.
type Damage struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
}

// Agenda tells what will happen next, in order: so many events, or 20.
func (w *World) Agenda(ctx context.Context, limit int) (Agenda, error) {
	c := w.scope.call("GET", "agenda")
	c.query.number("limit", limit)
	return ask[Agenda](ctx, w.scope.wire, c)
}

// Agenda is what will happen next in a world.
type Agenda struct {
	World string `json:"world"`
	ClockState
	Agenda []AgendaEntry `json:"agenda"`
	// Whether there is more to come than is told.
	More bool `json:"more"`
}

// AgendaEntry is one thing that will happen.
type AgendaEntry struct {
	NextEvent
	Provider string `json:"provider"`
	// volume, snapshot, instance or policy.
	What string `json:"what"`
}

// OccurrencesFilter says which part of a policy's doings is told.
type OccurrencesFilter struct {
	// Of the past only what comes after; without, the newest of the past.
	After time.Time
	// How many of each; without, 20.
	Limit int
}

// Occurrences tells what a policy did, with reasons, and what it will do.
func (w *World) Occurrences(
	ctx context.Context, provider, policy string, filter OccurrencesFilter,
) (Occurrences, error) {
	c := w.scope.call("GET", provider, "policies", policy, "occurrences")
	c.query.instant("after", filter.After).number("limit", filter.Limit)
	return ask[Occurrences](ctx, w.scope.wire, c)
}

// Occurrences is what a policy did and will do.
type Occurrences struct {
	World    string    `json:"world"`
	Provider string    `json:"provider"`
	Policy   string    `json:"policy"`
	Deleted  bool      `json:"deleted"`
	Now      time.Time `json:"now"`
	// The oldest first.
	Past []PastOccurrence `json:"past"`
	// What will come if nothing changes.
	Next []NextOccurrence `json:"next"`
}

// PastOccurrence is what a policy did at an instant.
type PastOccurrence struct {
	At   time.Time `json:"at"`
	Made int       `json:"made"`
	// Those that it made and that are still there.
	Snapshots []string `json:"snapshots"`
	// Volumes that were passed over.
	Skipped []Skipped `json:"skipped"`
}

// Skipped is why a firing passed over volumes, and over how many.
type Skipped struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
	// The first of them.
	Volumes []string `json:"volumes"`
}

// NextOccurrence is an instant at which a policy will fire.
type NextOccurrence struct {
	At time.Time `json:"at"`
	// How many are bound now.
	Volumes int `json:"volumes"`
}
