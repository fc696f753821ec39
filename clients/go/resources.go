package snapstand

import (
	"context"
	"time"
)

// ResourceKind is what a resource is.
type ResourceKind string

const (
	Volumes   ResourceKind = "volumes"
	Snapshots ResourceKind = "snapshots"
	Policies  ResourceKind = "policies"
	Instances ResourceKind = "instances"
)

// Resource is a disk or volume, a snapshot, a policy or an instance.
type Resource struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// In Snapstand's words, the same for every cloud.
	State     string    `json:"state"`
	CreatedAt time.Time `json:"createdAt"`
	// As the cloud's own list shows it.
	Shown map[string]any `json:"shown"`
}

// Resources is what a world has in a cloud.
type Resources struct {
	World    string       `json:"world"`
	Provider string       `json:"provider"`
	Kind     ResourceKind `json:"kind"`
	// How many there are that were asked for.
	Total int `json:"total"`
	// The newest first.
	Resources []Resource `json:"resources"`
}

// ResourcesFilter says which resources are told.
type ResourcesFilter struct {
	// Stands in the id or the name, in whatever case.
	Text   string
	Offset int
	// How many; without, 100.
	Limit int
}

// ResourceDetail is one resource, what it was made from and what it made.
type ResourceDetail struct {
	World    string       `json:"world"`
	Provider string       `json:"provider"`
	Kind     ResourceKind `json:"kind"`
	Resource
	// The content marker of a volume, or the one that a snapshot captured; nil: it has none.
	Content *string `json:"content"`
	// The newest 100 of each kind.
	Related []Related `json:"related"`
}

// Related is what a resource has to do with another.
type Related struct {
	// volume, policy, instance, source, bound, attached or made.
	Is    string       `json:"is"`
	Kind  ResourceKind `json:"kind"`
	ID    string       `json:"id"`
	Name  string       `json:"name"`
	State string       `json:"state"`
}

// WorldResources has the calls about what a world has in a cloud, in the cloud's own words.
type WorldResources struct{ scope *scope }

// List tells what the world has in a cloud, the newest first.
func (r *WorldResources) List(
	ctx context.Context, provider string, kind ResourceKind, filter ResourcesFilter,
) (Resources, error) {
	c := r.scope.call("GET", "resources", provider, string(kind))
	c.query.text("text", filter.Text).number("offset", filter.Offset).number("limit", filter.Limit)
	return ask[Resources](ctx, r.scope.wire, c)
}

// Get tells one resource.
func (r *WorldResources) Get(ctx context.Context, provider string, kind ResourceKind, id string) (ResourceDetail, error) {
	return ask[ResourceDetail](ctx, r.scope.wire, r.scope.call("GET", "resources", provider, string(kind), id))
}
