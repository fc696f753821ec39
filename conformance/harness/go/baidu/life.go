package baidu

import (
	"fmt"
	"testing"

	. "snapstand.conformance/harness"
)

// Life is that of volumes with all that snapshots them, by the wall clock and without Snapstand's own API:
// `npm run rehearse` records it.
func Life(t *testing.T, sdk Sdk) {
	w := start(t, sdk, 1)
	w.Live = true
	defer w.End()
	var instance, boot, one, two, first, second string
	w.Step("find the place", func() {
		Equal("zone", Pick(w.call("ListZones", nil)["zones"], "zoneName")[0], zone)
		instance, boot = w.instance()
	})
	w.Step("create two alike, attach one", func() {
		pair := w.call("CreateVolume", M{"name": "pair", "cdsSizeInGB": 50, "zoneName": zone, "storageType": "cloud_hp1",
			"purchaseCount": 2, "billing": postpaid, "tags": tags})["volumeIds"].(list)
		one, two = pair[0].(string), pair[1].(string)
		w.ready(one, two)
		w.attach(two, instance)
	})
	w.Step("look for them", func() {
		for _, filters := range []M{{"instanceId": instance}, {"zoneName": w.otherZone()}} {
			w.call("ListVolumes", filters)
		}
		Equal("pages", len(w.pages("ListVolumes", "volumes")), 2)
	})
	w.Step("resize, rename, tag", func() {
		w.call("ResizeVolume", M{"volumeId": two, "newCdsSizeInGB": 60, "newVolumeType": "cloud_hp1"})
		w.Wait(w.volumeStatus(two), "InUse")
		w.call("RenameVolume", M{"volumeId": two, "name": "renamed 中"})
		w.call("ModifyCdsAttribute", M{"volumeId": one, "cdsName": "modified", "desc": "说明"})
		w.call("BindTagVolume", M{"volumeId": one, "changeTags": list{M{"tagKey": "more", "tagValue": "yes"}}})
		w.call("UnbindTagVolume", M{"volumeId": one, "changeTags": tags[:1]})
		Equal("keys", Pick(w.see(one)["tags"], "tagKey"), Sorted("more", "键"))
		Equal("volume", list{w.see(two)["name"], w.see(two)["diskSizeInGB"]}, list{"renamed 中", 60})
	})
	w.Step("snapshots", func() {
		first = w.snapshot(two, "first", M{"desc": "第一"})
		w.Wait(w.state(first), "Available")
		second = w.snapshot(two, "second", nil)
		w.Wait(w.state(second), "Available")
		w.call("ModifySnapshotAttribute", M{"snapshotId": first, "snapshotName": "kept", "retentionInDays": 3, "desc": "新"})
		Equal("kept", w.call("GetSnapshot", M{"snapshotId": first})["snapshot"].(M)["name"], "kept")
		Equal("pages", flat(w.pages("ListSnapshots", "snapshots")), []string{first, second})
		chain := w.call("ListSnapchain", M{"volumeId": two})["snapchains"].(list)[0].(M)
		w.call("BindTagSnapchain", M{"chainId": chain["chainId"], "changeTags": tags})
		w.call("UnbindTagSnapchain", M{"chainId": chain["chainId"], "changeTags": tags[:1]})
	})
	w.Step("policy", func() {
		policy := w.call("CreateAsp", M{"name": "daily", "timePoints": list{20, 9, 20}, "repeatWeekdays": list{6, 0},
			"retentionDays": "3"})["aspId"].(string)
		w.call("AttachAsp", M{"aspId": policy, "volumeIds": list{two}})
		Equal("volume", w.see(two)["autoSnapshotPolicy"].(M)["id"], policy)
		w.call("UpdateAsp", M{"aspId": policy, "name": "weekly", "timePoints": list{3, 2}, "repeatWeekdays": list{5}, "retentionDays": "9"})
		seen := w.call("GetAsp", M{"aspId": policy})["autoSnapshotPolicy"].(M)
		Equal("policy", list{seen["name"], seen["timePoints"], seen["volumeCount"]}, list{"weekly", list{2, 3}, 1})
		w.call("ListAsps", M{"aspName": "week"})
		w.call("DetachAsp", M{"aspId": policy, "volumeIds": list{two}})
		w.call("DeleteAsp", M{"aspId": policy})
		w.gone("GetAsp", M{"aspId": policy})
	})
	asp := M{"name": "asp", "timePoints": list{1}, "repeatWeekdays": list{1}, "retentionDays": "1"}
	for _, row := range []struct {
		status          int
		code, operation string
		members         M
	}{
		{404, "NoSuchObject", "CreateSnapshot", M{"volumeId": "v-nowhere0", "snapshotName": "none"}},
		{400, "Snapshot.SnapshotNameInvalid", "CreateSnapshot", M{"volumeId": two, "snapshotName": "1st"}},
		{404, "NoSuchObject", "DeleteSnapshot", M{"snapshotId": "s-nowhere0"}},
		{400, "BadRequest", "ListSnapshots", M{"marker": "s-nowhere0"}},
		{400, "Asp.NameInvalid", "CreateAsp", Merge(asp, M{"name": "1st"})},
		{400, "Asp.TimePointsInvalid", "CreateAsp", Merge(asp, M{"timePoints": list{24}})},
		{404, "NoSuchObject", "AttachAsp", M{"aspId": "asp-nowhere0", "volumeIds": list{two}}},
		{404, "NoSuchObject", "AttachVolume", M{"volumeId": one, "instanceId": "i-nowhere0"}},
		{409, "Volume.DistNotAvailable", "AttachVolume", M{"volumeId": two, "instanceId": instance}},
		{400, "BadRequest", "ResizeVolume", M{"volumeId": one, "newCdsSizeInGB": 50}},
		{409, "OperationDenied", "RollbackVolume", M{"volumeId": two, "snapshotId": first}},
		{409, "Volume.DiskStatusCannotBeDeleted", "ReleaseVolume", M{"volumeId": two}},
		{403, "Volume.SystemDiskCannotBeDeleted", "ReleaseVolume", M{"volumeId": boot}},
	} {
		w.Step(fmt.Sprintf("%s: %d %s", row.operation, row.status, row.code), func() {
			_, err := w.api(row.operation, row.members)
			w.refused(row.status, row.code, err)
		})
	}
	w.Step("roll back", func() {
		w.call("DetachVolume", M{"volumeId": two, "instanceId": instance})
		w.ready(two)
		w.call("RollbackVolume", M{"volumeId": two, "snapshotId": first})
		w.ready(two)
	})
	w.Step("a volume from a snapshot, and the end of all", func() {
		copied := w.volume("copy", M{"snapshotId": second, "cdsSizeInGB": 65})
		w.ready(copied)
		for _, shot := range []string{first, second} {
			w.call("DeleteSnapshot", M{"snapshotId": shot})
		}
		w.gone("GetSnapshot", M{"snapshotId": first})
		w.call("ReleaseVolume", M{"volumeId": one})
		w.call("ReleaseVolume", M{"volumeId": two, "autoSnapshot": "on", "manualSnapshot": "on"})
		w.call("ReleaseVolume", M{"volumeId": copied, "recycle": "off"})
		w.gone("GetVolume", M{"volumeId": two})
	})
}
