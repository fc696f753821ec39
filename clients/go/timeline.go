package snapstand

import (
	"context"
	"time"
)

// TimelineFilter says which part of time is told, and which volumes.
type TimelineFilter struct {
	// Without, from 30 days before the world's instant to 7 days after it.
	From, To time.Time
	Provider string
	// Stands in the volume's id or name, in whatever case.
	Text   string
	Offset int
	// How many lanes; without, 50.
	Limit int
	// A lane with more snapshots tells how many there are in each of so many parts; without, 200.
	Marks int
}

// Timeline is volumes through time: a lane for each, with the snapshots that are there within a window.
type Timeline struct {
	World string `json:"world"`
	ClockState
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	// How many lanes there are.
	Total int `json:"total"`
	// How long a part of a lane is.
	PartMs float64 `json:"partMs"`
	// Those that the lanes are bound to.
	Policies []LanePolicy `json:"policies"`
	// In the order in which the volumes were made.
	Lanes []Lane `json:"lanes"`
}

// Lane is a volume through time.
type Lane struct {
	Provider string `json:"provider"`
	ID       string `json:"id"`
	Name     string `json:"name"`
	// System or data disk, in the cloud's word.
	Kind      string    `json:"kind"`
	CreatedAt time.Time `json:"createdAt"`
	// Since when it is gone, where snapshots of it are there still.
	GoneAt   *time.Time `json:"goneAt"`
	Activity string     `json:"activity"`
	// The id of the policy that it is bound to.
	Policy string `json:"policy"`
	// The oldest first; or, where they are too many,
	Snapshots []LaneSnapshot `json:"snapshots"`
	// how many there are in each part.
	Parts []LanePart `json:"parts"`
}

// LaneSnapshot is a snapshot on a lane.
type LaneSnapshot struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
	// Nil: kept for ever.
	ExpiresAt *time.Time `json:"expiresAt"`
	// manual, policy or copy.
	Origin string `json:"origin"`
	State  string `json:"state"`
}

// LanePart is how many snapshots there are in a part of a lane.
type LanePart struct {
	// Nil: before the window, and still there.
	At    *time.Time `json:"at"`
	Count int        `json:"count"`
	// How many of them a policy made.
	Automatic int `json:"automatic"`
	// How many of them are not available.
	Odd int `json:"odd"`
	// The last of them expires then; nil: one never does.
	Until *time.Time `json:"until"`
}

// LanePolicy is a policy that lanes are bound to.
type LanePolicy struct {
	Provider string `json:"provider"`
	ID       string `json:"id"`
	Name     string `json:"name"`
	// What it did, the oldest first.
	Past []LaneFiring `json:"past"`
	// When it fires, if nothing changes.
	Next []time.Time `json:"next"`
	// Whether it fires more often than is told.
	More bool `json:"more"`
}

// LaneFiring is what a policy did at an instant.
type LaneFiring struct {
	At      time.Time `json:"at"`
	Made    int       `json:"made"`
	Skipped []Skipped `json:"skipped"`
}

// Timeline shows disks and volumes through time: snapshots, until when they are kept, and what policies did and will do.
func (w *World) Timeline(ctx context.Context, filter TimelineFilter) (Timeline, error) {
	c := w.scope.call("GET", "timeline")
	c.query.instant("from", filter.From).instant("to", filter.To).text("provider", filter.Provider).
		text("text", filter.Text).number("offset", filter.Offset).number("limit", filter.Limit).number("marks", filter.Marks)
	return ask[Timeline](ctx, w.scope.wire, c)
}
