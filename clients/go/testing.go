package snapstand

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

const (
	nameLengthMax = 40
	cleanupLimit  = 30 * time.Second
	refusalsShown = 20
)

// World is a world for one test: its name, which is an access key, is made up of the test's, and what is in it is dropped
// when the test ends. A test that fails is told which calls were refused, and why.
func (s *Server) World(t T) *World {
	t.Helper()
	salt := make([]byte, 4)
	if _, err := rand.Read(salt); err != nil {
		t.Fatalf("snapstand: no key can be made up: %v", err)
	}
	world := s.WorldNamed(keyNamed(t.Name()) + "-" + hex.EncodeToString(salt))
	began := time.Now()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), cleanupLimit)
		defer cancel()
		if t.Failed() {
			world.tellRefusals(ctx, t, began)
		}
		if _, err := world.Delete(ctx); err != nil {
			t.Logf("snapstand: the world %s was not dropped: %v", world.Key, err)
		}
	})
	return world
}

// The letters of a test's name that a key may have.
func keyNamed(test string) string {
	key := strings.Map(func(letter rune) rune {
		if letter < 0x80 && isAlphanumeric(byte(letter)) {
			return letter
		}
		return '-'
	}, test)
	if len(key) > nameLengthMax {
		key = key[:nameLengthMax]
	}
	return strings.Trim(key, "-")
}

func (w *World) tellRefusals(ctx context.Context, t T, began time.Time) {
	t.Helper()
	own, err := w.Requests.List(ctx, RequestsFilter{Refusal: Ptr(true), Limit: Ptr(refusalsShown)})
	if err != nil {
		t.Logf("snapstand: the refused calls of %s are not to be had: %v", w.Key, err)
		return
	}
	if own.Found > 0 {
		t.Logf("snapstand: %d calls of this test were refused, the newest first:\n%s", own.Found, linesOf(own.Requests))
	}
	// With a wrong signature nobody knows whose call it was.
	all, err := w.server.WorldNamed(AllWorlds).Requests.List(ctx, RequestsFilter{Refusal: Ptr(true)})
	if err != nil {
		return
	}
	nobodys := []JournalEntry{}
	for _, entry := range all.Requests {
		if entry.World == "" && !entry.WallAt.Before(began.Truncate(time.Millisecond)) {
			nobodys = append(nobodys, entry)
		}
	}
	if len(nobodys) > 0 {
		t.Logf("snapstand: %d calls were refused meanwhile before it was known whose they are:\n%s",
			len(nobodys), linesOf(nobodys))
	}
}

func linesOf(entries []JournalEntry) string {
	lines := make([]string, len(entries))
	for n, entry := range entries {
		lines[n] = "  " + entry.String()
	}
	return strings.Join(lines, "\n")
}

// String is one line: which call, how it was answered, and why it was refused.
func (r RequestSummary) String() string {
	name := r.Operation
	if name == "" {
		name = r.URL
	}
	line := fmt.Sprintf("%s %s: %d %s (%s)", r.Method, name, r.Status, r.Code, r.ID)
	if r.Fault != "" {
		line += fmt.Sprintf(", by the fault %s", r.Fault)
	}
	if r.Refusal == nil {
		return line
	}
	if r.Refusal.Hint != "" {
		line += ": " + r.Refusal.Hint
	}
	if r.Refusal.Rule != "" {
		line += " [" + r.Refusal.Rule + "]"
	}
	return line
}
