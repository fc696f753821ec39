package snapstand

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// EventType is what an event tells of.
type EventType string

const (
	// A call of a cloud was answered.
	RequestEvent EventType = "request"
	// A policy's instant came.
	FiredEvent EventType = "fired"
	// A resource is there now.
	CreatedEvent EventType = "created"
	// What took its time has ended.
	CompletedEvent EventType = "completed"
	// A snapshot's time is over.
	ExpiredEvent EventType = "expired"
	// A firing passed over a volume.
	SkippedEvent EventType = "skipped"
	// The clock was set, or an advance moves it.
	ClockEvent EventType = "clock"
	// A fault did something to a call.
	FaultEvent EventType = "fault"
	// The world has another state now, or is no more: what a reader knew of it is void.
	ReplacedEvent EventType = "replaced"
	// Events that were asked for are no longer kept. It is told unasked.
	MissedEvent EventType = "missed"
)

// Event is something that happened, at an instant of the world's clock. Which members say something depends on the type.
type Event struct {
	// Where a stream goes on that is opened with it as After.
	ID    string    `json:"-"`
	Type  EventType `json:"type"`
	World string    `json:"world"`
	At    time.Time `json:"at"`
	// What it is about: a volume, snapshot, instance or policy of a cloud, by its id.
	Provider string `json:"provider"`
	What     string `json:"what"`
	Subject  string `json:"subject"`
	// fired: how many snapshots were made, and how many volumes were passed over, by reason.
	Made    int            `json:"made"`
	Skipped map[string]int `json:"skipped"`
	// created, completed: the state, and the one before.
	State string `json:"state"`
	Was   string `json:"was"`
	// created, expired: what a snapshot was made of. created, skipped: the policy.
	Volume string `json:"volume"`
	Policy string `json:"policy"`
	// skipped: why.
	Reason string `json:"reason"`
	// clock.
	ClockState
	// fault: the operation, the request id of the call, the id of the rule, and what it did.
	Operation string `json:"operation"`
	RequestID string `json:"-"`
	Fault     string `json:"fault"`
	Outcome   string `json:"outcome"`
	// replaced: reset, restored, forked, imported, deleted or moved; and which checkpoint was restored.
	Why        string `json:"why"`
	Checkpoint string `json:"checkpoint"`
	// missed: how many; nil: nobody counted them.
	Count *int `json:"count"`
	// request: the call.
	Request *RequestSummary `json:"-"`
}

// UnmarshalJSON reads an event of any type.
func (e *Event) UnmarshalJSON(text []byte) error {
	type plain Event
	if err := json.Unmarshal(text, (*plain)(e)); err != nil {
		return err
	}
	switch e.Type {
	case RequestEvent:
		e.Request = &RequestSummary{}
		return json.Unmarshal(text, e.Request)
	case FaultEvent:
		said := struct{ Request string }{}
		err := json.Unmarshal(text, &said)
		e.RequestID = said.Request
		return err
	}
	return nil
}

// EventsFilter says which events are told.
type EventsFilter struct {
	// Without, all.
	Types []EventType
	// The ID of the event that was read last: what came after it is told first.
	After string
}

// EventStream are events as they come:
//
//	stream, err := world.Events(ctx, snapstand.EventsFilter{})
//	defer stream.Close()
//	for stream.Next() {
//		fmt.Println(stream.Event().Type)
//	}
//	err = stream.Err()
//
// Where the connection breaks, it goes on after the last event that came. It is for one goroutine; Close may be called
// from any.
type EventStream struct {
	scope  *scope
	filter EventsFilter
	// That of who reads, and the one that Close ends.
	asked, open context.Context
	end         context.CancelFunc
	body        io.ReadCloser
	lines       *bufio.Reader
	lastID      string
	retry       time.Duration
	event       Event
	err         error
	isDone      bool
	// How often it was opened again since something came.
	reopened int
}

// So often a stream that broke off is opened again, at the distance that the server names.
const (
	reopenings  = 5
	retryUntold = time.Second
)

// Events tells what happens from this call on, or after filter.After: what happens once it has returned is not missed. It
// ends with the context.
func (w *World) Events(ctx context.Context, filter EventsFilter) (*EventStream, error) {
	open, end := context.WithCancel(ctx)
	stream := &EventStream{scope: w.scope, filter: filter, asked: ctx, open: open, end: end, retry: retryUntold}
	c := stream.call()
	c.query.text("lastEventId", filter.After)
	if err := stream.connect(c); err != nil {
		end()
		return nil, err
	}
	return stream, nil
}

func (s *EventStream) call() call {
	types := make([]string, len(s.filter.Types))
	for n, each := range s.filter.Types {
		types[n] = string(each)
	}
	c := s.scope.call("GET", "events")
	c.query.text("types", strings.Join(types, ","))
	c.accept = "text/event-stream"
	return c
}

func (s *EventStream) connect(c call) error {
	body, err := s.scope.open(s.open, c)
	if err != nil {
		return err
	}
	s.body, s.lines = body, bufio.NewReader(body)
	return nil
}

// Next waits for the next event. It is false when the stream was closed, its context or the server has ended, or it broke
// off for good: Err says which.
func (s *EventStream) Next() bool {
	for !s.isDone {
		event, err := s.read()
		if err == nil {
			s.event = event
			return true
		}
		s.body.Close()
		if s.isDone, s.err = s.reopen(err); s.isDone {
			s.end()
		}
	}
	return false
}

// Event is the one that Next waited for.
func (s *EventStream) Event() Event {
	return s.event
}

// Err is nil where the stream was closed or the server ended.
func (s *EventStream) Err() error {
	return s.err
}

// LastID is the id of the last event that came, for a stream that is to go on after it.
func (s *EventStream) LastID() string {
	return s.lastID
}

// Close ends the stream, and a Next that waits.
func (s *EventStream) Close() error {
	s.end()
	return nil
}

// An event that is none.
type unreadable struct{ error }

// Opens a stream again that ended with an error, or says that it is done, and what with.
func (s *EventStream) reopen(broken error) (isDone bool, err error) {
	if other := new(unreadable); errors.As(broken, other) {
		return true, fmt.Errorf("snapstand: an event cannot be read: %w", other.error)
	}
	// Where it ended as it should, the server has ended, most likely; another may have come in its place.
	isEnded := broken == io.EOF
	most := reopenings
	if isEnded {
		most = 1
	}
	last := s.scope.failure(s.open, s.call(), broken)
	for s.open.Err() == nil && s.reopened < most {
		if s.reopened > 0 {
			select {
			case <-s.open.Done():
			case <-time.After(s.retry):
			}
		}
		s.reopened++
		c := s.call()
		c.lastEvent = s.lastID
		err := s.connect(c)
		if err == nil {
			return false, nil
		}
		last = err
		if problem := new(Problem); errors.As(err, &problem) {
			break
		}
	}
	switch {
	case s.asked.Err() != nil:
		return true, context.Cause(s.asked)
	case s.open.Err() != nil || isEnded:
		return true, nil
	}
	return true, last
}

// One event: lines that a blank line ends. Some blocks only say an id, or that the server is there.
func (s *EventStream) read() (Event, error) {
	data := ""
	for {
		line, err := s.lines.ReadString('\n')
		if err != nil {
			return Event{}, err
		}
		name, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case name == "id":
			s.lastID = value
		case name == "data":
			data += value
			s.reopened = 0
		case name == "retry":
			if ms, err := strconv.Atoi(value); err == nil {
				s.retry = time.Duration(ms) * time.Millisecond
			}
		case line == ":\n":
			s.reopened = 0
		case strings.TrimSpace(line) == "" && data != "":
			event := Event{ID: s.lastID}
			if err := json.Unmarshal([]byte(data), &event); err != nil {
				return Event{}, unreadable{err}
			}
			return event, nil
		}
	}
}
