package snapstand_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	snapstand "github.com/snapstand/snapstand/clients/go"
)

var ctx = context.Background()

// A server for these examples; a test has Start(t), and World(t) of it.
var server = sync.OnceValue(func() *snapstand.Server {
	server, err := snapstand.Launch(ctx, snapstand.StartOptions{
		Checkout: os.Getenv("SNAPSTAND_CHECKOUT"), Flags: []string{"--clock", "manual", "--clock-at", "2026-01-05T08:00:00Z"},
	})
	if err != nil {
		panic(err)
	}
	return server
})

func ExampleConnect() {
	found, err := snapstand.Connect(ctx, server().URL, snapstand.ConnectOptions{})
	if err != nil {
		panic(err)
	}
	health, err := found.Health(ctx)
	if err != nil {
		panic(err)
	}
	fmt.Println(health.Status, health.Clouds)
	// Output: ok [zenlayer baidu]
}

func ExampleWorld_Credentials() {
	cloud := server().WorldNamed("run-17").Credentials()
	fmt.Println(cloud.Zenlayer.Scheme, cloud.Zenlayer.AccessKeyID, cloud.Zenlayer.AccessKeyPassword)
	fmt.Println(cloud.Baidu.AK, cloud.Baidu.SK)
	// Output:
	// http run-17 run-17
	// run-17 run-17
}

func ExampleWorldClock_Advance() {
	world := server().WorldNamed("ExampleWorldClock_Advance")
	report, err := world.Clock.Advance(ctx, 7*24*time.Hour)
	if err != nil {
		panic(err)
	}
	fmt.Println(report.To.Format(time.RFC3339), report.Firings)

	_, err = world.Clock.AdvanceTo(ctx, report.From)
	var problem *snapstand.Problem
	if errors.As(err, &problem) {
		fmt.Println(problem.Status, problem.Field)
	}
	// Output:
	// 2026-01-12T08:00:00Z 0
	// 409 to
}

func ExampleWorldCheckpoints() {
	world := server().WorldNamed("ExampleWorldCheckpoints")
	const provider, volume = "baidu", "v-Starter2"
	for _, err := range []error{
		world.SetContent(ctx, provider, volume, "before"),
		second(world.Checkpoints.Save(ctx, "clean")),
		world.SetContent(ctx, provider, volume, "after"),
		second(world.Checkpoints.Restore(ctx, "clean")),
	} {
		if err != nil {
			panic(err)
		}
	}
	fmt.Println(world.Content(ctx, provider, volume))
	// Output: before <nil>
}

func second[T any](_ T, err error) error { return err }

func ExampleWorldFaults_Put() {
	world := server().WorldNamed("ExampleWorldFaults_Put")
	fault, err := world.Faults.Put(ctx, "quota", snapstand.FaultRule{
		Provider:  "zenlayer",
		Operation: "CreateSnapshot",
		Times:     2,
		Then:      snapstand.FaultThen{Error: "INVALID_SNAPSHOT_QUOTA_EXCEED"},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(fault.ID, fault.Then.Error, fault.Met)
	// Output: quota INVALID_SNAPSHOT_QUOTA_EXCEED 0
}

func ExampleWorldRequests_Expect() {
	world := server().WorldNamed("ExampleWorldRequests_Expect")
	_, err := world.Requests.Expect(ctx, snapstand.Expectation{Operation: "ReleaseDisk", Times: snapstand.Ptr(0)})
	fmt.Println(err)
	_, err = world.Requests.Expect(ctx, snapstand.Expectation{Operation: "CreateSnapshot", Within: 10 * time.Millisecond})
	var unmet *snapstand.Unmet
	if errors.As(err, &unmet) {
		fmt.Println(unmet.Count, len(unmet.Misses))
	}
	// Output:
	// <nil>
	// 0 0
}

func ExampleWorld_Events() {
	world := server().WorldNamed("ExampleWorld_Events")
	stream, err := world.Events(ctx, snapstand.EventsFilter{Types: []snapstand.EventType{snapstand.ClockEvent}})
	if err != nil {
		panic(err)
	}
	defer stream.Close()
	if _, err := world.Clock.AdvanceBy(ctx, "P1M"); err != nil {
		panic(err)
	}
	for stream.Next() {
		event := stream.Event()
		fmt.Println(event.Type, event.Now.Format(time.DateOnly))
		break
	}
	// Output: clock 2026-02-05
}

func ExampleWorldSettings_Patch() {
	world := server().WorldNamed("ExampleWorldSettings_Patch")
	_, err := world.Settings.Patch(ctx, map[string]any{"zenlayer.snapshotQota": 2})
	var problem *snapstand.Problem
	if errors.As(err, &problem) {
		fmt.Println(problem.Nearest)
	}
	// Output: zenlayer.snapshotQuota
}
