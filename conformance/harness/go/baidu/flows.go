// Package baidu holds the seven flows of Baidu for both Go SDKs. A program brings its SDK's calls.
package baidu

import (
	"fmt"
	"strings"
	"testing"

	. "snapstand.conformance/harness"
)

type M = map[string]any
type list = []any

// Sdk is one Go SDK.
type Sdk struct {
	// Connect makes a client. signedAt is 0 for the machine's clock.
	Connect func(key, secret string, signedAt int64) Api
	// Lacks names operations and members that the SDK has not.
	Lacks []string
	// Error takes the SDK's own error apart; ok is false for any other.
	Error func(err error) (refusal Refusal, ok bool)
	// The models whose every member must be compared.
	Volume, Snapshot, Policy, Chain any
}

// Api calls an operation by name; the answer is what the typed model holds, nil where the SDK gives none.
type Api func(operation string, members M) (any, error)

// Refusal is what an SDK's error says.
type Refusal struct {
	Status                   int
	Code, Message, RequestID string
}

const (
	zone  = "cn-bj-a"
	never = "1971-01-01T00:00:01Z"
	uuid  = Like(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)
)

var (
	postpaid = M{"paymentTiming": "Postpaid"}
	tags     = list{M{"tagKey": "env", "tagValue": "prod"}, M{"tagKey": "键", "tagValue": "ü"}}
)

type world struct {
	*Flow
	sdk Sdk
	api Api
}

func start(t *testing.T, sdk Sdk, number int) *world {
	flow := New(t, number)
	return &world{flow, sdk, sdk.Connect(flow.Key, Secret(flow.Key), 0)}
}

func (w *world) has(names ...string) bool {
	for _, name := range names {
		for _, lacking := range w.sdk.Lacks {
			if name == lacking {
				return false
			}
		}
	}
	return true
}

func (w *world) call(operation string, members M) M {
	answer := Must(w.api(operation, members))
	if answer == nil {
		return nil
	}
	return Plain(answer).(M)
}

func (w *world) volume(name string, more M) string {
	made := w.call("CreateVolume", Merge(M{"name": name, "cdsSizeInGB": 20, "zoneName": zone, "purchaseCount": 1, "billing": postpaid}, more))
	return made["volumeIds"].(list)[0].(string)
}

func (w *world) see(volume string) M {
	return w.call("GetVolume", M{"volumeId": volume})["volume"].(M)
}

func (w *world) volumeStatus(volume string) func() string {
	return func() string { return w.see(volume)["status"].(string) }
}

func (w *world) snapshot(volume, name string, more M) string {
	return w.call("CreateSnapshot", Merge(M{"volumeId": volume, "snapshotName": name}, more))["snapshotId"].(string)
}

func (w *world) state(snapshot string) func() string {
	return func() string {
		return w.call("GetSnapshot", M{"snapshotId": snapshot})["snapshot"].(M)["status"].(string)
	}
}

func (w *world) ready(volumes ...string) {
	for _, volume := range volumes {
		w.Wait(w.volumeStatus(volume), "Available")
	}
}

func (w *world) attach(volume, instance string) {
	w.call("AttachVolume", M{"volumeId": volume, "instanceId": instance})
	w.Wait(w.volumeStatus(volume), "InUse")
}

// The instance of the zone, and its system volume: the way to them is the list of volumes.
func (w *world) instance() (instance, boot string) {
	for _, each := range w.call("ListVolumes", nil)["volumes"].(list) {
		volume := each.(M)
		if attached, _ := volume["attachments"].(list); volume["type"] == "System" && volume["zoneName"] == zone && len(attached) == 1 {
			return attached[0].(M)["instanceId"].(string), volume["id"].(string)
		}
	}
	Fail("no system volume in %s", zone)
	return
}

func (w *world) otherZone() string {
	for _, name := range Pick(w.call("ListZones", nil)["zones"], "zoneName") {
		if strings.HasSuffix(name, "e") {
			return name
		}
	}
	Fail("no zone ends in e")
	return ""
}

func (w *world) refused(status int, code string, err error) {
	refusal, own := w.sdk.Error(err)
	if !own {
		Fail("%v is not the SDK's error", err)
	}
	Equal("status and code", list{refusal.Status, refusal.Code}, list{status, code})
	Equal("request id", any(refusal.RequestID), uuid)
	if refusal.Message == "" {
		Fail("no message")
	}
}

func (w *world) gone(operation string, members M) {
	_, err := w.api(operation, members)
	w.refused(404, "NoSuchObject", err)
}

// Every page, as the client's users follow the markers.
func (w *world) pages(operation, member string) [][]string {
	pages, marker := [][]string{}, M{}
	for len(pages) < 50 {
		page := w.call(operation, Merge(M{"maxKeys": 2}, marker))
		ids := []string{}
		for _, each := range page[member].(list) {
			ids = append(ids, each.(M)["id"].(string))
		}
		pages = append(pages, ids)
		if page["isTruncated"] != true {
			Equal("next marker of the last page", page["nextMarker"], Blank{})
			return pages
		}
		marker = M{"marker": page["nextMarker"]}
	}
	Fail("no end of pages")
	return nil
}

func flat(pages [][]string) []string {
	all := []string{}
	for _, page := range pages {
		all = append(all, page...)
	}
	return all
}

func VolumeLife(t *testing.T, sdk Sdk) {
	w := start(t, sdk, 1)
	defer w.End()
	var instance, boot, other, one, two, three string
	w.Step("find zones and instance", func() {
		other = w.otherZone()
		instance, boot = w.instance()
	})
	w.Step("create two alike, one in the other zone", func() {
		pair := w.call("CreateVolume", M{"name": "pair", "cdsSizeInGB": 50, "zoneName": zone, "storageType": "cloud_hp1",
			"purchaseCount": 2, "billing": postpaid, "tags": tags})["volumeIds"].(list)
		Equal("volumes", len(pair), 2)
		one, two, three = pair[0].(string), pair[1].(string), w.volume("third", M{"zoneName": other})
		w.ready(one, two, three)
	})
	w.Step("attach", func() {
		made := w.call("AttachVolume", M{"volumeId": two, "instanceId": instance})
		Equal("answer", made["volumeAttachment"].(M)["instanceId"], instance)
		w.Wait(w.volumeStatus(two), "InUse")
		Equal("volume", Pick(w.see(two)["attachments"], "instanceId"), []string{instance})
	})
	names := map[string]string{one: "1", two: "2", three: "3", boot: "b"}
	for _, row := range []struct{ filter, value, want string }{
		{"", "", "123b"},
		{"instanceId", instance, "2b"},
		{"instanceId", "i-nowhere0", ""},
		{"zoneName", other, "3"},
		{"zoneName", zone, "12b"},
		{"name", "third", "3"},
		{"chargeFilter", "postpay", "123b"},
		{"chargeFilter", "prepay", ""},
		{"usageFilter", "system", "b"},
		{"usageFilter", "data", "123"},
		{"volumeIds", one + "," + three, "13"},
	} {
		if !w.has("ListVolumes." + row.filter) {
			continue
		}
		w.Check(fmt.Sprintf("list by %s %s: %q", row.filter, row.value, row.want), func() {
			filters := M{}
			if row.filter != "" {
				filters[row.filter] = row.value
			}
			got := []string{}
			for _, id := range Pick(w.call("ListVolumes", filters)["volumes"], "id") {
				if names[id] != "" {
					got = append(got, names[id])
				}
			}
			Equal("volumes", strings.Join(Sorted(got...), ""), row.want)
		})
	}
	w.Step("list page by page", func() {
		pages := w.pages("ListVolumes", "volumes")
		Equal("all pages", Sorted(flat(pages)...), Pick(w.call("ListVolumes", nil)["volumes"], "id"))
		Equal("first page", len(pages[0]), 2)
	})
	w.Step("resize while in use", func() {
		w.call("ResizeVolume", M{"volumeId": two, "newCdsSizeInGB": 60, "newVolumeType": "cloud_hp1"})
		w.Wait(w.volumeStatus(two), "InUse")
		Equal("size", w.see(two)["diskSizeInGB"], 60.0)
	})
	w.Step("rename", func() {
		w.call("RenameVolume", M{"volumeId": one, "name": "renamed 中"})
		Equal("name", w.see(one)["name"], "renamed 中")
	})
	w.Step("modify", func() {
		w.call("ModifyCdsAttribute", M{"volumeId": one, "cdsName": "modified", "desc": "说明"})
		Equal("name and description", list{w.see(one)["name"], w.see(one)["desc"]}, list{"modified", "说明"})
		w.call("ModifyCdsAttribute", M{"volumeId": one, "cdsName": "again"})
		Equal("name and description", list{w.see(one)["name"], w.see(one)["desc"]}, list{"again", "说明"})
	})
	w.Step("tags", func() {
		w.call("BindTagVolume", M{"volumeId": one, "changeTags": list{M{"tagKey": "more", "tagValue": "yes"}}})
		w.call("UnbindTagVolume", M{"volumeId": one, "changeTags": tags[:1]})
		Equal("keys", Pick(w.see(one)["tags"], "tagKey"), Sorted("more", "键"))
	})
	w.Step("detach", func() {
		w.call("DetachVolume", M{"volumeId": two, "instanceId": instance})
		w.ready(two)
		Equal("attachments", Pick(w.see(two)["attachments"], "instanceId"), []string{})
	})
	w.Step("release", func() {
		w.call("ReleaseVolume", M{"volumeId": one})
		w.call("ReleaseVolume", M{"volumeId": two, "autoSnapshot": "on", "manualSnapshot": "on"})
		w.call("ReleaseVolume", M{"volumeId": three, "recycle": "off"})
		for _, volume := range []string{one, two, three} {
			w.gone("GetVolume", M{"volumeId": volume})
		}
	})
}

func Snapshots(t *testing.T, sdk Sdk) {
	w := start(t, sdk, 2)
	defer w.End()
	var volume, other, first, foreign string
	shots := []string{}
	w.Step("create, and wait while it takes time", func() {
		w.Settings(M{"delays.baidu.snapshotCreateMs": 5000})
		volume = w.volume("source", nil)
		w.ready(volume)
		w.Write("baidu", volume, "first")
		first = w.snapshot(volume, "shot-1", M{"desc": "第一"})
		Equal("at first", w.state(first)(), "Creating")
		w.Wait(w.state(first), "Available")
		w.Settings(M{"delays.baidu.snapshotCreateMs": nil})
	})
	w.Step("create more", func() {
		w.Write("baidu", volume, "second")
		other = w.volume("other", nil)
		w.ready(other)
		shots = append(shots, first)
		for n := 2; n <= 5; n++ {
			shots = append(shots, w.snapshot(volume, fmt.Sprintf("shot-%d", n), nil))
		}
		foreign = w.snapshot(other, "foreign", nil)
		w.Wait(w.state(foreign), "Available")
	})
	w.Step("list page by page", func() {
		pages := w.pages("ListSnapshots", "snapshots")
		Equal("pages", len(pages), 3)
		Equal("all pages", Sorted(flat(pages)...), Sorted(append(shots, foreign)...))
		// Oldest first; of those made at one instant the order must only be stable.
		Equal("the oldest", pages[0][0], first)
	})
	if w.has("ListSnapshots.volumeId") {
		for id, want := range map[string][]string{volume: shots, other: {foreign}, "v-nowhere0": {}} {
			w.Check(fmt.Sprintf("list by volumeId: %d", len(want)), func() {
				Equal("snapshots", Pick(w.call("ListSnapshots", M{"volumeId": id})["snapshots"], "id"), Sorted(want...))
			})
		}
	}
	w.Step("modify", func() {
		w.call("ModifySnapshotAttribute", M{"snapshotId": first, "snapshotName": "kept", "retentionInDays": 3, "desc": "新"})
		seen := w.call("GetSnapshot", M{"snapshotId": first})["snapshot"].(M)
		// The clock stood at 08:00:00 and has moved only while this flow waited.
		Equal("snapshot", list{seen["name"], seen["desc"], seen["expireTime"]}, list{"kept", "新", Like(`2026-01-08T08:00:\d\dZ`)})
	})
	w.Step("chain", func() {
		chain := w.call("ListSnapchain", M{"volumeId": volume})
		Equal("count", chain["totalCount"], 1.0)
		row := chain["snapchains"].(list)[0].(M)
		Equal("chain", list{row["manualSnapCount"], row["autoSnapCount"], row["chainSize"]}, list{5, 0, "100"})
		w.call("BindTagSnapchain", M{"chainId": row["chainId"], "changeTags": tags})
		w.call("UnbindTagSnapchain", M{"chainId": row["chainId"], "changeTags": tags[:1]})
		beyond, _ := w.call("ListSnapchain", M{"pageNo": 2, "pageSize": 10})["snapchains"].(list)
		Equal("beyond the end", len(beyond), 0)
	})
	if w.has("DescribeSnapshotsUsage") {
		w.Step("usage", func() {
			usage := w.call("DescribeSnapshotsUsage", M{"action": "describeSnapshotsUsage"})
			Equal("usage", list{usage["snapshotCount"], usage["autoSnapshotCount"], usage["manualSnapshotCount"], usage["snapshotCapacity"]},
				list{6, 0, 6, 120})
		})
	}
	w.Step("roll back", func() {
		w.call("RollbackVolume", M{"volumeId": volume, "snapshotId": first})
		w.ready(volume)
		Equal("content", w.Content("baidu", volume), "first")
	})
	w.Step("new volume from it", func() {
		copied := w.volume("copy", M{"snapshotId": shots[1], "cdsSizeInGB": 25})
		w.ready(copied)
		Equal("content", w.Content("baidu", copied), "second")
		Equal("volume", list{w.see(copied)["sourceSnapshotId"], w.see(copied)["diskSizeInGB"]}, list{shots[1], 25})
	})
	w.Step("copy to another region", func() {
		made := w.call("RemoteCopySnapshot", M{"snapshotId": first, "destRegionInfos": list{M{"name": "away", "destRegion": "gz"}}})
		Equal("result", made["result"], list{M{"region": "gz", "snapshotId": Like(`s-[0-9A-Za-z]{8}`)}})
	})
	w.Step("share", func() {
		made := w.call("CreateSnapshotShare", M{"snapshotId": shots[2], "accountIds": list{"account-1"}})
		Equal("answer", made["snapshotId"], shots[2])
		row := w.call("ListSnapshotShare", M{"maxKeys": 10})["result"].(list)[0].(M)
		Equal("row", list{row["sourceSnapshotId"], row["accountId"]}, list{shots[2], "account-1"})
		w.call("CancelSnapshotShare", M{"sourceSnapshotId": shots[2], "accountIds": list{"account-1"}})
		left, _ := w.call("ListSnapshotShare", M{"maxKeys": 10})["result"].(list)
		Equal("left", len(left), 0)
	})
	w.Step("delete", func() {
		for _, shot := range shots[:2] {
			w.call("DeleteSnapshot", M{"snapshotId": shot})
			w.gone("GetSnapshot", M{"snapshotId": shot})
		}
	})
}

func Policies(t *testing.T, sdk Sdk) {
	w := start(t, sdk, 3)
	defer w.End()
	var volume, daily, other string
	look := func(policy string) M { return w.call("GetAsp", M{"aspId": policy})["autoSnapshotPolicy"].(M) }
	made := func(member string) []string { return Pick(w.call("ListSnapshots", nil)["snapshots"], member) }
	w.Step("create", func() {
		instance, _ := w.instance()
		volume = w.volume("guarded", nil)
		w.attach(volume, instance)
		daily = w.call("CreateAsp", M{"name": "daily", "timePoints": list{20, 9, 20}, "repeatWeekdays": list{6, 0, 1, 2, 3, 4, 5},
			"retentionDays": "1"})["aspId"].(string)
		other = w.call("CreateAsp", M{"name": "other", "timePoints": list{0}, "repeatWeekdays": list{0}, "retentionDays": "-1"})["aspId"].(string)
		Equal("hours", look(daily)["timePoints"], list{9, 20})
	})
	w.Step("attach", func() {
		w.call("AttachAsp", M{"aspId": daily, "volumeIds": list{volume}})
		Equal("count", look(daily)["volumeCount"], 1.0)
		Equal("volume", w.see(volume)["autoSnapshotPolicy"].(M)["id"], daily)
	})
	for _, row := range []struct {
		filters M
		want    []string
	}{
		{M{}, []string{daily, other}},
		{M{"aspName": "ail"}, []string{daily}},
		{M{"aspName": "nothing"}, nil},
		{M{"volumeName": "guarded"}, []string{daily}},
		{M{"marker": other}, []string{other}},
	} {
		w.Check(fmt.Sprintf("list by %v: %d", row.filters, len(row.want)), func() {
			Equal("policies", Pick(w.call("ListAsps", row.filters)["autoSnapshotPolicys"], "id"), Sorted(row.want...))
		})
	}
	w.Step("list page by page", func() {
		Equal("pages", w.pages("ListAsps", "autoSnapshotPolicys"), [][]string{{daily, other}})
	})
	w.Step("modify", func() {
		w.call("UpdateAsp", M{"aspId": other, "name": "weekly", "timePoints": list{3, 2}, "repeatWeekdays": list{5}, "retentionDays": "9"})
		w.call("UpdateAsp", M{"aspId": other, "name": "every week"})
		seen := look(other)
		Equal("policy", list{seen["name"], seen["timePoints"], seen["repeatWeekdays"], seen["retentionDays"]},
			list{"every week", list{2, 3}, list{5}, 9})
	})
	w.Step("a day passes: automatic snapshots", func() {
		// Hours are UTC+8: from Monday 16:00 to Tuesday 16:00 there.
		w.Advance("P1D")
		Equal("made", made("createTime"), []string{"2026-01-05T12:00:00Z", "2026-01-06T01:00:00Z"})
		Equal("until", made("expireTime"), []string{"2026-01-06T12:00:00Z", "2026-01-07T01:00:00Z"})
		Equal("how", made("createMethod"), []string{"auto", "auto"})
		Equal("last", look(daily)["lastExecuteTime"], "2026-01-06T01:00:00Z")
	})
	w.Step("two more: they expire", func() {
		w.Advance("P2D")
		Equal("made", made("createTime"), []string{"2026-01-07T12:00:00Z", "2026-01-08T01:00:00Z"})
	})
	w.Step("detach: none any more", func() {
		w.call("DetachAsp", M{"aspId": daily, "volumeIds": list{volume}})
		Equal("count", look(daily)["volumeCount"], 0.0)
		Equal("volume", w.see(volume)["autoSnapshotPolicy"], nil)
		w.Advance("P2D")
		Equal("made", made("createTime"), []string{})
	})
	w.Step("delete", func() {
		for _, policy := range []string{daily, other} {
			w.call("DeleteAsp", M{"aspId": policy})
			w.gone("GetAsp", M{"aspId": policy})
		}
		left, _ := w.call("ListAsps", nil)["autoSnapshotPolicys"].(list)
		Equal("left", len(left), 0)
	})
}

func Refusals(t *testing.T, sdk Sdk, now int64) {
	w := start(t, sdk, 4)
	defer w.End()
	probe := func(key, secret string, signedAt int64) error {
		_, err := sdk.Connect(key, secret, signedAt)("ListAsps", nil)
		return err
	}
	w.Check("wrong secret", func() { w.refused(400, "SignatureDoesNotMatch", probe(w.Key, "wrong", 0)) })
	w.Check("unknown key", func() { w.refused(403, "InvalidAccessKeyId", probe("nobody", "nobody", 0)) })
	w.Check("expired timestamp", func() { w.refused(400, "RequestExpired", probe(w.Key, Secret(w.Key), now-1900)) })
	var instance, boot, volume, used, spare, far, shot, foreign, ofUsed, policy string
	w.Step("prepare", func() {
		instance, boot = w.instance()
		volume, used, spare = w.volume("volume", M{"cdsSizeInGB": 50}), w.volume("used", nil), w.volume("spare", nil)
		far = w.volume("far", M{"zoneName": w.otherZone()})
		w.ready(volume, used, spare, far)
		w.attach(used, instance)
		shot, foreign, ofUsed = w.snapshot(volume, "shot", nil), w.snapshot(spare, "shot", nil), w.snapshot(used, "shot", nil)
		policy = w.call("CreateAsp", M{"name": "policy", "timePoints": list{1}, "repeatWeekdays": list{1}, "retentionDays": "1"})["aspId"].(string)
	})
	fresh := M{"name": "new", "zoneName": zone, "billing": postpaid}
	asp := M{"name": "asp", "timePoints": list{1}, "repeatWeekdays": list{1}, "retentionDays": "1"}
	for _, row := range []struct {
		status          int
		code, operation string
		members         M
	}{
		{400, "Asp.NameInvalid", "CreateAsp", Merge(asp, M{"name": "1st"})},
		{400, "Asp.RetentionDaysInvalid", "CreateAsp", Merge(asp, M{"retentionDays": "0"})},
		{400, "Asp.RetentionDaysInvalid", "CreateAsp", Merge(asp, M{"retentionDays": "10001"})},
		{400, "Asp.TimePointsInvalid", "CreateAsp", Merge(asp, M{"timePoints": list{24}})},
		{400, "Asp.RepeatWeekdaysInvalid", "CreateAsp", Merge(asp, M{"repeatWeekdays": list{7}})},
		{404, "NoSuchObject", "UpdateAsp", Merge(asp, M{"aspId": "asp-nowhere0"})},
		{400, "Asp.TimePointsInvalid", "UpdateAsp", Merge(asp, M{"aspId": policy, "timePoints": list{-1}})},
		{404, "NoSuchObject", "GetAsp", M{"aspId": "asp-nowhere0"}},
		{404, "NoSuchObject", "DeleteAsp", M{"aspId": "asp-nowhere0"}},
		{404, "NoSuchObject", "AttachAsp", M{"aspId": "asp-nowhere0", "volumeIds": list{used}}},
		{404, "NoSuchObject", "AttachAsp", M{"aspId": policy, "volumeIds": list{used, "v-nowhere0"}}},
		{400, "Asp.VolumeStatusInvalid", "AttachAsp", M{"aspId": policy, "volumeIds": list{volume}}},
		{404, "NoSuchObject", "DetachAsp", M{"aspId": "asp-nowhere0", "volumeIds": list{used}}},
		{400, "BadRequest", "ListAsps", M{"marker": "asp-nowhere0"}},
		{404, "NoSuchObject", "CreateSnapshot", M{"volumeId": "v-nowhere0", "snapshotName": "shot"}},
		{400, "Snapshot.SnapshotNameInvalid", "CreateSnapshot", M{"volumeId": volume, "snapshotName": "1st"}},
		{400, "BadRequest", "CreateSnapshot", M{"volumeId": volume, "snapshotName": "shot", "retentionInDays": 10001}},
		{404, "NoSuchObject", "GetSnapshot", M{"snapshotId": "s-nowhere0"}},
		{404, "NoSuchObject", "DeleteSnapshot", M{"snapshotId": "s-nowhere0"}},
		{404, "NoSuchObject", "ModifySnapshotAttribute", M{"snapshotId": "s-nowhere0", "snapshotName": "x"}},
		{400, "Snapshot.SnapshotNameInvalid", "ModifySnapshotAttribute", M{"snapshotId": shot, "snapshotName": "1st"}},
		{400, "BadRequest", "ListSnapshots", M{"marker": "s-nowhere0"}},
		{409, "OperationDenied", "RemoteCopySnapshot", M{"snapshotId": shot, "destRegionInfos": list{M{"name": "x", "destRegion": "mars"}}}},
		{400, "BadRequest", "CreateVolume", Merge(fresh, M{"cdsSizeInGB": 4})},
		{400, "BadRequest", "CreateVolume", Merge(fresh, M{"cdsSizeInGB": 20, "purchaseCount": 6})},
		{404, "NoSuchObject", "CreateVolume", Merge(fresh, M{"snapshotId": "s-nowhere0"})},
		{400, "BadRequest", "CreateVolume", Merge(fresh, M{"snapshotId": shot, "cdsSizeInGB": 49})},
		{404, "NoSuchObject", "CreateVolume", Merge(fresh, M{"cdsSizeInGB": 20, "instanceId": "i-nowhere0"})},
		{404, "NoSuchObject", "GetVolume", M{"volumeId": "v-nowhere0"}},
		{404, "NoSuchObject", "AttachVolume", M{"volumeId": "v-nowhere0", "instanceId": instance}},
		{404, "NoSuchObject", "AttachVolume", M{"volumeId": volume, "instanceId": "i-nowhere0"}},
		{409, "Volume.DistNotAvailable", "AttachVolume", M{"volumeId": used, "instanceId": instance}},
		{403, "AccessDenied", "AttachVolume", M{"volumeId": far, "instanceId": instance}},
		{400, "Volume.DiskNotAttachedInstance", "DetachVolume", M{"volumeId": volume, "instanceId": instance}},
		{409, "OperationDenied", "DetachVolume", M{"volumeId": boot, "instanceId": instance}},
		{400, "BadRequest", "ResizeVolume", M{"volumeId": volume, "newCdsSizeInGB": 50}},
		{404, "NoSuchObject", "ResizeVolume", M{"volumeId": "v-nowhere0", "newCdsSizeInGB": 60}},
		{400, "BadRequest", "RenameVolume", M{"volumeId": volume, "name": "1st"}},
		{404, "NoSuchObject", "RollbackVolume", M{"volumeId": volume, "snapshotId": "s-nowhere0"}},
		{404, "NoSuchObject", "RollbackVolume", M{"volumeId": volume, "snapshotId": foreign}},
		{409, "OperationDenied", "RollbackVolume", M{"volumeId": used, "snapshotId": ofUsed}},
		{404, "NoSuchObject", "ReleaseVolume", M{"volumeId": "v-nowhere0"}},
		{409, "Volume.DiskStatusCannotBeDeleted", "ReleaseVolume", M{"volumeId": used}},
		{403, "Volume.SystemDiskCannotBeDeleted", "ReleaseVolume", M{"volumeId": boot}},
		{404, "NoSuchObject", "BindTagSnapchain", M{"chainId": "sl-nowhere0", "changeTags": tags}},
	} {
		w.Check(fmt.Sprintf("%s %v: %d %s", row.operation, row.members, row.status, row.code), func() {
			_, err := w.api(row.operation, row.members)
			w.refused(row.status, row.code, err)
		})
	}
	w.Check("states of the seed", func() {
		_, err := w.api("AttachVolume", M{"volumeId": far, "instanceId": "i-Expired1"})
		w.refused(409, "Volume.InstanceStatusCannotAttach", err)
		sealed := w.snapshot("v-Sealed01", "sealed", nil)
		_, err = w.api("RemoteCopySnapshot", M{"snapshotId": sealed, "destRegionInfos": list{M{"name": "away", "destRegion": "gz"}}})
		w.refused(403, "snapshot.CannotCopy", err)
		_, err = w.api("CreateSnapshotShare", M{"snapshotId": sealed, "accountIds": list{"account-1"}})
		w.refused(400, "BadRequest", err)
	})
	w.Check("while something takes time", func() {
		w.Settings(M{"delays.baidu.snapshotCreateMs": 60000, "delays.baidu.diskCreateMs": 60000})
		slow, early := w.snapshot(volume, "slow", nil), w.volume("early", nil)
		for _, row := range []struct {
			status          int
			code, operation string
			members         M
		}{
			{403, "SnapshotOperationForbidden", "DeleteSnapshot", M{"snapshotId": slow}},
			{403, "SnapshotOperationForbidden", "RollbackVolume", M{"volumeId": volume, "snapshotId": slow}},
			{409, "OperationDenied", "CreateSnapshot", M{"volumeId": early, "snapshotName": "x"}},
			{409, "Volume.DistNotAvailable", "AttachVolume", M{"volumeId": early, "instanceId": instance}},
			{409, "Volume.DiskStatusCannotBeDeleted", "ReleaseVolume", M{"volumeId": early}},
		} {
			_, err := w.api(row.operation, row.members)
			w.refused(row.status, row.code, err)
		}
	})
	w.Check("snapshot limit", func() {
		w.Settings(M{"baidu.manualSnapshotLimit": 1})
		_, err := w.api("CreateSnapshot", M{"volumeId": used, "snapshotName": "more"})
		w.refused(403, "Instance.SnapshotLimitExceeded", err)
	})
	if w.has("clientToken") {
		w.Check("a token for another request", func() {
			w.snapshot(far, "one", M{"clientToken": "token"})
			_, err := w.api("CreateSnapshot", M{"volumeId": far, "snapshotName": "two", "clientToken": "token"})
			w.refused(403, "IdempotentParameterMismatch", err)
		})
	}
	w.Check("nothing changed", func() {
		Equal("size", w.see(volume)["diskSizeInGB"], 50.0)
		Equal("policies", len(w.call("ListAsps", nil)["autoSnapshotPolicys"].(list)), 1)
	})
}

func Concurrency(t *testing.T, sdk Sdk) {
	w := start(t, sdk, 5)
	defer w.End()
	var shared string
	w.Step("50 goroutines in one world", func() {
		shared = w.volume("shared", nil)
		w.ready(shared)
		lives := Together(50, func(n int) []string {
			// One client for all: it must be as safe as its users take it to be.
			mine := w.volume(fmt.Sprintf("volume-%d", n), nil)
			one, two := w.snapshot(mine, fmt.Sprintf("shot-%d", n), nil), w.snapshot(shared, fmt.Sprintf("shot-%d", n), nil)
			Equal("state", w.state(two)(), "Available")
			w.call("DeleteSnapshot", M{"snapshotId": one})
			return []string{mine, one, two}
		})
		ids := map[string]bool{}
		for _, life := range lives {
			for _, each := range life {
				ids[each] = true
			}
		}
		Equal("ids", len(ids), 150)
		Equal("snapshots", len(w.call("ListSnapshots", nil)["snapshots"].(list)), 50)
		Equal("of the shared volume", w.see(shared)["snapshotNum"], "50")
	})
	if w.has("clientToken") {
		w.Step("50 equal requests with one token", func() {
			made := Together(50, func(int) string { return w.snapshot(shared, "once", M{"clientToken": "once"}) })
			Equal("first and last", Sorted(made...)[0], Sorted(made...)[49])
			Equal("snapshots", len(w.call("ListSnapshots", nil)["snapshots"].(list)), 51)
		})
	}
	w.Step("20 worlds at once", func() {
		found := Together(20, func(n int) int {
			key, mine := WorldKey(n+1), 0
			each := &world{w.Flow, sdk, sdk.Connect(key, Secret(key), 0)}
			for range make([]int, n+1) {
				each.volume(fmt.Sprintf("world-%d", n), nil)
			}
			for _, name := range Pick(each.call("ListVolumes", nil)["volumes"], "name") {
				if name == fmt.Sprintf("world-%d", n) {
					mine++
				} else if strings.HasPrefix(name, "world-") {
					Fail("world %d sees %s", n, name)
				}
			}
			return mine
		})
		for n, count := range found {
			Equal("volumes of a world", count, n+1)
		}
	})
}

func Decoding(t *testing.T, sdk Sdk) {
	w := start(t, sdk, 6)
	defer w.End()
	var instance, volume string
	var wanted, short M
	w.Step("volume", func() {
		instance, _ = w.instance()
		volume = w.volume("decoded", M{"cdsSizeInGB": 50, "storageType": "cloud_hp1", "description": "说明", "tags": tags})
		w.ready(volume)
		wanted = M{"id": volume, "volumeId": volume, "name": "decoded", "desc": "说明", "type": "Cds", "isSystemVolume": false,
			"storageType": "cloud_hp1", "diskSizeInGB": 50, "status": "Available", "paymentTiming": "Postpaid", "createTime": Now,
			"zoneName": zone, "regionId": "bj", "snapshotNum": "0", "tags": tags, "enableAutoRenew": false, "autoRenewTime": 0,
			"encrypted": false, "productCategory": "BCC", "enableDeleteProtection": false}
		for _, empty := range []string{"expireTime", "sourceSnapshotId", "autoSnapshotPolicy", "encryptKey", "encryptKeySpec", "clusterId",
			"ebcDiskSize", "roleName", "createdFrom", "releaseTime", "diskCategory", "cdsExtraIo", "failureStatus", "shareSnapshotId",
			"autoSnapshotPolicyInfos", "multiAttachInfos", "multiAttach"} {
			wanted[empty] = Blank{}
		}
		if w.has("Volume.description") {
			wanted["description"] = "说明"
		}
		// What go classic does not know, or a model leaves out when it is empty.
		for _, name := range []string{"resGroupInfos", "attachments", "deleteWithInstance", "deleteAutoSnapshot"} {
			wanted[name] = Blank{}
		}
		seen := w.see(volume)
		for _, name := range []string{"resGroupInfos", "attachments"} {
			if empty, isList := seen[name].(list); isList && len(empty) == 0 {
				delete(seen, name)
			}
		}
		Equal("volume", seen, wanted)
		Every(sdk.Volume, wanted)
	})
	w.Step("policy", func() {
		policy := w.call("CreateAsp", M{"name": "p /.-_中", "timePoints": list{23, 0}, "repeatWeekdays": list{6, 0}, "retentionDays": "-1"})["aspId"].(string)
		w.attach(volume, instance)
		w.call("AttachAsp", M{"aspId": policy, "volumeIds": list{volume}})
		short = M{"id": policy, "name": "p /.-_中", "timePoints": list{0, 23}, "repeatWeekdays": list{0, 6}, "retentionDays": -1, "status": "active"}
		long := Merge(short, M{"createdTime": Now, "updatedTime": Now, "deletedTime": never, "lastExecuteTime": never, "volumeCount": 1})
		Equal("get", w.call("GetAsp", M{"aspId": policy})["autoSnapshotPolicy"], long)
		seen := w.call("ListAsps", nil)
		Equal("list", list{seen["isTruncated"], seen["maxKeys"], seen["autoSnapshotPolicys"]}, list{false, 1000, list{long}})
		Every(sdk.Policy, long)
	})
	w.Step("snapshot", func() {
		shot := w.snapshot(volume, "shot 中", M{"desc": "描述，：。", "tags": tags, "retentionInDays": 7})
		wanted := M{"id": shot, "name": "shot 中", "sizeInGB": 50, "createTime": Now, "status": "Available", "createMethod": "MANUAL",
			"volumeId": volume, "desc": "描述，：。", "expireTime": "2026-01-12T08:00:00Z", "package": false, "templateId": Blank{},
			"insnapId": Blank{}, "encrypted": false, "progress": "100", "tags": tags}
		if !w.has("Snapshot.tags") {
			delete(wanted, "tags")
		}
		Equal("get", w.call("GetSnapshot", M{"snapshotId": shot})["snapshot"], wanted)
		seen := w.call("ListSnapshots", M{"maxKeys": 5})
		Equal("list", list{seen["isTruncated"], seen["maxKeys"], seen["snapshots"]}, list{false, 5, list{wanted}})
		Every(sdk.Snapshot, wanted)
	})
	w.Step("chain", func() {
		row := M{"chainId": Like(`sl-[0-9A-Za-z]{8}`), "status": Like(`\w+`), "chainSize": "50", "instanceId": instance, "userId": Like(`\S+`),
			"volumeId": volume, "volumeSize": 50, "manualSnapCount": 1, "autoSnapCount": 0, "createTime": Now}
		seen := w.call("ListSnapchain", M{"volumeId": volume, "orderBy": "chainSize", "order": "desc"})
		Equal("chains", seen["snapchains"], list{row})
		Equal("page", list{seen["orderBy"], seen["totalCount"], seen["pageNo"], seen["isTruncated"]}, list{"chainSize", 1, 1, false})
		Every(sdk.Chain, row)
	})
	w.Step("volume in use", func() {
		attachment := M{"volumeId": volume, "instanceId": instance, "device": Like(`/dev/vd[b-z]`), "serial": Like(`\S{20}`)}
		used := Merge(wanted, M{"status": "InUse", "attachments": list{attachment}, "snapshotNum": "1"})
		bound := Merge(short, M{"createdTime": Blank{}, "updatedTime": Blank{}, "deletedTime": Blank{}, "lastExecuteTime": Blank{}, "volumeCount": Blank{}})
		used["autoSnapshotPolicy"] = bound
		if w.has("Volume.autoSnapshotPolicyInfos") {
			used["autoSnapshotPolicyInfos"] = list{short}
		}
		found := w.call("ListVolumes", M{"maxKeys": 1, "marker": volume})
		Equal("page", list{found["marker"], found["isTruncated"], found["maxKeys"]}, list{volume, false, 1})
		seen := found["volumes"].(list)[0].(M)
		if groups, isList := seen["resGroupInfos"].(list); isList && len(groups) == 0 {
			delete(seen, "resGroupInfos")
		}
		Equal("volume", seen, used)
	})
}
