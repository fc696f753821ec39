package snapstand

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
)

// StateForm is how an export is written.
type StateForm string

const (
	JSONState StateForm = "application/json"
	YAMLState StateForm = "application/yaml"
)

// WorldState has the calls about all that a world holds.
type WorldState struct{ scope *scope }

// Export tells all that the world holds, for Import: a seed with every row as it is.
func (s *WorldState) Export(ctx context.Context) (json.RawMessage, error) {
	c := s.scope.call("GET", "state")
	c.accept = string(JSONState)
	return ask[json.RawMessage](ctx, s.scope.wire, c)
}

// Open is the export as it comes, for worlds that no memory should hold; it must be closed.
func (s *WorldState) Open(ctx context.Context, form StateForm) (io.ReadCloser, error) {
	c := s.scope.call("GET", "state")
	c.accept = string(form)
	return s.scope.open(ctx, c)
}

// ImportReport says what was put in place of the world.
type ImportReport struct {
	World string `json:"world"`
	// True: the very world that was exported; false: planted as a seed.
	Exact bool `json:"exact"`
	ClockState
}

// Import puts a seed or an export, JSON or YAML, in place of all that the world holds.
func (s *WorldState) Import(ctx context.Context, state []byte) (ImportReport, error) {
	form := YAMLState
	if strings.HasPrefix(strings.TrimSpace(string(state[:min(len(state), 512)])), "{") {
		form = JSONState
	}
	return s.ImportFrom(ctx, bytes.NewReader(state), form)
}

// ImportFrom puts what is read in place of all that the world holds.
func (s *WorldState) ImportFrom(ctx context.Context, state io.Reader, form StateForm) (ImportReport, error) {
	return s.ImportMoved(ctx, state, form, "")
}

// ImportMoved is ImportFrom of a world that is to come by a move: nobody else can put one in its place.
func (s *WorldState) ImportMoved(ctx context.Context, state io.Reader, form StateForm, move string) (ImportReport, error) {
	c := s.scope.call("PUT", "state")
	c.query.text("move", move)
	c.text, c.textType = state, string(form)
	return ask[ImportReport](ctx, s.scope.wire, c)
}
