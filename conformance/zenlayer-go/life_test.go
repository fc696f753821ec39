package flows

import (
	"testing"
	"time"

	old "github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/zec20240401"
	zrm "github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/zrm20251014"
	. "snapstand.conformance/harness"
)

// The life of disks with all that snapshots them, by the wall clock and without Snapstand's own API: `npm run rehearse`
// records it.
func TestLife(t *testing.T) {
	w := start(t, 1)
	w.Live = true
	defer w.End()
	var instance, boot, one, two, first, second string
	older := Must(old.NewClient(config(), w.Key, Secret(w.Key)))
	resources := Must(zrm.NewClient(config(), w.Key, Secret(w.Key)))
	later := func(days int) string { return time.Now().UTC().AddDate(0, 0, days).Format("2006-01-02T00:00:00Z") }
	shot := func(id string) m {
		return w.call("DescribeSnapshots", m{"snapshotIds": list{id}})["dataSet"].(list)[0].(m)
	}
	w.Step("find the place", func() {
		Equal("zone", Pick(w.call("DescribeZones", m{"zoneIds": list{zone}})["zoneSet"], "zoneId"), []string{zone})
		w.call("DescribeDiskRegions", nil)
		w.call("DescribeDiskCategory", nil)
		found := w.instance()
		instance, boot = found["instanceId"].(string), found["systemDisk"].(m)["diskId"].(string)
	})
	w.Step("create two alike, attach one", func() {
		pair := w.call("CreateDisks", m{"zoneId": zone, "diskName": "pair", "diskSize": 20, "diskAmount": 2,
			"tags": m{"tags": list{m{"key": "env", "value": "prod"}}}})["diskIds"].(list)
		one, two = pair[0].(string), pair[1].(string)
		w.Wait(w.diskStatus(one), "AVAILABLE")
		w.Wait(w.diskStatus(two), "AVAILABLE")
		w.call("AttachDisks", m{"diskIds": list{two}, "instanceId": instance})
		w.Wait(w.diskStatus(two), "IN_USE")
	})
	w.Step("look for them", func() {
		Equal("one", w.total("DescribeDisks", m{"diskName": "^pair$", "diskStatus": "AVAILABLE"}), 1.0)
		Equal("both", w.total("DescribeDisks", m{"tagKeys": list{"env"}, "pageSize": 1, "pageNum": 2}), 2.0)
		Equal("none", w.total("DescribeDisks", m{"regionId": "nowhere-1"}), 0.0)
	})
	w.Step("resize, rename, tag", func() {
		w.call("ResizeDisk", m{"diskId": two, "diskSize": 40})
		w.Wait(w.diskStatus(two), "IN_USE")
		w.call("ModifyDisksAttributes", m{"diskIds": list{two}, "diskName": "renamed"})
		Must(try(resources, "ModifyResourceTags", m{"resourceUuid": two, "replaceTags": list{m{"key": "new", "value": "yes"}}}))
		seen := Must(try(older, "old.DescribeDisks", m{"diskIds": list{two}}))["dataSet"].(list)[0].(m)
		Equal("the older version", list{seen["diskName"], seen["diskSize"]}, list{"renamed", 40})
	})
	w.Step("snapshots", func() {
		first = w.snapshot(one, "first", m{"retentionTime": later(7)})
		w.Wait(w.state(first), "AVAILABLE")
		second = Must(try(older, "old.CreateSnapshot", m{"diskId": one, "snapshotName": "second"}))["snapshotId"].(string)
		w.Wait(w.state(second), "AVAILABLE")
		Equal("of the disk", w.total("DescribeSnapshots", m{"diskIds": list{one}}), 2.0)
		Equal("of the name", w.total("DescribeSnapshots", m{"snapshotName": "first", "snapshotType": "Manual"}), 1.0)
		Equal("failed", w.total("DescribeSnapshots", m{"status": "FAILED"}), 0.0)
		w.call("ModifySnapshotsAttribute", m{"snapshotIds": list{first}, "snapshotName": "kept", "isPermanent": true})
		Equal("kept", list{shot(first)["snapshotName"], shot(first)["retentionTime"]}, list{"kept", nil})
	})
	w.Step("roll back", func() {
		w.call("ApplySnapshot", m{"snapshotId": first, "diskId": one})
		w.Wait(w.diskStatus(one), "AVAILABLE")
	})
	w.Step("policy", func() {
		policy := w.call("CreateAutoSnapshotPolicy", m{"zoneId": zone, "autoSnapshotPolicyName": "daily",
			"repeatWeekDays": list{3, 1}, "hours": list{21, 9, 21}, "retentionDays": 3})["autoSnapshotPolicyId"].(string)
		w.call("ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": policy, "diskIds": list{one, two}})
		Equal("disk", w.see(one)["autoSnapshotPolicyId"], policy)
		w.call("ModifyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": policy, "autoSnapshotPolicyName": "weekly", "repeatWeekDays": list{5}})
		seen := w.call("DescribeAutoSnapshotPolicies", m{"autoSnapshotPolicyIds": list{policy}})["dataSet"].(list)[0].(m)
		Equal("policy", list{seen["autoSnapshotPolicyName"], seen["hours"], seen["diskNum"]}, list{"weekly", list{9, 21}, 2})
		w.call("CancelAutoSnapshotPolicy", m{"autoSnapshotPolicyId": policy, "diskIds": list{one, two}})
		w.call("DeleteAutoSnapshotPolicies", m{"autoSnapshotPolicyIds": list{policy}})
		Equal("left", w.total("DescribeAutoSnapshotPolicies", nil), 0.0)
	})
	week := m{"zoneId": zone, "autoSnapshotPolicyName": "week", "repeatWeekDays": list{1}, "hours": list{1}}
	for _, row := range []struct {
		code, action string
		members      m
	}{
		{"INVALID_DISK_NOT_FOUND", "CreateSnapshot", m{"diskId": nowhere, "snapshotName": "none"}},
		{"MISSING_PARAMETER", "CreateSnapshot", m{"diskId": one}},
		{"INVALID_SNAPSHOT_RETENTION_TIME", "CreateSnapshot", m{"diskId": one, "snapshotName": "none", "retentionTime": "2025-01-02T00:00:00Z"}},
		{"INVALID_PARAMETER_EXCEED_MAXIMUM", "DescribeSnapshots", m{"pageSize": 1001}},
		{"INVALID_DISK_SNAPSHOT_NOT_FOUND", "ApplySnapshot", m{"snapshotId": first, "diskId": two}},
		{"INVALID_DISK_SNAPSHOT_NOT_FOUND", "DeleteSnapshots", m{"snapshotIds": list{nowhere}}},
		{"INVALID_RETENTION_DAYS", "CreateAutoSnapshotPolicy", Merge(week, m{"retentionDays": 0})},
		{"INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND", "ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": nowhere, "diskIds": list{one}}},
		{"UNSUPPORTED_OPERATION_DISK_ATTACHED", "AttachDisks", m{"diskIds": list{two}, "instanceId": instance}},
		{"UNSUPPORTED_OPERATION_INSTANCE_STATUS", "DetachDisks", m{"diskIds": list{two}}},
		{"UNSUPPORTED_OPERATION_DISK_STATUS", "ReleaseDisk", m{"diskId": two}},
		{"INVALID_DISK_NOT_PORTABLE", "ReleaseDisk", m{"diskId": boot}},
	} {
		w.Step(row.action+": "+row.code, func() {
			_, err := try(w.zec, row.action, row.members)
			refused(row.code, err)
		})
	}
	w.Step("a disk from a snapshot, and the end of all", func() {
		w.call("DetachDisks", m{"diskIds": list{two}, "instanceCheckFlag": false})
		w.Wait(w.diskStatus(two), "AVAILABLE")
		copied := w.disk("copy", m{"diskSize": 25, "snapshotId": second})
		w.Wait(w.diskStatus(copied), "AVAILABLE")
		Equal("failed", w.call("DeleteSnapshots", m{"snapshotIds": list{first, second, nowhere}})["snapshotIds"], list{nowhere})
		w.Wait(w.state(second), "gone")
		for _, disk := range []string{one, two, copied} {
			w.call("ReleaseDisk", m{"diskId": disk})
		}
	})
}
