package snapstand

import (
	"context"
	"strings"
)

// Content reads the content marker of a volume.
func (w *World) Content(ctx context.Context, provider, volume string) (string, error) {
	text, err := w.scope.read(ctx, w.scope.call("GET", provider, "volumes", volume, "content"))
	return string(text), err
}

// SetContent writes the content marker of a volume: a text that snapshots capture and rollbacks bring back.
func (w *World) SetContent(ctx context.Context, provider, volume, text string) error {
	c := w.scope.call("PUT", provider, "volumes", volume, "content")
	c.text, c.textType = strings.NewReader(text), "text/plain"
	return w.scope.tell(ctx, c)
}
