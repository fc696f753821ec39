// The Baidu Go SDK V2 against Snapstand: its calls, for the flows in harness/go/baidu.
package flows

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/baidubce/baiducloud-go-sdk/bce"
	"github.com/baidubce/baiducloud-go-sdk/services/bcc"
	. "snapstand.conformance/harness"
	"snapstand.conformance/harness/baidu"
)

var sdk = baidu.Sdk{
	Connect: connect,
	Lacks:   []string{"clientToken", "ListVolumes.volumeIds"},
	Error: func(err error) (refusal baidu.Refusal, ok bool) {
		var said *bce.BceServiceError
		if ok = errors.As(err, &said); ok {
			refusal = baidu.Refusal{Status: said.StatusCode, Code: said.Code, Message: said.Message, RequestID: said.RequestId}
		}
		return
	},
	Volume: &bcc.VolumeModel{}, Snapshot: &bcc.SnapshotModel{}, Policy: &bcc.AutoSnapshotPolicyModel{}, Chain: &bcc.SnapchainModel{},
}

func TestFlow1VolumeLife(t *testing.T)  { baidu.VolumeLife(t, sdk) }
func TestFlow2Snapshots(t *testing.T)   { baidu.Snapshots(t, sdk) }
func TestFlow3Policies(t *testing.T)    { baidu.Policies(t, sdk) }
func TestFlow4Refusals(t *testing.T)    { baidu.Refusals(t, sdk, time.Now().Unix()) }
func TestFlow5Concurrency(t *testing.T) { baidu.Concurrency(t, sdk) }
func TestFlow6Decoding(t *testing.T)    { baidu.Decoding(t, sdk) }
func TestFlow7Faults(t *testing.T)      { baidu.Faults(t, sdk) }

// The SDK's methods are named like the operations and take one request each, so that reflection reaches them all.
func connect(key, secret string, signedAt int64) baidu.Api {
	client := Must(bcc.NewClient(key, secret, URL))
	client.Config.SignOption.Timestamp = signedAt
	return func(operation string, members baidu.M) (any, error) {
		method := reflect.ValueOf(client).MethodByName(operation)
		arguments := []reflect.Value{}
		if method.Type().NumIn() == 1 {
			request := reflect.New(method.Type().In(0).Elem())
			Fill(request.Interface(), members)
			arguments = append(arguments, request)
		}
		answer := method.Call(arguments)
		if err, failed := answer[len(answer)-1].Interface().(error); failed || len(answer) == 1 {
			return nil, err
		}
		return answer[0].Interface(), nil
	}
}
