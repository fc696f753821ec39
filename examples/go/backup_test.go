// Tests of a backup, in parallel, each in a world of its own: its volumes, its clock, its faults, its journal.
package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/baidubce/bce-sdk-go/bce"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	snapstand "github.com/snapstand/snapstand/clients/go"
)

// What every new world has: a system disk of Baidu, and a data disk of Zenlayer.
const (
	volume = "v-Starter1"
	disk   = "1700000000000000102"
)

var ctx = context.Background()

// A year of a daily policy: its snapshots are kept for 30 days.
func TestSnapshotsAreKeptForThirtyDays(t *testing.T) {
	t.Parallel()
	world := snapstand.Start(t).World(t)
	client := baidu(t, world)
	policy := must[*api.CreateASPResult](t)(client.CreateAutoSnapshotPolicy(&api.CreateASPArgs{
		Name: "daily", TimePoints: []string{"20"}, RepeatWeekdays: []string{"0", "1", "2", "3", "4", "5", "6"}, RetentionDays: "30",
	}))
	if err := client.AttachAutoSnapshotPolicy(policy.AspId, &api.AttachASPArgs{VolumeIds: []string{volume}}); err != nil {
		t.Fatal(err)
	}

	report := must[snapstand.AdvanceReport](t)(world.Clock.Advance(ctx, 365*24*time.Hour))

	if report.SnapshotsCreated != 365 || report.SnapshotsExpired != 335 {
		t.Errorf("%d snapshots were made and %d expired", report.SnapshotsCreated, report.SnapshotsExpired)
	}
	if left := must[*api.ListSnapshotResult](t)(client.ListSnapshot(&api.ListSnapshotArgs{})); len(left.Snapshots) != 30 {
		t.Errorf("%d snapshots are left", len(left.Snapshots))
	}
}

// The first call is refused; the program under test is to call again.
func TestABackupIsTriedAgain(t *testing.T) {
	t.Parallel()
	world := snapstand.Start(t).World(t)
	must[snapstand.Fault](t)(world.Faults.Put(ctx, "full", snapstand.FaultRule{
		Provider: "baidu", Operation: "CreateSnapshot", Times: 1,
		Then: snapstand.FaultThen{Error: "Instance.SnapshotLimitExceeded"},
	}))

	if err := backUp(baidu(t, world)); err != nil {
		t.Fatal(err)
	}

	for status, times := range map[int]int{403: 1, 200: 1} {
		must[snapstand.Expected](t)(world.Requests.Expect(ctx, snapstand.Expectation{
			Operation: "CreateSnapshot", Status: status, Times: snapstand.Ptr(times),
		}))
	}
}

// The right data comes back: a disk's content marker stands for its blocks.
func TestARollbackBringsTheContentBack(t *testing.T) {
	t.Parallel()
	server := snapstand.Start(t)
	// A bearer token names a world, too.
	token := fmt.Sprintf("%s-%d", t.Name(), time.Now().UnixNano())
	world := server.WorldNamed(snapstand.BearerWorld(token))
	t.Cleanup(func() { world.Delete(ctx) })
	if err := world.SetContent(ctx, "zenlayer", disk, "before the upgrade"); err != nil {
		t.Fatal(err)
	}

	made := zenlayer(t, world, token, "CreateSnapshot", map[string]any{"diskId": disk, "snapshotName": "nightly"})
	if err := world.SetContent(ctx, "zenlayer", disk, "after it"); err != nil {
		t.Fatal(err)
	}
	// What takes time on a clock that runs is there when its instant has come.
	must[snapstand.AdvanceReport](t)(world.Clock.Advance(ctx, time.Minute))
	zenlayer(t, world, token, "ApplySnapshot", map[string]any{"diskId": disk, "snapshotId": made["snapshotId"]})
	must[snapstand.AdvanceReport](t)(world.Clock.Advance(ctx, time.Minute))

	if content := must[string](t)(world.Content(ctx, "zenlayer", disk)); content != "before the upgrade" {
		t.Errorf("the disk holds %q", content)
	}
}

// The program under test: a snapshot, at the second try if need be.
func backUp(client *bcc.Client) error {
	arguments := &api.CreateSnapshotArgs{VolumeId: volume, SnapshotName: "nightly"}
	_, err := client.CreateSnapshot(arguments)
	var refused *bce.BceServiceError
	if errors.As(err, &refused) && refused.Code == "Instance.SnapshotLimitExceeded" {
		_, err = client.CreateSnapshot(arguments)
	}
	return err
}

// Baidu's own SDK, pointed at a world.
func baidu(t *testing.T, world *snapstand.World) *bcc.Client {
	t.Helper()
	cloud := world.Credentials().Baidu
	return must[*bcc.Client](t)(bcc.NewClient(cloud.AK, cloud.SK, cloud.Endpoint))
}

// A call of Zenlayer without its SDK.
func zenlayer(t *testing.T, world *snapstand.World, token, action string, input map[string]any) map[string]any {
	t.Helper()
	body := must[[]byte](t)(json.Marshal(input))
	request := must[*http.Request](t)(http.NewRequest("POST", world.Credentials().Zenlayer.Endpoint, bytes.NewReader(body)))
	for name, value := range map[string]string{
		"Authorization": "Bearer " + token, "Content-Type": "application/json", "X-ZC-Action": action, "X-ZC-Version": "2025-09-01",
	} {
		request.Header.Set(name, value)
	}
	reply := must[*http.Response](t)(http.DefaultClient.Do(request))
	defer reply.Body.Close()
	var answer struct {
		Response      map[string]any
		Code, Message string
	}
	if err := json.NewDecoder(reply.Body).Decode(&answer); err != nil || answer.Code != "" {
		t.Fatalf("%s: %s %s (%v)", action, answer.Code, answer.Message, err)
	}
	return answer.Response
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
