package baidu

import (
	"testing"

	. "snapstand.conformance/harness"
)

const noVolume, noSnapshot, noPolicy, noInstance = "v-00000000", "s-00000000", "asp-00000000", "i-00000000"

// Faults is flow 7.
func Faults(t *testing.T, sdk Sdk) {
	w := start(t, sdk, 7)
	defer w.End()
	call := func(operation string, members M) FaultyCall {
		return FaultyCall{Operation: operation, Call: func() error {
			_, err := w.api(operation, members)
			return err
		}}
	}
	w.ProduceAll(Faulty{
		Provider: "baidu",
		Calls: []FaultyCall{
			call("ListAsps", nil),
			call("CreateAsp", M{"name": "week", "timePoints": list{1}, "repeatWeekdays": list{1}, "retentionDays": "1"}),
			call("AttachAsp", M{"aspId": noPolicy, "volumeIds": list{noVolume}}),
			call("CreateSnapshot", M{"volumeId": noVolume, "snapshotName": "shot"}),
			call("AttachVolume", M{"volumeId": noVolume, "instanceId": noInstance}),
			call("DetachVolume", M{"volumeId": noVolume, "instanceId": noInstance}),
			call("ReleaseVolume", M{"volumeId": noVolume}),
			call("DeleteSnapshot", M{"snapshotId": noSnapshot}),
			call("RemoteCopySnapshot", M{"snapshotId": noSnapshot, "destRegionInfos": list{M{"destRegion": "gz", "name": "copy"}}}),
		},
		Said: func(err error) Said {
			refusal, own := sdk.Error(err)
			if !own {
				Fail("%v is not the SDK's error", err)
			}
			return Said{Code: refusal.Code, Message: refusal.Message, RequestID: refusal.RequestID}
		},
	})
	refused := func(status int, code string) func() {
		return func() {
			_, err := w.api("ListAsps", nil)
			w.refused(status, code, err)
		}
	}
	once := M{"times": 1}
	then := func(outcome M, more M) M { return Merge(M{"then": outcome}, more) }
	w.Check("an error of the server that passes is retried, and nobody notices", func() {
		w.Fault("baidu", "ListAsps", then(M{"error": "InternalError"}, M{"times": 2}), func() { w.call("ListAsps", nil) })
		Equal("codes", w.Codes("ListAsps", 3), "InternalError InternalError ")
	})
	w.Check("a refusal is not retried", func() {
		w.Fault("baidu", "ListAsps", then(M{"error": "OptInRequired"}, once), func() {
			Equal("calls", w.Counted("ListAsps", refused(403, "OptInRequired")), 1)
		})
	})
	w.Check("an error that stays is told after as many calls as the SDK makes", func() {
		w.Fault("baidu", "ListAsps", then(M{"error": "InternalError"}, nil), func() {
			Equal("calls", w.Counted("ListAsps", refused(500, "InternalError")), 4)
		})
	})
	if w.has("clientToken") {
		w.Check("a create whose answer was lost is made once, by its token", func() {
			volume := w.volume("lost", nil)
			w.ready(volume)
			snapshot := ""
			w.Fault("baidu", "CreateSnapshot", then(M{"connection": "reset", "after": true}, once), func() {
				snapshot = w.snapshot(volume, "lost", M{"clientToken": "once"})
			})
			entries, _ := w.Journal("CreateSnapshot", 2)
			Equal("calls", len(entries), 2)
			Equal("snapshots", Pick(w.call("ListSnapshots", M{"volumeId": volume})["snapshots"], "id"), []string{snapshot})
		})
	}
}
