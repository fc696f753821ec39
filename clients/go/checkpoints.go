package snapstand

import (
	"context"
	"time"
)

// Checkpoint is a world as it was at an instant.
type Checkpoint struct {
	Name string `json:"name"`
	// The world's instant when it was saved.
	At time.Time `json:"at"`
	// By the wall clock.
	SavedAt time.Time `json:"savedAt"`
	Bytes   int64     `json:"bytes"`
}

// WorldCheckpoint is a checkpoint, and the world that was saved or is as it was then.
type WorldCheckpoint struct {
	World string `json:"world"`
	Checkpoint
}

// WorldCheckpoints has the calls about a world's checkpoints.
type WorldCheckpoints struct {
	scope  *scope
	server *Server
}

// List tells the checkpoints, the oldest first.
func (c *WorldCheckpoints) List(ctx context.Context) ([]Checkpoint, error) {
	return ask[[]Checkpoint](ctx, c.scope.wire, c.scope.call("GET", "checkpoints"))
}

// Save saves the world as it is, under a name; one of the same name is replaced.
func (c *WorldCheckpoints) Save(ctx context.Context, name string) (WorldCheckpoint, error) {
	return ask[WorldCheckpoint](ctx, c.scope.wire, c.scope.call("PUT", "checkpoints", name))
}

// Restore goes back to a checkpoint. The clock goes on from that instant; the journal stays.
func (c *WorldCheckpoints) Restore(ctx context.Context, name string) (WorldCheckpoint, error) {
	return ask[WorldCheckpoint](ctx, c.scope.wire, c.scope.call("POST", "checkpoints", name, "restore"))
}

// Fork makes another world of a checkpoint, by the key that is to name it.
func (c *WorldCheckpoints) Fork(ctx context.Context, name, key string) (*World, error) {
	request := c.scope.call("POST", "checkpoints", name, "restore")
	request.body = map[string]string{"as": key}
	if err := c.scope.tell(ctx, request); err != nil {
		return nil, err
	}
	return c.server.WorldNamed(key), nil
}

// Drop drops a checkpoint.
func (c *WorldCheckpoints) Drop(ctx context.Context, name string) error {
	return c.scope.tell(ctx, c.scope.call("DELETE", "checkpoints", name))
}
