package snapstand

import "context"

// Setting is a setting of a world, with its default and where it comes from.
type Setting struct {
	Name string `json:"name"`
	// A text, a number, true or false, or nil.
	Value       any    `json:"value"`
	Default     any    `json:"default"`
	Description string `json:"description"`
	Source      string `json:"source"`
}

// WorldSettings has the calls about a world's settings.
type WorldSettings struct{ scope *scope }

// Get tells every setting.
func (s *WorldSettings) Get(ctx context.Context) ([]Setting, error) {
	return ask[[]Setting](ctx, s.scope.wire, s.scope.call("GET", "settings"))
}

// Patch changes some settings, all of them or, where one is refused, none; nil: back to the default.
func (s *WorldSettings) Patch(ctx context.Context, changes map[string]any) ([]Setting, error) {
	c := s.scope.call("PATCH", "settings")
	c.body = changes
	return ask[[]Setting](ctx, s.scope.wire, c)
}
