// Baidu's Go SDK, configured by world.Credentials().
package baidu

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/baidubce/bce-sdk-go/bce"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	snapstand "github.com/snapstand/snapstand/clients/go"
)

const volume = "v-Starter1"

func connected(t *testing.T) (*snapstand.World, *bcc.Client) {
	t.Helper()
	world := snapstand.Start(t).World(t)
	cloud := world.Credentials().Baidu
	client, err := bcc.NewClient(cloud.AK, cloud.SK, cloud.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	return world, client
}

func TestAPolicyMakesSnapshotsAsDaysPass(t *testing.T) {
	t.Parallel()
	world, client := connected(t)
	policy, err := client.CreateAutoSnapshotPolicy(&api.CreateASPArgs{
		Name: "daily", TimePoints: []string{"20"}, RepeatWeekdays: []string{"0", "1", "2", "3", "4", "5", "6"}, RetentionDays: "7",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.AttachAutoSnapshotPolicy(policy.AspId, &api.AttachASPArgs{VolumeIds: []string{volume}}); err != nil {
		t.Fatal(err)
	}
	report, err := world.Clock.Advance(context.Background(), 10*24*time.Hour)
	if err != nil || report.Firings != 10 {
		t.Fatalf("%d firings: %v", report.Firings, err)
	}
	listed, err := client.ListSnapshot(&api.ListSnapshotArgs{})
	if err != nil {
		t.Fatal(err)
	}
	if found := len(listed.Snapshots); found != 7 {
		t.Errorf("%d snapshots are there, not 7", found)
	}
}

func TestAFaultReachesTheClient(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	world, client := connected(t)
	_, err := world.Faults.Put(ctx, "quota", snapstand.FaultRule{
		Provider: "baidu", Operation: "CreateSnapshot", Times: 1, Then: snapstand.FaultThen{Error: "Instance.SnapshotLimitExceeded"},
	})
	if err != nil {
		t.Fatal(err)
	}
	create := func() error {
		_, err := client.CreateSnapshot(&api.CreateSnapshotArgs{VolumeId: volume, SnapshotName: "nightly"})
		return err
	}
	var said *bce.BceServiceError
	if err := create(); !errors.As(err, &said) || said.Code != "Instance.SnapshotLimitExceeded" {
		t.Fatalf("the first call ended with %v", err)
	}
	if err := create(); err != nil {
		t.Fatal(err)
	}
	for status, times := range map[int]int{said.StatusCode: 1, 200: 1} {
		if _, err := world.Requests.Expect(ctx, snapstand.Expectation{Operation: "CreateSnapshot", Status: status, Times: &times}); err != nil {
			t.Error(err)
		}
	}
}
