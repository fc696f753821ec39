package flows

import (
	"errors"
	"testing"

	"github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/common"
	old "github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/zec20240401"
	. "snapstand.conformance/harness"
)

func TestFlow7Faults(t *testing.T) {
	w := start(t, 7)
	defer w.End()
	by := func(client any, prefix, operation string, members m) FaultyCall {
		return FaultyCall{Operation: operation, Call: func() error {
			_, err := try(client, prefix+operation, members)
			return err
		}}
	}
	call := func(operation string, members m) FaultyCall { return by(w.zec, "", operation, members) }
	older := Must(old.NewClient(config(), w.Key, Secret(w.Key)))
	w.ProduceAll(Faulty{
		Provider: "zenlayer",
		Calls: []FaultyCall{
			call("DescribeDisks", nil),
			call("CreateDisks", m{"zoneId": zone, "diskName": "disk", "diskSize": 20}),
			call("ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": nowhere, "diskIds": list{nowhere}}),
			call("RenewDisk", m{"diskId": nowhere}),
			call("CreateSnapshot", m{"diskId": nowhere, "snapshotName": "shot"}),
			call("ApplySnapshot", m{"snapshotId": nowhere, "diskId": nowhere}),
			call("CreateAutoSnapshotPolicy", m{"zoneId": zone, "autoSnapshotPolicyName": "week", "repeatWeekDays": list{1}, "hours": list{1}}),
			call("AttachDisks", m{"diskIds": list{nowhere}, "instanceId": nowhere}),
			call("ReleaseDisk", m{"diskId": nowhere}),
			// In the first version alone.
			by(older, "old.", "ChangeDisksAttach", m{"diskIds": list{nowhere}, "instanceId": nowhere}),
		},
		Said: func(err error) Said {
			var refusal *common.ZenlayerCloudSdkError
			if !errors.As(err, &refusal) {
				Fail("%v is not the SDK's error", err)
			}
			return Said{Code: refusal.GetCode(), Message: refusal.GetMessage(), RequestID: refusal.GetRequestId()}
		},
	})
	w.Check("throttling that passes is retried, and nobody notices", func() {
		rule := m{"then": m{"error": "REQUEST_LIMIT_EXCEEDED"}, "times": 2}
		w.Fault("zenlayer", "DescribeDisks", rule, func() { w.call("DescribeDisks", nil) })
		Equal("codes", w.Codes("DescribeDisks", 3), "REQUEST_LIMIT_EXCEEDED REQUEST_LIMIT_EXCEEDED ")
	})
	w.Check("nothing else is retried", func() {
		rule := m{"then": m{"error": "INTERNAL_SERVER_ERROR"}, "times": 1}
		w.Fault("zenlayer", "DescribeDisks", rule, func() {
			Equal("calls", w.Counted("DescribeDisks", func() {
				if _, err := try(w.zec, "DescribeDisks", nil); err == nil {
					Fail("it was not refused")
				}
			}), 1)
		})
	})
	w.Check("a create whose answer was another one is made", func() {
		disk := w.disk("lost", nil)
		w.Wait(w.diskStatus(disk), "AVAILABLE")
		rule := m{"then": m{"error": "INTERNAL_SERVER_ERROR", "after": true}, "times": 1}
		w.Fault("zenlayer", "CreateSnapshot", rule, func() {
			if _, err := try(w.zec, "CreateSnapshot", m{"diskId": disk, "snapshotName": "lost"}); err == nil {
				Fail("it was not refused")
			}
		})
		Equal("snapshots", Pick(w.call("DescribeSnapshots", m{"diskIds": list{disk}})["dataSet"], "snapshotName"), []string{"lost"})
	})
}
