// Zenlayer's Go SDK, configured by world.Credentials().
package zenlayer

import (
	"context"
	"errors"
	"testing"
	"time"

	snapstand "github.com/snapstand/snapstand/clients/go"
	"github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/common"
	zec "github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/zec20250901"
)

const disk = "1700000000000000102"

func ptr[T any](value T) *T { return &value }

func connected(t *testing.T) (*snapstand.World, *zec.Client) {
	t.Helper()
	world := snapstand.Start(t).World(t)
	cloud := world.Credentials().Zenlayer
	config := common.NewConfig()
	config.Scheme, config.Domain = cloud.Scheme, cloud.Domain
	client, err := zec.NewClient(config, cloud.AccessKeyID, cloud.AccessKeyPassword)
	if err != nil {
		t.Fatal(err)
	}
	return world, client
}

func TestASnapshotExpiresInTime(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	world, client := connected(t)
	clock, err := world.Clock.Get(ctx)
	if err != nil {
		t.Fatal(err)
	}
	request := zec.NewCreateSnapshotRequest()
	request.DiskId, request.SnapshotName = ptr(disk), ptr("nightly")
	request.RetentionTime = ptr(clock.Now.Add(48 * time.Hour).Format("2006-01-02T15:04:05Z"))
	if _, err := client.CreateSnapshot(request); err != nil {
		t.Fatal(err)
	}
	report, err := world.Clock.Advance(ctx, 72*time.Hour)
	if err != nil || report.SnapshotsExpired != 1 {
		t.Errorf("%d snapshots expired: %v", report.SnapshotsExpired, err)
	}
}

func TestAFaultReachesTheClient(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	world, client := connected(t)
	const code = "INVALID_SNAPSHOT_QUOTA_EXCEED"
	_, err := world.Faults.Put(ctx, "quota", snapstand.FaultRule{Provider: "zenlayer", Operation: "CreateSnapshot", Then: snapstand.FaultThen{Error: code}})
	if err != nil {
		t.Fatal(err)
	}
	request := zec.NewCreateSnapshotRequest()
	request.DiskId, request.SnapshotName = ptr(disk), ptr("nightly")
	_, err = client.CreateSnapshot(request)
	var said *common.ZenlayerCloudSdkError
	if !errors.As(err, &said) || said.Code != code {
		t.Fatalf("the call ended with %v", err)
	}
	if _, err := world.Requests.Expect(ctx, snapstand.Expectation{Operation: "CreateSnapshot", Code: code}); err != nil {
		t.Error(err)
	}
}
