package snapstand

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// A way to a server that can be cut.
type cable struct {
	address string
	lock    sync.Mutex
	open    []net.Conn
	// How often it was cut while something went through it.
	cuts int
}

func cableTo(t *testing.T, server *Server) *cable {
	listener := must(net.Listen("tcp", "127.0.0.1:0"))
	t.Cleanup(func() { listener.Close() })
	cable := &cable{address: listener.Addr().String()}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", must(url.Parse(server.URL)).Host)
			if err != nil {
				near.Close()
				continue
			}
			cable.lock.Lock()
			cable.open = append(cable.open, near, far)
			cable.lock.Unlock()
			pass := func(to, from net.Conn) {
				io.Copy(to, from)
				to.Close()
				from.Close()
			}
			go pass(far, near)
			go pass(near, far)
		}
	}()
	return cable
}

// Ends all that goes through it, in the middle of whatever it is.
func (c *cable) cut() {
	c.lock.Lock()
	defer c.lock.Unlock()
	if len(c.open) > 0 {
		c.cuts++
	}
	for _, each := range c.open {
		each.Close()
	}
	c.open = nil
}

func TestEventsAreTold(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	dailyPolicy(t, world)
	stream := got[*EventStream](t)(world.Events(ctx, EventsFilter{}))
	defer stream.Close()
	got[Fault](t)(world.Faults.Put(ctx, "lost", FaultRule{Operation: "CreateSnapshot", Then: FaultThen{DelayMs: 1}}))
	snapshot := snapshotOf(t, world, "nightly")
	got[AdvanceReport](t)(world.Clock.AdvanceToNext(ctx))
	got[ResetReport](t)(world.Reset(ctx))
	seen := map[EventType]Event{}
	for stream.Next() {
		event := stream.Event()
		if _, known := seen[event.Type]; !known {
			seen[event.Type] = event
		}
		if event.Type == ReplacedEvent {
			break
		}
	}
	request := seen[RequestEvent].Request
	if request == nil {
		t.Fatalf("no call was told: %v", stream.Err())
	}
	equal(t, "the call", []any{request.Operation, request.Status, request.World, request.Fault}, []any{"CreateSnapshot", 200, world.Key, "lost"})
	equal(t, "the fault", []any{seen[FaultEvent].Fault, seen[FaultEvent].RequestID, seen[FaultEvent].Outcome}, []any{"lost", request.ID, "delayMs"})
	equal(t, "what was made", []any{seen[CreatedEvent].Subject, seen[CreatedEvent].What, seen[CreatedEvent].Volume}, []any{snapshot, "snapshot", volume})
	equal(t, "the firing", []any{seen[FiredEvent].Made, seen[FiredEvent].At}, []any{1, at.Add(4 * time.Hour)})
	equal(t, "the clock", []any{seen[ClockEvent].Mode, seen[ClockEvent].World}, []any{ManualClock, world.Key})
	equal(t, "the end", seen[ReplacedEvent].Why, "reset")
}

func TestEventsGoOnAfterABreak(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	cable := cableTo(t, world.server)
	far := got[*Server](t)(Connect(ctx, "http://"+cable.address, ConnectOptions{})).WorldNamed(world.Key)
	stream := got[*EventStream](t)(far.Events(ctx, EventsFilter{Types: []EventType{RequestEvent}}))
	defer stream.Close()
	next := func(stream *EventStream, snapshot string) {
		t.Helper()
		if !stream.Next() || !contains(stream.Event().Request.Resources, snapshot) {
			t.Fatalf("not the call that made %s: %v, %v", snapshot, stream.Event(), stream.Err())
		}
	}
	next(stream, snapshotOf(t, world, "first"))
	cable.cut()
	// What happens while nobody reads is told afterwards.
	second, third := snapshotOf(t, world, "second"), snapshotOf(t, world, "third")
	next(stream, second)
	next(stream, third)
	equal(t, "cuts", cable.cuts, 1)

	again := got[*EventStream](t)(world.Events(ctx, EventsFilter{Types: []EventType{RequestEvent}, After: stream.LastID()}))
	defer again.Close()
	next(again, snapshotOf(t, world, "fourth"))
}

func TestAStreamEnds(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	closed := got[*EventStream](t)(world.Events(ctx, EventsFilter{}))
	go closed.Close()
	equal(t, "an event of a closed one", closed.Next(), false)
	ok(t, closed.Err())
	equal(t, "and again", closed.Next(), false)

	limited, cancel := context.WithCancelCause(ctx)
	given := errors.New("enough")
	stream := got[*EventStream](t)(world.Events(limited, EventsFilter{}))
	go cancel(given)
	equal(t, "an event of one whose context has ended", stream.Next(), false)
	equal(t, "its error", stream.Err(), given)

	_, err := world.Events(ctx, EventsFilter{Types: []EventType{"fires"}})
	if problem := new(Problem); !errors.As(err, &problem) || problem.Field != "types" {
		t.Errorf("a type that there is not ended with %v", err)
	}

	server := got[*Server](t)(Launch(ctx, StartOptions{}))
	ofServer := got[*EventStream](t)(server.WorldNamed(AllWorlds).Events(ctx, EventsFilter{}))
	ended := make(chan error)
	go func() { ended <- server.Close() }()
	equal(t, "an event of a server that ends", ofServer.Next(), false)
	ok(t, ofServer.Err())
	ok(t, <-ended)
}

func TestABrokenStreamSaysSo(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	for sent, want := range map[string]string{
		"retry: 1\nid: a-1\n\nid: a-2\ndata: {\n\n": "an event cannot be read",
		"retry: 1\nid: a-1\n\ndata: {\"ty":          "nothing answers at",
	} {
		listener := must(net.Listen("tcp", "127.0.0.1:0"))
		go func() {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			near.Read(make([]byte, 4096))
			// There is more to come than comes.
			near.Write([]byte("HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n" + sent))
			near.Close()
			listener.Close()
		}()
		server := must(connected("http://"+listener.Addr().String(), ConnectOptions{}))
		stream := got[*EventStream](t)(server.WorldNamed(world.Key).Events(ctx, EventsFilter{}))
		if stream.Next() || stream.Err() == nil || !strings.Contains(stream.Err().Error(), want) {
			t.Errorf("it ended with %v", stream.Err())
		}
	}
}
