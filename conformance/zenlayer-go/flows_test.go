// The Zenlayer Go SDK against Snapstand: seven flows, each with an access key of its own.
package flows

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/common"
	user "github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/user20240529"
	old "github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/zec20240401"
	zec "github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/zec20250901"
	zrm "github.com/zenlayer/zenlayercloud-sdk-go/zenlayercloud/zrm20251014"
	. "snapstand.conformance/harness"
)

type m = map[string]any
type list = []any

const (
	zone    = "asia-east-1a"
	forever = "2026-03-01T00:00:00Z"
	nowhere = "1234567890123456789"

	id        = Like(`\d{19}`)
	requestID = Like(`T[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}`)
	uuid      = Like(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
)

// An empty request of each action, as the SDK makes it.
var requests = map[string]func() any{
	"DescribeZones":                    func() any { return zec.NewDescribeZonesRequest() },
	"DescribeDiskRegions":              func() any { return zec.NewDescribeDiskRegionsRequest() },
	"DescribeDiskCategory":             func() any { return zec.NewDescribeDiskCategoryRequest() },
	"DescribeInstances":                func() any { return zec.NewDescribeInstancesRequest() },
	"DescribeInstancesStatus":          func() any { return zec.NewDescribeInstancesStatusRequest() },
	"StopInstances":                    func() any { return zec.NewStopInstancesRequest() },
	"StartInstances":                   func() any { return zec.NewStartInstancesRequest() },
	"CreateDisks":                      func() any { return zec.NewCreateDisksRequest() },
	"DescribeDisks":                    func() any { return zec.NewDescribeDisksRequest() },
	"ModifyDisksAttributes":            func() any { return zec.NewModifyDisksAttributesRequest() },
	"ModifyDisksResourceGroup":         func() any { return zec.NewModifyDisksResourceGroupRequest() },
	"AttachDisks":                      func() any { return zec.NewAttachDisksRequest() },
	"DetachDisks":                      func() any { return zec.NewDetachDisksRequest() },
	"ResizeDisk":                       func() any { return zec.NewResizeDiskRequest() },
	"ReleaseDisk":                      func() any { return zec.NewReleaseDiskRequest() },
	"RenewDisk":                        func() any { return zec.NewRenewDiskRequest() },
	"InquiryPriceCreateDisks":          func() any { return zec.NewInquiryPriceCreateDisksRequest() },
	"CreateSnapshot":                   func() any { return zec.NewCreateSnapshotRequest() },
	"DescribeSnapshots":                func() any { return zec.NewDescribeSnapshotsRequest() },
	"ModifySnapshotsAttribute":         func() any { return zec.NewModifySnapshotsAttributeRequest() },
	"ApplySnapshot":                    func() any { return zec.NewApplySnapshotRequest() },
	"DeleteSnapshots":                  func() any { return zec.NewDeleteSnapshotsRequest() },
	"CreateAutoSnapshotPolicy":         func() any { return zec.NewCreateAutoSnapshotPolicyRequest() },
	"DescribeAutoSnapshotPolicies":     func() any { return zec.NewDescribeAutoSnapshotPoliciesRequest() },
	"ModifyAutoSnapshotPolicy":         func() any { return zec.NewModifyAutoSnapshotPolicyRequest() },
	"DeleteAutoSnapshotPolicies":       func() any { return zec.NewDeleteAutoSnapshotPoliciesRequest() },
	"ApplyAutoSnapshotPolicy":          func() any { return zec.NewApplyAutoSnapshotPolicyRequest() },
	"CancelAutoSnapshotPolicy":         func() any { return zec.NewCancelAutoSnapshotPolicyRequest() },
	"CreateResourceGroup":              func() any { return user.NewCreateResourceGroupRequest() },
	"AddResourceResourceGroup":         func() any { return user.NewAddResourceResourceGroupRequest() },
	"DescribeResourceGroups":           func() any { return user.NewDescribeResourceGroupsRequest() },
	"ModifyResourceTags":               func() any { return zrm.NewModifyResourceTagsRequest() },
	"old.ChangeDisksAttach":            func() any { return old.NewChangeDisksAttachRequest() },
	"old.DescribeDisks":                func() any { return old.NewDescribeDisksRequest() },
	"old.CreateSnapshot":               func() any { return old.NewCreateSnapshotRequest() },
	"old.DescribeSnapshots":            func() any { return old.NewDescribeSnapshotsRequest() },
	"old.DeleteSnapshots":              func() any { return old.NewDeleteSnapshotsRequest() },
	"old.DescribeAutoSnapshotPolicies": func() any { return old.NewDescribeAutoSnapshotPoliciesRequest() },
	"old.DeleteAutoSnapshotPolicies":   func() any { return old.NewDeleteAutoSnapshotPoliciesRequest() },
	"old.ReleaseDisk":                  func() any { return old.NewReleaseDiskRequest() },
}

// Sends one request through the client's typed models. A member that the request model does not know is a mistake of
// this program, a decoding error one of Snapstand.
func try(client any, action string, members m) (m, error) {
	request := requests[action]()
	decoder := json.NewDecoder(bytes.NewReader(Must(json.Marshal(members))))
	decoder.DisallowUnknownFields()
	if len(members) > 0 {
		OK(decoder.Decode(request))
	}
	method := reflect.ValueOf(client).MethodByName(strings.TrimPrefix(action, "old."))
	answer := method.Call([]reflect.Value{reflect.ValueOf(request)})
	if err, failed := answer[1].Interface().(error); failed {
		return nil, err
	}
	whole := Plain(answer[0].Interface()).(m)
	inner, _ := whole["response"].(m)
	Equal(action+": both request ids", inner["requestId"], whole["requestId"])
	return inner, nil
}

func config() *common.Config {
	config := common.NewConfig()
	config.Scheme, config.Domain = Scheme, Host
	return config
}

func newClient(key string) any { return Must(zec.NewClient(config(), key, Secret(key))) }

type world struct {
	*Flow
	zec any
}

func start(t *testing.T, number int) *world {
	flow := New(t, number)
	return &world{flow, newClient(flow.Key)}
}

func (w *world) call(action string, members m) m { return Must(try(w.zec, action, members)) }

func (w *world) instance() m {
	found := w.call("DescribeInstances", m{"zoneId": zone, "status": "RUNNING"})["dataSet"].(list)
	Equal("running instances", len(found), 1)
	return found[0].(m)
}

func (w *world) disk(name string, more m) string {
	made := w.call("CreateDisks", Merge(m{"zoneId": zone, "diskName": name, "diskSize": 20}, more))
	return made["diskIds"].(list)[0].(string)
}

func (w *world) see(disk string) m {
	found := w.call("DescribeDisks", m{"diskIds": list{disk}})
	Equal("disks of that id", found["totalCount"], 1)
	return found["dataSet"].(list)[0].(m)
}

func (w *world) diskStatus(disk string) func() string {
	return func() string { return w.see(disk)["diskStatus"].(string) }
}

func (w *world) snapshot(disk, name string, more m) string {
	return w.call("CreateSnapshot", Merge(m{"diskId": disk, "snapshotName": name}, more))["snapshotId"].(string)
}

func (w *world) state(snapshot string) func() string {
	return func() string {
		found, _ := w.call("DescribeSnapshots", m{"snapshotIds": list{snapshot}})["dataSet"].(list)
		if len(found) == 0 {
			return "gone"
		}
		return found[0].(m)["status"].(string)
	}
}

func (w *world) total(action string, members m) float64 {
	return w.call(action, members)["totalCount"].(float64)
}

// The SDK's own error, with the code.
func refused(code string, err error) {
	var refusal *common.ZenlayerCloudSdkError
	if !errors.As(err, &refusal) {
		Fail("%v is not the SDK's error", err)
	}
	Equal("code", refusal.GetCode(), code)
	Equal("request id", any(refusal.GetRequestId()), requestID)
	if refusal.GetMessage() == "" {
		Fail("no message")
	}
}

func TestFlow1DiskLife(t *testing.T) {
	w := start(t, 1)
	defer w.End()
	var instance, one, two, three, group string
	users := Must(user.NewClient(config(), w.Key, Secret(w.Key)))
	resources := Must(zrm.NewClient(config(), w.Key, Secret(w.Key)))
	older := Must(old.NewClient(config(), w.Key, Secret(w.Key)))
	w.Step("find zone and instance", func() {
		Equal("zone", Pick(w.call("DescribeZones", m{"zoneIds": list{zone}})["zoneSet"], "zoneId"), []string{zone})
		instance = w.instance()["instanceId"].(string)
	})
	w.Step("create two alike with tags, one in a group of its own", func() {
		pair := w.call("CreateDisks", m{"zoneId": zone, "diskName": "pair", "diskSize": 20, "diskAmount": 2,
			"diskCategory": "Basic NVMe SSD", "tags": m{"tags": list{m{"key": "env", "value": "prod"}}}})
		one, two = pair["diskIds"].(list)[0].(string), pair["diskIds"].(list)[1].(string)
		group = Must(try(users, "CreateResourceGroup", m{"name": "blue"}))["resourceGroupId"].(string)
		three = w.disk("third.disk", m{"resourceGroupId": group})
		for _, disk := range []string{one, two, three} {
			w.Wait(w.diskStatus(disk), "AVAILABLE")
		}
	})
	w.Step("attach", func() {
		w.call("AttachDisks", m{"diskIds": list{two}, "instanceId": instance})
		w.Wait(w.diskStatus(two), "IN_USE")
		Equal("instance", w.see(two)["instanceId"], instance)
	})
	names := map[string]string{one: "1", two: "2", three: "3"}
	for _, row := range []struct {
		filters m
		want    string
	}{
		{m{}, "123"},
		{m{"diskIds": list{one, three, nowhere}}, "13"},
		{m{"diskName": "pair"}, "12"},
		{m{"diskName": "^pair$"}, "12"},
		{m{"diskName": "^pai$"}, ""},
		{m{"diskStatus": "IN_USE"}, "2"},
		{m{"diskStatus": "AVAILABLE"}, "13"},
		{m{"diskType": "DATA"}, "123"},
		{m{"diskType": "SYSTEM"}, ""},
		{m{"diskCategory": "Basic NVMe SSD"}, "12"},
		{m{"diskCategory": "Standard NVMe SSD"}, "3"},
		{m{"instanceId": instance}, "2"},
		{m{"zoneId": zone}, "123"},
		{m{"zoneId": "nowhere-1a"}, ""},
		{m{"regionId": "asia-east-1"}, "123"},
		{m{"regionId": "nowhere-1"}, ""},
		{m{"snapshotAbility": true}, "123"},
		{m{"snapshotAbility": false}, ""},
		{m{"resourceGroupId": group}, "3"},
		{m{"tagKeys": list{"env"}}, "12"},
		{m{"tags": list{m{"key": "env", "value": "prod"}}}, "12"},
		{m{"tags": list{m{"key": "env", "value": "test"}}}, ""},
	} {
		w.Check(fmt.Sprintf("list by %v: %q", row.filters, row.want), func() {
			found := w.call("DescribeDisks", Merge(m{"pageSize": 1000}, row.filters))
			got := ""
			for _, disk := range Pick(found["dataSet"], "diskId") {
				got += names[disk]
			}
			Equal("disks", got, row.want)
		})
	}
	w.Step("list page by page", func() {
		seen := []string{}
		for page, want := range []int{2, 1, 0} {
			found := w.call("DescribeDisks", m{"diskIds": list{one, two, three}, "pageSize": 2, "pageNum": page + 1})
			Equal("total", found["totalCount"], 3)
			ids := Pick(found["dataSet"], "diskId")
			Equal("page", len(ids), want)
			seen = append(seen, ids...)
		}
		Equal("all pages", Sorted(seen...), Sorted(one, two, three))
	})
	w.Step("resize while attached", func() {
		w.call("ResizeDisk", m{"diskId": two, "diskSize": 40})
		w.Wait(w.diskStatus(two), "IN_USE")
		Equal("size", w.see(two)["diskSize"], 40.0)
	})
	w.Step("rename, regroup", func() {
		w.call("ModifyDisksAttributes", m{"diskIds": list{one, two}, "diskName": "renamed"})
		w.call("ModifyDisksResourceGroup", m{"diskIds": list{two}, "resourceGroupId": group})
		Equal("names", []any{w.see(one)["diskName"], w.see(two)["diskName"]}, list{"renamed", "renamed"})
		Equal("group", w.see(two)["resourceGroupName"], "blue")
	})
	w.Step("detach from a stopped instance", func() {
		power := func() string {
			status := w.call("DescribeInstancesStatus", m{"instanceIds": list{instance}})["dataSet"].(list)
			return status[0].(m)["instanceStatus"].(string)
		}
		w.call("StopInstances", m{"instanceIds": list{instance}})
		w.Wait(power, "STOPPED")
		w.call("DetachDisks", m{"diskIds": list{two}})
		w.Wait(w.diskStatus(two), "AVAILABLE")
		Equal("instance", w.see(two)["instanceId"], nil)
		w.call("StartInstances", m{"instanceIds": list{instance}})
		w.Wait(power, "RUNNING")
	})
	w.Step("change group and tags through the neighbouring services", func() {
		Must(try(users, "AddResourceResourceGroup", m{"resources": list{one}, "resourceGroupId": group}))
		Equal("group", w.see(one)["resourceGroupName"], "blue")
		Must(try(resources, "ModifyResourceTags", m{"resourceUuid": one, "replaceTags": list{m{"key": "new", "value": "yes"}}}))
		Must(try(resources, "ModifyResourceTags", m{"resourceUuid": one, "deleteTagKeys": list{"env"}}))
		Equal("tags", w.see(one)["tags"], m{"tags": list{m{"key": "new", "value": "yes"}}})
	})
	w.Step("the older version reads and writes the same state", func() {
		found := Must(try(older, "old.DescribeDisks", m{"diskIds": list{one}}))
		Equal("name", found["dataSet"].(list)[0].(m)["diskName"], "renamed")
		Must(try(older, "old.ReleaseDisk", m{"diskId": one}))
	})
	w.Step("release", func() {
		w.call("ReleaseDisk", m{"diskId": two})
		w.call("ReleaseDisk", m{"diskId": three})
		w.Wait(func() string { return fmt.Sprint(w.total("DescribeDisks", m{"diskIds": list{one, two, three}})) }, "0")
	})
}

func TestFlow2Snapshots(t *testing.T) {
	w := start(t, 2)
	defer w.End()
	var disk, first, system string
	shots := []string{}
	w.Step("create, and wait while it takes time", func() {
		w.Settings(m{"delays.zenlayer.snapshotCreateMs": 5000})
		disk = w.disk("source", nil)
		w.Write("zenlayer", disk, "first")
		first = w.snapshot(disk, "shot-1", m{"retentionTime": forever})
		Equal("at first", []string{w.state(first)(), w.diskStatus(disk)()}, []string{"CREATING", "SNAPSHOT_CREATING"})
		w.Wait(w.state(first), "AVAILABLE")
		w.Wait(w.diskStatus(disk), "AVAILABLE")
		w.Settings(m{"delays.zenlayer.snapshotCreateMs": nil})
	})
	w.Step("create more", func() {
		w.Write("zenlayer", disk, "second")
		shots = append(shots, first)
		for n := 2; n <= 5; n++ {
			shots = append(shots, w.snapshot(disk, fmt.Sprintf("shot-%d", n), nil))
		}
		system = w.snapshot(w.instance()["systemDisk"].(m)["diskId"].(string), "boot", nil)
		w.Wait(w.state(system), "AVAILABLE")
	})
	every := append(append([]string{}, shots...), system)
	for _, row := range []struct {
		filters m
		want    []string
	}{
		{m{}, every},
		{m{"snapshotIds": list{first, nowhere}}, []string{first}},
		{m{"zoneId": zone}, every},
		{m{"zoneId": "nowhere-1a"}, nil},
		{m{"status": "AVAILABLE"}, every},
		{m{"status": "FAILED"}, nil},
		{m{"diskIds": list{disk}}, shots},
		{m{"diskType": "SYSTEM"}, []string{system}},
		{m{"diskType": "DATA"}, shots},
		{m{"snapshotType": "Manual"}, every},
		{m{"snapshotType": "Auto"}, nil},
		{m{"snapshotName": "shot"}, shots},
		{m{"snapshotName": "^shot-1$"}, []string{first}},
		{m{"resourceGroupId": w.see(disk)["resourceGroupId"]}, every},
		{m{"resourceGroupId": nowhere}, nil},
	} {
		w.Check(fmt.Sprintf("list by %v: %d", row.filters, len(row.want)), func() {
			found := w.call("DescribeSnapshots", Merge(m{"pageSize": 1000}, row.filters))
			Equal("snapshots", Pick(found["dataSet"], "snapshotId"), Sorted(row.want...))
			Equal("total", found["totalCount"], len(row.want))
		})
	}
	w.Step("list page by page", func() {
		seen := []string{}
		for page, want := range []int{2, 2, 1, 0} {
			found := w.call("DescribeSnapshots", m{"diskIds": list{disk}, "pageSize": 2, "pageNum": page + 1})
			Equal("total", found["totalCount"], 5)
			ids := Pick(found["dataSet"], "snapshotId")
			Equal("page", len(ids), want)
			seen = append(seen, ids...)
		}
		Equal("all pages", Sorted(seen...), Sorted(shots...))
	})
	w.Step("modify", func() {
		look := func() m {
			return w.call("DescribeSnapshots", m{"snapshotIds": list{first}})["dataSet"].(list)[0].(m)
		}
		w.call("ModifySnapshotsAttribute", m{"snapshotIds": list{first}, "snapshotName": "kept"})
		Equal("renamed", list{look()["snapshotName"], look()["retentionTime"]}, list{"kept", forever})
		w.call("ModifySnapshotsAttribute", m{"snapshotIds": list{first}, "retentionTime": "2026-04-01T00:00:00Z"})
		Equal("later", look()["retentionTime"], "2026-04-01T00:00:00Z")
		w.call("ModifySnapshotsAttribute", m{"snapshotIds": list{first}, "isPermanent": true})
		Equal("permanent", look()["retentionTime"], nil)
	})
	w.Step("roll back", func() {
		w.Settings(m{"delays.zenlayer.rollbackMs": 2000})
		w.call("ApplySnapshot", m{"snapshotId": first, "diskId": disk})
		Equal("at first", []string{w.state(first)(), w.diskStatus(disk)()}, []string{"ROLLING_BACK", "ROLLING_BACK"})
		w.Wait(w.diskStatus(disk), "AVAILABLE")
		Equal("afterwards", w.state(first)(), "AVAILABLE")
		Equal("content", w.Content("zenlayer", disk), "first")
	})
	w.Step("new disk from it", func() {
		copied := w.disk("copy", m{"diskSize": 25, "snapshotId": shots[1]})
		w.Wait(w.diskStatus(copied), "AVAILABLE")
		Equal("content", w.Content("zenlayer", copied), "second")
		Equal("size", w.see(copied)["diskSize"], 25.0)
	})
	w.Step("the older version reads and writes the same state", func() {
		older := Must(old.NewClient(config(), w.Key, Secret(w.Key)))
		made := Must(try(older, "old.CreateSnapshot", m{"diskId": disk, "snapshotName": "old"}))["snapshotId"].(string)
		seen := Must(try(older, "old.DescribeSnapshots", m{"snapshotIds": list{made}}))["dataSet"].(list)[0].(m)
		Equal("snapshot", list{seen["snapshotName"], seen["diskId"]}, list{"old", disk})
		Must(try(older, "old.DeleteSnapshots", m{"snapshotIds": list{made}}))
		w.Wait(w.state(made), "gone")
	})
	w.Step("delete", func() {
		Equal("failed", w.call("DeleteSnapshots", m{"snapshotIds": shots[:2]})["snapshotIds"], nil)
		w.Wait(w.state(shots[0]), "gone")
		Equal("failed", w.call("DeleteSnapshots", m{"snapshotIds": list{shots[2], nowhere}})["snapshotIds"], list{nowhere})
		Equal("left", w.total("DescribeSnapshots", m{"diskIds": list{disk}}), 2.0)
	})
}

func TestFlow3Policies(t *testing.T) {
	w := start(t, 3)
	defer w.End()
	var disk, daily, other string
	look := func(policy string) m {
		return w.call("DescribeAutoSnapshotPolicies", m{"autoSnapshotPolicyIds": list{policy}})["dataSet"].(list)[0].(m)
	}
	made := func() []string {
		return Pick(w.call("DescribeSnapshots", m{"diskIds": list{disk}, "snapshotType": "Auto"})["dataSet"], "createTime")
	}
	w.Step("create", func() {
		disk = w.disk("guarded", nil)
		daily = w.call("CreateAutoSnapshotPolicy", m{"zoneId": zone, "autoSnapshotPolicyName": "daily",
			"repeatWeekDays": list{7, 1, 2, 3, 4, 5, 6}, "hours": list{21, 9, 21}, "retentionDays": 1,
			"tags": m{"tags": list{m{"key": "env", "value": "prod"}}}})["autoSnapshotPolicyId"].(string)
		other = w.call("CreateAutoSnapshotPolicy", m{"zoneId": zone, "autoSnapshotPolicyName": "other",
			"repeatWeekDays": list{1}, "hours": list{0}})["autoSnapshotPolicyId"].(string)
		Equal("hours", look(daily)["hours"], list{9, 21})
		// A lone 0 must survive the way there and back.
		Equal("hours", look(other)["hours"], list{0})
	})
	for _, row := range []struct {
		filters m
		want    []string
	}{
		{m{}, []string{daily, other}},
		{m{"autoSnapshotPolicyIds": list{daily, nowhere}}, []string{daily}},
		{m{"zoneIds": list{zone}}, []string{daily, other}},
		{m{"zoneIds": list{"nowhere-1a"}}, nil},
		{m{"autoSnapshotPolicyName": "ail"}, []string{daily}},
		{m{"resourceGroupId": look(daily)["resourceGroup"].(m)["resourceGroupId"]}, []string{daily, other}},
		{m{"tagKeys": list{"env"}}, []string{daily}},
		{m{"tags": list{m{"key": "env", "value": "test"}}}, nil},
		{m{"pageSize": 1, "pageNum": 2}, []string{daily}},
	} {
		w.Check(fmt.Sprintf("list by %v: %d", row.filters, len(row.want)), func() {
			found := w.call("DescribeAutoSnapshotPolicies", row.filters)
			Equal("policies", Pick(found["dataSet"], "autoSnapshotPolicyId"), Sorted(row.want...))
		})
	}
	w.Step("modify", func() {
		w.call("ModifyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": other, "autoSnapshotPolicyName": "weekly", "hours": list{3, 2}})
		seen := look(other)
		Equal("policy", list{seen["autoSnapshotPolicyName"], seen["hours"], seen["repeatWeekDays"], seen["retentionDays"]},
			list{"weekly", list{2, 3}, list{1}, -1})
	})
	w.Step("attach", func() {
		w.call("ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": daily, "diskIds": list{disk}})
		Equal("disk", w.see(disk)["autoSnapshotPolicyId"], daily)
		Equal("policy", list{look(daily)["diskNum"], look(daily)["diskIdSet"]}, list{1, list{disk}})
	})
	w.Step("a day passes: automatic snapshots", func() {
		// Monday 08:00Z to Tuesday 08:00Z.
		w.Advance("P1D")
		Equal("made", made(), []string{"2026-01-05T09:00:00Z", "2026-01-05T21:00:00Z"})
		shots := w.call("DescribeSnapshots", m{"diskIds": list{disk}})["dataSet"]
		Equal("until", Pick(shots, "retentionTime"), []string{"2026-01-06T09:00:00Z", "2026-01-06T21:00:00Z"})
	})
	w.Step("two more: they expire", func() {
		w.Advance("P2D")
		Equal("made", made(), []string{"2026-01-07T09:00:00Z", "2026-01-07T21:00:00Z"})
	})
	w.Step("detach: none any more", func() {
		w.call("CancelAutoSnapshotPolicy", m{"autoSnapshotPolicyId": daily, "diskIds": list{disk}})
		Equal("disk", w.see(disk)["autoSnapshotPolicyId"], nil)
		Equal("policy", list{look(daily)["diskNum"], look(daily)["diskIdSet"]}, list{0, nil})
		w.Advance("P2D")
		Equal("made", made(), []string{})
	})
	w.Step("delete", func() {
		// As the Terraform provider does: made in one version, deleted in the other.
		older := Must(old.NewClient(config(), w.Key, Secret(w.Key)))
		Must(try(older, "old.DeleteAutoSnapshotPolicies", m{"autoSnapshotPolicyIds": list{daily}}))
		left := Must(try(older, "old.DescribeAutoSnapshotPolicies", nil))
		Equal("left", Pick(left["dataSet"], "autoSnapshotPolicyId"), []string{other})
		w.call("DeleteAutoSnapshotPolicies", m{"autoSnapshotPolicyIds": list{other}})
		Equal("left", w.total("DescribeAutoSnapshotPolicies", nil), 0.0)
	})
}

// Sends requests as if they had been signed at another time: the SDK always takes the machine's clock.
type shifted time.Duration

func (s shifted) RoundTrip(request *http.Request) (*http.Response, error) {
	at := time.Now().Add(time.Duration(s)).Unix()
	request.Header["x-zc-timestamp"] = []string{strconv.FormatInt(at, 10)}
	return http.DefaultTransport.RoundTrip(request)
}

func TestFlow4Refusals(t *testing.T) {
	w := start(t, 4)
	defer w.End()
	probe := func(config *common.Config, key, password string) error {
		_, err := try(Must(zec.NewClient(config, key, password)), "DescribeDisks", nil)
		return err
	}
	w.Check("wrong secret", func() { refused("AUTHFAILURE_SIGNATURE_FAILURE", probe(config(), w.Key, "wrong")) })
	w.Check("unknown key", func() { refused("AUTHFAILURE_INVALID_AUTHORIZATION", probe(config(), "nobody", "nobody")) })
	for name, shift := range map[string]time.Duration{"late": -301 * time.Second, "early": 330 * time.Second} {
		w.Check("timestamp too "+name, func() {
			moved := config()
			moved.Transport = shifted(shift)
			refused("AUTHFAILURE_SIGNATURE_EXPIRED", probe(moved, w.Key, Secret(w.Key)))
		})
	}
	var away, instance, boot, disk, used, spare, far, shot, dying, system, policy, second string
	week := m{"zoneId": zone, "autoSnapshotPolicyName": "week", "repeatWeekDays": list{1}, "hours": list{1}}
	w.Step("prepare", func() {
		for _, each := range Pick(w.call("DescribeZones", nil)["zoneSet"], "zoneId") {
			if each != zone {
				away = each
			}
		}
		instance = w.instance()["instanceId"].(string)
		boot = w.instance()["systemDisk"].(m)["diskId"].(string)
		disk, used, spare, far = w.disk("disk", m{"diskSize": 30}), w.disk("used", nil), w.disk("spare", nil), w.disk("far", m{"zoneId": away})
		shot, dying, system = w.snapshot(disk, "shot", nil), w.snapshot(spare, "dying", nil), w.snapshot(boot, "system", nil)
		policy = w.call("CreateAutoSnapshotPolicy", week)["autoSnapshotPolicyId"].(string)
		second = w.call("CreateAutoSnapshotPolicy", week)["autoSnapshotPolicyId"].(string)
		w.call("ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": policy, "diskIds": list{disk}})
		w.call("AttachDisks", m{"diskIds": list{used}, "instanceId": instance})
		w.Settings(m{"delays.zenlayer.snapshotDeleteMs": 60000})
		w.call("DeleteSnapshots", m{"snapshotIds": list{dying}})
	})
	fresh := m{"zoneId": zone, "diskName": "new", "diskSize": 20}
	for _, row := range []struct {
		code, action string
		members      m
	}{
		{"INVALID_DISK_NOT_FOUND", "CreateSnapshot", m{"diskId": nowhere, "snapshotName": "x"}},
		{"MISSING_PARAMETER", "CreateSnapshot", m{"diskId": disk}},
		{"INVALID_PARAMETER_EXCEED_LENGTH", "CreateSnapshot", m{"diskId": disk, "snapshotName": strings.Repeat("x", 65)}},
		{"INVALID_PARAMETER_DATE_FORMAT_ERROR", "CreateSnapshot", m{"diskId": disk, "snapshotName": "x", "retentionTime": "soon"}},
		{"INVALID_SNAPSHOT_RETENTION_TIME", "CreateSnapshot", m{"diskId": disk, "snapshotName": "x", "retentionTime": "2026-01-06T07:59:59Z"}},
		{"UNSUPPORTED_OPERATION_DISK_STATUS", "CreateSnapshot", m{"diskId": far, "snapshotName": "x"}},
		{"INVALID_PARAMETER_VALUE", "DescribeSnapshots", m{"status": "NORMAL"}},
		{"INVALID_PARAMETER_EXCEED_MAXIMUM", "DescribeSnapshots", m{"pageSize": 1001}},
		{"INVALID_PARAMETER_LESS_MINIMUM", "DescribeSnapshots", m{"pageNum": 0}},
		{"INVALID_DISK_SNAPSHOT_NOT_FOUND", "ModifySnapshotsAttribute", m{"snapshotIds": list{shot, nowhere}, "snapshotName": "x"}},
		{"INVALID_PARAMETER_LESS_LENGTH", "ModifySnapshotsAttribute", m{"snapshotIds": list{shot}, "snapshotName": ""}},
		{"INVALID_SNAPSHOT_RETENTION_TIME", "ModifySnapshotsAttribute", m{"snapshotIds": list{shot}, "retentionTime": Now}},
		{"INVALID_DISK_NOT_FOUND", "ApplySnapshot", m{"snapshotId": shot, "diskId": nowhere}},
		{"INVALID_DISK_SNAPSHOT_NOT_FOUND", "ApplySnapshot", m{"snapshotId": shot, "diskId": used}},
		{"OPERATION_DENIED_DISK_SNAPSHOT_STATUS", "ApplySnapshot", m{"snapshotId": dying, "diskId": spare}},
		{"INVALID_DISK_SNAPSHOT_NOT_FOUND", "DeleteSnapshots", m{"snapshotIds": list{nowhere}}},
		{"OPERATION_DENIED_DISK_SNAPSHOT_STATUS", "DeleteSnapshots", m{"snapshotIds": list{dying}}},
		{"INVALID_ZONE_NOT_FOUND", "CreateAutoSnapshotPolicy", Merge(week, m{"zoneId": "nowhere-1a"})},
		{"INVALID_SNAPSHOT_REGION_NOT_SUPPORT", "CreateAutoSnapshotPolicy", Merge(week, m{"zoneId": away})},
		{"INVALID_RETENTION_DAYS", "CreateAutoSnapshotPolicy", Merge(week, m{"retentionDays": 0})},
		{"INVALID_PARAMETER_PATTERN_ERROR", "CreateAutoSnapshotPolicy", Merge(week, m{"autoSnapshotPolicyName": "-x-"})},
		{"INVALID_PARAMETER_EXCEED_MAXIMUM", "CreateAutoSnapshotPolicy", Merge(week, m{"hours": list{24}})},
		{"INVALID_PARAMETER_LESS_MINIMUM", "CreateAutoSnapshotPolicy", Merge(week, m{"repeatWeekDays": list{0}})},
		{"OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND", "CreateAutoSnapshotPolicy", Merge(week, m{"resourceGroupId": "none"})},
		{"INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND", "ModifyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": nowhere}},
		{"INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND", "DeleteAutoSnapshotPolicies", m{"autoSnapshotPolicyIds": list{policy, nowhere}}},
		{"INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND", "ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": nowhere, "diskIds": list{disk}}},
		{"INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH", "ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": policy, "diskIds": list{far}}},
		{"INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST", "ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": second, "diskIds": list{disk}}},
		{"INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND", "CancelAutoSnapshotPolicy", m{"autoSnapshotPolicyId": nowhere, "diskIds": list{disk}}},
		{"INVALID_ZONE_NOT_FOUND", "CreateDisks", Merge(fresh, m{"zoneId": "nowhere-1a"})},
		{"INVALID_PARAMETER_LESS_MINIMUM", "CreateDisks", Merge(fresh, m{"diskSize": 19})},
		{"INVALID_PARAMETER_EXCEED_MAXIMUM", "CreateDisks", Merge(fresh, m{"diskAmount": 51})},
		{"INVALID_PARAMETER_VALUE", "CreateDisks", Merge(fresh, m{"diskCategory": "Tape"})},
		{"INVALID_DISK_SNAPSHOT_NOT_FOUND", "CreateDisks", Merge(fresh, m{"snapshotId": nowhere})},
		{"INVALID_DISK_SNAPSHOT_SIZE_MISMATCH", "CreateDisks", Merge(fresh, m{"snapshotId": shot})},
		{"OPERATION_DENIED_DISK_SYSTEM_TYPE", "CreateDisks", Merge(fresh, m{"snapshotId": system, "diskSize": 500})},
		{"INVALID_INSTANCE_NOT_FOUND", "CreateDisks", Merge(fresh, m{"instanceId": nowhere})},
		{"INVALID_DISK_NOT_FOUND", "AttachDisks", m{"diskIds": list{nowhere}, "instanceId": instance}},
		{"INVALID_INSTANCE_NOT_FOUND", "AttachDisks", m{"diskIds": list{disk}, "instanceId": nowhere}},
		{"INVALID_DISK_NOT_PORTABLE", "AttachDisks", m{"diskIds": list{boot}, "instanceId": instance}},
		{"UNSUPPORTED_OPERATION_DISK_ATTACHED", "AttachDisks", m{"diskIds": list{used}, "instanceId": instance}},
		{"INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED", "AttachDisks", m{"diskIds": list{far}, "instanceId": instance}},
		{"UNSUPPORTED_OPERATION_INSTANCE_STATUS", "DetachDisks", m{"diskIds": list{used}}},
		{"UNSUPPORTED_OPERATION_DISK_STATUS", "DetachDisks", m{"diskIds": list{disk}, "instanceCheckFlag": false}},
		{"INVALID_PARAMETER_LESS_MINIMUM", "ResizeDisk", m{"diskId": disk, "diskSize": 30}},
		{"INVALID_DISK_NOT_FOUND", "ReleaseDisk", m{"diskId": nowhere}},
		{"INVALID_DISK_NOT_PORTABLE", "ReleaseDisk", m{"diskId": boot}},
		{"UNSUPPORTED_OPERATION_DISK_STATUS", "ReleaseDisk", m{"diskId": used}},
		{"UNSUPPORTED_OPERATION_DISK_STATUS", "RenewDisk", m{"diskId": disk}},
		{"INVALID_INSTANCE_NOT_FOUND", "StopInstances", m{"instanceIds": list{nowhere}}},
		{"UNSUPPORTED_OPERATION_INSTANCE_STATUS", "StartInstances", m{"instanceIds": list{instance}}},
	} {
		w.Check(fmt.Sprintf("%s %v: %s", row.action, row.members, row.code), func() {
			_, err := try(w.zec, row.action, row.members)
			refused(row.code, err)
		})
	}
	w.Check("snapshot quota", func() {
		w.Settings(m{"zenlayer.snapshotQuota": 1})
		_, err := try(w.zec, "CreateSnapshot", m{"diskId": disk, "snapshotName": "x"})
		refused("INVALID_SNAPSHOT_QUOTA_EXCEED", err)
	})
	w.Check("recycle bin", func() {
		w.Settings(m{"zenlayer.recycleBin": true})
		w.call("ReleaseDisk", m{"diskId": spare})
		Equal("status", w.diskStatus(spare)(), "RECYCLED")
		_, err := try(w.zec, "ModifyDisksAttributes", m{"diskIds": list{spare}, "diskName": "x"})
		refused("OPERATION_FAILED_FOR_RECYCLE_RESOURCE", err)
		w.call("RenewDisk", m{"diskId": spare})
		Equal("status", w.diskStatus(spare)(), "AVAILABLE")
	})
	w.Check("nothing changed", func() {
		Equal("snapshots", w.total("DescribeSnapshots", m{"diskIds": list{disk}}), 1.0)
		Equal("policies", w.total("DescribeAutoSnapshotPolicies", nil), 2.0)
	})
}

func TestFlow5Concurrency(t *testing.T) {
	w := start(t, 5)
	defer w.End()
	w.Step("50 goroutines in one world", func() {
		shared := w.disk("shared", nil)
		lives := Together(50, func(n int) []string {
			// One client for all: it must be as safe as its users take it to be.
			each := &world{zec: w.zec}
			mine := each.disk(fmt.Sprintf("disk-%d", n), nil)
			one := each.snapshot(mine, fmt.Sprintf("shot-%d", n), nil)
			two := each.snapshot(shared, fmt.Sprintf("shot-%d", n), nil)
			seen := each.call("DescribeSnapshots", m{"snapshotIds": list{one, two}})
			Equal("disks", Pick(seen["dataSet"], "diskId"), Sorted(mine, shared))
			each.call("DeleteSnapshots", m{"snapshotIds": list{one}})
			return []string{mine, one, two}
		})
		ids := map[string]bool{}
		for _, life := range lives {
			for _, each := range life {
				ids[each] = true
			}
		}
		Equal("ids", len(ids), 150)
		Equal("snapshots", w.total("DescribeSnapshots", m{"diskIds": list{shared}}), 50.0)
		Equal("all snapshots", w.total("DescribeSnapshots", m{"snapshotName": "^shot-"}), 50.0)
		Equal("disks", w.total("DescribeDisks", m{"diskName": "^disk-"}), 50.0)
	})
	w.Step("20 worlds at once", func() {
		mine := regexp.MustCompile(`^world-`)
		found := Together(20, func(n int) []string {
			each := &world{zec: newClient(WorldKey(n + 1))}
			for range make([]int, n+1) {
				each.disk(fmt.Sprintf("world-%d", n), nil)
			}
			names := []string{}
			for _, name := range Pick(each.call("DescribeDisks", m{"pageSize": 1000})["dataSet"], "diskName") {
				if mine.MatchString(name) {
					names = append(names, name)
				}
			}
			return names
		})
		for n, names := range found {
			Equal("disks of a world", strings.Join(names, " "), strings.TrimSpace(strings.Repeat(fmt.Sprintf("world-%d ", n), n+1)))
		}
	})
}

func TestFlow6Decoding(t *testing.T) {
	w := start(t, 6)
	defer w.End()
	group := m{"resourceGroupId": uuid, "resourceGroupName": "Default Resource Group"}
	sent := m{"tags": list{m{"key": "env", "value": "prod"}, m{"key": "键", "value": "ü<&>"}}}
	var disk string
	var wanted m
	instance := w.instance()
	w.Step("disk", func() {
		made := w.call("CreateDisks", m{"zoneId": zone, "diskName": "decoded", "diskSize": 21, "diskCategory": "Basic NVMe SSD",
			"instanceId": instance["instanceId"], "tags": sent, "burstingEnabled": true})
		Equal("answer", made, m{"requestId": requestID, "diskIds": list{id}, "orderNumber": Like(`\d+`)})
		disk = made["diskIds"].(list)[0].(string)
		wanted = Merge(group, m{"diskId": disk, "diskName": "decoded", "regionId": "asia-east-1", "zoneId": zone, "diskType": "DATA",
			"portable": true, "diskCategory": "Basic NVMe SSD", "diskSize": 21, "diskStatus": "IN_USE",
			"instanceId": instance["instanceId"], "instanceName": instance["instanceName"], "createTime": Now,
			"expiredTime": nil, "period": nil, "serial": Like(`[0-9a-z]{20}`), "snapshotAbility": true,
			"autoSnapshotPolicyId": nil, "tags": sent, "burstingEnabled": true})
		Equal("list", w.call("DescribeDisks", m{"diskIds": list{disk}}), m{"requestId": requestID, "totalCount": 1, "dataSet": list{wanted}})
		Every(&zec.DiskInfo{}, wanted)
	})
	w.Step("disk in the older version", func() {
		older := Must(old.NewClient(config(), w.Key, Secret(w.Key)))
		seen := Must(try(older, "old.DescribeDisks", m{"diskIds": list{disk}}))["dataSet"].(list)[0].(m)
		same := Merge(wanted, m{"chargeType": Like(`\w+`)})
		for _, later := range []string{"regionId", "tags", "burstingEnabled"} {
			delete(same, later)
		}
		Equal("disk", seen, same)
		Every(&old.DiskInfo{}, same)
	})
	w.Step("snapshot", func() {
		name := `快 照 <&> "ü"`
		made := w.call("CreateSnapshot", m{"diskId": disk, "snapshotName": name, "retentionTime": forever})
		shot := m{"snapshotId": made["snapshotId"], "snapshotName": name, "zoneId": zone, "status": "AVAILABLE",
			"snapshotType": "Manual", "retentionTime": forever, "diskId": disk, "createTime": Now, "diskAbility": true,
			"resourceGroup": group}
		Equal("answer", made, m{"requestId": requestID, "snapshotId": id})
		Equal("list", w.call("DescribeSnapshots", nil), m{"requestId": requestID, "totalCount": 1, "dataSet": list{shot}})
		Every(&zec.SnapshotInfo{}, shot)
	})
	w.Step("policy", func() {
		made := w.call("CreateAutoSnapshotPolicy", m{"zoneId": zone, "autoSnapshotPolicyName": "p/1", "repeatWeekDays": list{5, 1},
			"hours": list{23, 0}, "tags": sent})
		w.call("ApplyAutoSnapshotPolicy", m{"autoSnapshotPolicyId": made["autoSnapshotPolicyId"], "diskIds": list{disk}})
		policy := m{"autoSnapshotPolicyId": made["autoSnapshotPolicyId"], "zoneId": zone, "autoSnapshotPolicyName": "p/1",
			"repeatWeekDays": list{1, 5}, "hours": list{0, 23}, "retentionDays": -1, "diskNum": 1, "createTime": Now,
			"resourceGroup": group, "diskIdSet": list{disk}, "tags": sent}
		Equal("list", w.call("DescribeAutoSnapshotPolicies", nil), m{"requestId": requestID, "totalCount": 1, "dataSet": list{policy}})
		Every(&zec.AutoSnapshotPolicy{}, policy)
	})
	w.Step("void answers and the rest", func() {
		Equal("resize", w.call("ResizeDisk", m{"diskId": disk, "diskSize": 30}), m{"requestId": requestID})
		Equal("detach", w.call("DetachDisks", m{"diskIds": list{disk}, "instanceCheckFlag": false}), m{"requestId": requestID})
		Equal("attach", w.call("AttachDisks", m{"diskIds": list{disk}, "instanceId": instance["instanceId"]}), m{"requestId": requestID})
		Equal("regions", w.call("DescribeDiskRegions", nil)["regionIds"].(list)[0], Like(`[a-z0-9-]+`))
		kinds := w.call("DescribeDiskCategory", m{"zoneId": zone})["categoryZoneSet"].(list)[0].(m)
		Equal("categories", kinds["categorySet"], list{"Basic NVMe SSD", "Standard NVMe SSD"})
		price := w.call("InquiryPriceCreateDisks", m{"zoneId": zone, "diskSize": 20, "diskAmount": 1})["dataDiskPrice"].(m)
		if _, number := price["unitPrice"].(float64); !number {
			Fail("no unit price: %v", price)
		}
		users := Must(user.NewClient(config(), w.Key, Secret(w.Key)))
		groups := Must(try(users, "DescribeResourceGroups", nil))["resourceGroups"].(list)
		Equal("group", groups[0].(m)["name"], "Default Resource Group")
	})
}
