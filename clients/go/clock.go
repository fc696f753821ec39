package snapstand

import (
	"context"
	"time"
)

// ClockMode says whether a clock runs.
type ClockMode string

const (
	// SystemClock runs as the wall clock does, from wherever it was put.
	SystemClock ClockMode = "system"
	// ManualClock stands still until it is told to move.
	ManualClock ClockMode = "manual"
)

// ClockState is what a clock shows.
type ClockState struct {
	Mode ClockMode `json:"mode"`
	Now  time.Time `json:"now"`
	// An advance that is under way: where to, and how far it is.
	Advancing *Advancing `json:"advancing"`
}

// Advancing is an advance that is under way.
type Advancing struct {
	To time.Time `json:"to"`
	At time.Time `json:"at"`
}

// Clock is the clock of a world.
type Clock struct {
	World string `json:"world"`
	ClockState
}

// WorldClock has the calls about a world's clock.
type WorldClock struct{ scope *scope }

// Get reads the clock, also while an advance is under way.
func (c *WorldClock) Get(ctx context.Context) (Clock, error) {
	return ask[Clock](ctx, c.scope.wire, c.scope.call("GET", "clock"))
}

// ClockChange is what a clock is set to: its mode, its instant, or both.
type ClockChange struct {
	Mode ClockMode
	Now  time.Time
}

// Set sets the clock. It cannot go back: a checkpoint can.
func (c *WorldClock) Set(ctx context.Context, change ClockChange) (Clock, error) {
	request := c.scope.call("PUT", "clock")
	request.body = struct {
		Mode ClockMode `json:"mode,omitempty"`
		Now  string    `json:"now,omitempty"`
	}{change.Mode, instantText(change.Now)}
	return ask[Clock](ctx, c.scope.wire, request)
}

// AdvanceReport is what an advance came to.
type AdvanceReport struct {
	World string    `json:"world"`
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	// One for each policy and instant with at least one volume.
	Firings          int `json:"firings"`
	SnapshotsCreated int `json:"snapshotsCreated"`
	SnapshotsExpired int `json:"snapshotsExpired"`
	Completed        int `json:"completed"`
	// How many volumes were passed over, by reason.
	Skipped map[string]int `json:"skipped"`
	// What comes then; nil: nothing.
	Next *NextEvent `json:"next"`
}

// NextEvent is what will happen next in a world.
type NextEvent struct {
	At time.Time `json:"at"`
	// completes, expires or fires.
	Kind string `json:"kind"`
	// The id of the volume, snapshot, instance or policy.
	Subject string `json:"subject"`
}

// Advance lets so much time pass, to the millisecond. It is answered when all that fell due is done, however long that
// takes; a context that ends stops the waiting, not the advance.
func (c *WorldClock) Advance(ctx context.Context, by time.Duration) (AdvanceReport, error) {
	return c.AdvanceBy(ctx, by.Round(time.Millisecond).String())
}

// AdvanceBy lets a duration of the calendar pass, in ISO 8601 or in short: P1M, P7D, 36h.
func (c *WorldClock) AdvanceBy(ctx context.Context, duration string) (AdvanceReport, error) {
	return c.advance(ctx, map[string]any{"by": duration})
}

// AdvanceTo lets time pass until an instant.
func (c *WorldClock) AdvanceTo(ctx context.Context, at time.Time) (AdvanceReport, error) {
	return c.advance(ctx, map[string]any{"to": at.UTC().Format(time.RFC3339Nano)})
}

// AdvanceToNext lets time pass until the next thing happens.
func (c *WorldClock) AdvanceToNext(ctx context.Context) (AdvanceReport, error) {
	return c.advance(ctx, map[string]any{"toNext": true})
}

func (c *WorldClock) advance(ctx context.Context, how map[string]any) (AdvanceReport, error) {
	request := c.scope.call("POST", "clock", "advance")
	request.body = how
	return ask[AdvanceReport](ctx, c.scope.wire, request)
}

// AdvanceStop is the clock after a stop.
type AdvanceStop struct {
	Clock
	// Whether there was an advance under way. What it had done until then stands.
	Stopped bool `json:"stopped"`
}

// Stop stops an advance that is under way, which is answered with 409 then.
func (c *WorldClock) Stop(ctx context.Context) (AdvanceStop, error) {
	return ask[AdvanceStop](ctx, c.scope.wire, c.scope.call("POST", "clock", "stop"))
}
