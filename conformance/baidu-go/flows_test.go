// The classic Baidu Go SDK against Snapstand: its calls, for the flows in harness/go/baidu.
package flows

import (
	"errors"
	"testing"
	"time"

	"github.com/baidubce/bce-sdk-go/bce"
	"github.com/baidubce/bce-sdk-go/services/bcc"
	"github.com/baidubce/bce-sdk-go/services/bcc/api"
	. "snapstand.conformance/harness"
	"snapstand.conformance/harness/baidu"
)

var sdk = baidu.Sdk{
	Connect: connect,
	// It has the argument ListSnapshotArgs.VolumeId and never sends it; usage has no call.
	Lacks: []string{"ListSnapshots.volumeId", "Snapshot.tags", "DescribeSnapshotsUsage",
		"Volume.description", "Volume.autoSnapshotPolicyInfos"},
	Error: func(err error) (refusal baidu.Refusal, ok bool) {
		var said *bce.BceServiceError
		if ok = errors.As(err, &said); ok {
			refusal = baidu.Refusal{Status: said.StatusCode, Code: said.Code, Message: said.Message, RequestID: said.RequestId}
		}
		return
	},
	Volume: &api.VolumeModel{}, Snapshot: &api.SnapshotModel{}, Policy: &api.AutoSnapshotPolicyModel{}, Chain: &api.SnapchainModel{},
}

func TestFlow1VolumeLife(t *testing.T)  { baidu.VolumeLife(t, sdk) }
func TestFlow2Snapshots(t *testing.T)   { baidu.Snapshots(t, sdk) }
func TestFlow3Policies(t *testing.T)    { baidu.Policies(t, sdk) }
func TestFlow4Refusals(t *testing.T)    { baidu.Refusals(t, sdk, time.Now().Unix()) }
func TestFlow5Concurrency(t *testing.T) { baidu.Concurrency(t, sdk) }
func TestFlow6Decoding(t *testing.T)    { baidu.Decoding(t, sdk) }
func TestFlow7Faults(t *testing.T)      { baidu.Faults(t, sdk) }

// What `npm run rehearse` records.
func TestLife(t *testing.T) { baidu.Life(t, sdk) }

// The three volume calls that the API has in a third version, under other names; only this SDK has them.
func TestFlow6ThirdVersion(t *testing.T) {
	flow := New(t, 6)
	defer flow.End()
	flow.Step("third version of volumes", func() {
		client := Must(bcc.NewClient(flow.Key, Secret(flow.Key), URL))
		system := Must(client.ListCDSVolume(&api.ListCDSVolumeArgs{UsageFilter: "system", ZoneName: "cn-bj-a"})).Volumes[0]
		instance := system.Attachments[0].InstanceId
		made := Must(client.CreateCDSVolumeV3(&api.CreateCDSVolumeV3Args{VolumeName: "third", Description: "说明", ZoneName: "cn-bj-a",
			PurchaseCount: 1, VolumeSize: 30, StorageType: api.StorageTypeV3CloudSSDGeneral, InstanceId: instance,
			Billing: &api.Billing{PaymentTiming: api.PaymentTimingPostPaid}}))
		Equal("volumes", len(made.VolumeIds), 1)
		volume := made.VolumeIds[0]
		flow.Wait(func() string { return string(Must(client.GetCDSVolumeDetailV3(volume)).Volume.VolumeStatus) }, "InUse")
		attached := baidu.M{"instanceId": instance, "device": Like(`/dev/vd[b-z]`), "attachTime": Now}
		wanted := baidu.M{"volumeId": volume, "volumeName": "third", "volumeSizeInGB": 30, "volumeStatus": "InUse", "volumeType": "DATA",
			"storageType": "Cloud_SSD_General", "createTime": Now, "expireTime": Blank{}, "description": "说明", "paymentTiming": "Postpaid",
			"enableAutoRenew": false, "autoRenewTime": 0, "zoneName": "cn-bj-a", "sourceSnapshotId": Blank{}, "region": "bj",
			"snapshotCount": 0, "autoSnapshotPolicyId": "", "encrypted": false, "tags": []any{}, "volumeAttachments": []any{attached}}
		Equal("get", Plain(Must(client.GetCDSVolumeDetailV3(volume)).Volume), wanted)
		Every(&api.VolumeModelV3{}, wanted)
		listed := Must(client.ListCDSVolumeV3(&api.ListCDSVolumeArgs{InstanceId: instance, Name: "third"}))
		Equal("list", Plain(listed.Volumes), []any{wanted})
		Equal("the same in the second version", Must(client.GetCDSVolumeDetail(volume)).Volume.StorageType, api.StorageTypeCloudHP1)
	})
}

func connect(key, secret string, signedAt int64) baidu.Api {
	client := Must(bcc.NewClient(key, secret, URL))
	client.Config.SignOption.Timestamp = signedAt
	return func(operation string, members baidu.M) (any, error) {
		rest := baidu.M{}
		for name, value := range members {
			rest[name] = value
		}
		return calls[operation](client, rest)
	}
}

// The argument object of a call, filled from the members that are left.
func filled[T any](members baidu.M) *T {
	arguments := new(T)
	Fill(arguments, members)
	return arguments
}

// take removes the member that is part of the path.
func take(members baidu.M, name string) string {
	id, _ := members[name].(string)
	delete(members, name)
	return id
}

var calls = map[string]func(c *bcc.Client, m baidu.M) (any, error){
	"ListZones": func(c *bcc.Client, m baidu.M) (any, error) { return c.ListZone() },
	"CreateVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.CreateCDSVolume(filled[api.CreateCDSVolumeArgs](m))
	},
	"ListVolumes": func(c *bcc.Client, m baidu.M) (any, error) { return c.ListCDSVolume(filled[api.ListCDSVolumeArgs](m)) },
	"GetVolume":   func(c *bcc.Client, m baidu.M) (any, error) { return c.GetCDSVolumeDetail(take(m, "volumeId")) },
	"AttachVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.AttachCDSVolume(take(m, "volumeId"), filled[api.AttachVolumeArgs](m))
	},
	"DetachVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.DetachCDSVolume(take(m, "volumeId"), filled[api.DetachVolumeArgs](m))
	},
	"ResizeVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.ResizeCDSVolume(take(m, "volumeId"), filled[api.ResizeCSDVolumeArgs](m))
	},
	"RollbackVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.RollbackCDSVolume(take(m, "volumeId"), filled[api.RollbackCSDVolumeArgs](m))
	},
	"RenameVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.RenameCDSVolume(take(m, "volumeId"), filled[api.RenameCSDVolumeArgs](m))
	},
	"ModifyCdsAttribute": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.ModifyCDSVolume(take(m, "volumeId"), filled[api.ModifyCSDVolumeArgs](m))
	},
	"BindTagVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.TagVolume(take(m, "volumeId"), filled[api.TagVolumeArgs](m))
	},
	"UnbindTagVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.UntagVolume(take(m, "volumeId"), filled[api.TagVolumeArgs](m))
	},
	"ReleaseVolume": func(c *bcc.Client, m baidu.M) (any, error) {
		id := take(m, "volumeId")
		if len(m) == 0 {
			return nil, c.DeleteCDSVolume(id)
		}
		return nil, c.DeleteCDSVolumeNew(id, filled[api.DeleteCDSVolumeArgs](m))
	},
	"CreateSnapshot": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.CreateSnapshot(filled[api.CreateSnapshotArgs](m))
	},
	"ListSnapshots":  func(c *bcc.Client, m baidu.M) (any, error) { return c.ListSnapshot(filled[api.ListSnapshotArgs](m)) },
	"GetSnapshot":    func(c *bcc.Client, m baidu.M) (any, error) { return c.GetSnapshotDetail(take(m, "snapshotId")) },
	"DeleteSnapshot": func(c *bcc.Client, m baidu.M) (any, error) { return nil, c.DeleteSnapshot(take(m, "snapshotId")) },
	"ModifySnapshotAttribute": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.ModifySnapshotAttribute(take(m, "snapshotId"), filled[api.ModifySnapshotAttributeArgs](m))
	},
	"ListSnapchain": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.ListSnapshotChain(filled[api.ListSnapshotChainArgs](m))
	},
	"BindTagSnapchain": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.TagSnapshotChain(take(m, "chainId"), filled[api.TagVolumeArgs](m))
	},
	"UnbindTagSnapchain": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.UntagSnapshotChain(take(m, "chainId"), filled[api.TagVolumeArgs](m))
	},
	"RemoteCopySnapshot": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.CreateRemoteCopySnapshot(take(m, "snapshotId"), filled[api.RemoteCopySnapshotArgs](m))
	},
	"CreateSnapshotShare": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.CreateSnapshotShare(filled[api.CreateSnapshotShareReq](m))
	},
	"ListSnapshotShare": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.ListSnapshotShare(filled[api.ListSnapshotShareByMarkerV2Req](m))
	},
	"CancelSnapshotShare": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.CancelSnapshotShare(filled[api.CancelSnapshotShareReq](m))
	},
	"CreateAsp": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.CreateAutoSnapshotPolicy(filled[api.CreateASPArgs](m))
	},
	"UpdateAsp": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.UpdateAutoSnapshotPolicy(filled[api.UpdateASPArgs](m))
	},
	"AttachAsp": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.AttachAutoSnapshotPolicy(take(m, "aspId"), filled[api.AttachASPArgs](m))
	},
	"DetachAsp": func(c *bcc.Client, m baidu.M) (any, error) {
		return nil, c.DetachAutoSnapshotPolicy(take(m, "aspId"), filled[api.DetachASPArgs](m))
	},
	"DeleteAsp": func(c *bcc.Client, m baidu.M) (any, error) { return nil, c.DeleteAutoSnapshotPolicy(take(m, "aspId")) },
	"GetAsp":    func(c *bcc.Client, m baidu.M) (any, error) { return c.GetAutoSnapshotPolicy(take(m, "aspId")) },
	"ListAsps": func(c *bcc.Client, m baidu.M) (any, error) {
		return c.ListAutoSnapshotPolicy(filled[api.ListASPArgs](m))
	},
}
