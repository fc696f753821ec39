package snapstand

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const (
	volume = "v-Starter1"
	monday = "2026-01-05T08:00:00Z"
)

var at = must(time.Parse(time.RFC3339, monday))

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// What a call gave, or the end of the test.
func got[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal(t *testing.T, what string, found, wanted any) {
	t.Helper()
	if found, wanted := fmt.Sprintf("%#v", found), fmt.Sprintf("%#v", wanted); found != wanted {
		t.Errorf("%s is %s, not %s", what, found, wanted)
	}
}

// A server whose unsigned calls belong to the world of their query, as no cloud has it: keys only name worlds here.
func lenient(t *testing.T) *Server {
	return StartWith(t, StartOptions{Flags: []string{"--auth", "off"}})
}

// A call of Baidu's API in a world, signed by nothing.
func baidu(t *testing.T, world *World, method, path string, body any) (int, map[string]any) {
	t.Helper()
	request := must(http.NewRequest(method, world.Credentials().Baidu.Endpoint+path, bytes.NewReader(must(json.Marshal(body)))))
	signed := fmt.Sprintf("bce-auth-v1/%s/%s/1800/host/%064d", world.Key, time.Now().UTC().Format(time.RFC3339), 0)
	request.Header.Set("Authorization", signed)
	response := got[*http.Response](t)(http.DefaultClient.Do(request))
	defer response.Body.Close()
	answer := map[string]any{}
	if text := got[[]byte](t)(io.ReadAll(response.Body)); len(text) > 0 {
		ok(t, json.Unmarshal(text, &answer))
	}
	return response.StatusCode, answer
}

func snapshotOf(t *testing.T, world *World, name string) string {
	t.Helper()
	status, answer := baidu(t, world, "POST", "/v2/snapshot", map[string]string{"volumeId": volume, "snapshotName": name})
	id, _ := answer["snapshotId"].(string)
	if status != 200 || id == "" {
		t.Fatalf("CreateSnapshot was answered with %d %v", status, answer)
	}
	return id
}

// A policy that fires daily at 20:00 of UTC+8, bound to the data disk.
func dailyPolicy(t *testing.T, world *World) string {
	t.Helper()
	status, answer := baidu(t, world, "POST", "/v2/asp", map[string]any{
		"name": "daily", "timePoints": []string{"20"}, "retentionDays": "7",
		"repeatWeekdays": []string{"0", "1", "2", "3", "4", "5", "6"},
	})
	policy, _ := answer["aspId"].(string)
	if status != 200 || policy == "" {
		t.Fatalf("CreateAsp was answered with %d %v", status, answer)
	}
	if status, answer = baidu(t, world, "PUT", "/v2/asp/"+policy+"?attach", map[string]any{"volumeIds": []string{volume}}); status != 200 {
		t.Fatalf("AttachAsp was answered with %d %v", status, answer)
	}
	return policy
}

func standingWorld(t *testing.T) (context.Context, *World) {
	t.Helper()
	ctx := context.Background()
	world := lenient(t).World(t)
	clock := got[Clock](t)(world.Clock.Set(ctx, ClockChange{Mode: ManualClock, Now: at}))
	equal(t, "the clock", []any{clock.World, clock.Mode, clock.Now}, []any{world.Key, ManualClock, at})
	return ctx, world
}

func TestAServerTellsOfItself(t *testing.T) {
	t.Parallel()
	ctx, server := context.Background(), lenient(t)
	health := got[Health](t)(server.Health(ctx))
	equal(t, "health", []any{health.Status, health.Version, health.Clouds}, []any{"ok", Version, []string{"zenlayer", "baidu"}})
	all := got[Operations](t)(server.Operations(ctx, ""))
	ofOne := got[Operations](t)(server.Operations(ctx, "baidu"))
	if len(ofOne.Operations) == 0 || len(ofOne.Operations) >= len(all.Operations) {
		t.Errorf("%d operations of %d are Baidu's", len(ofOne.Operations), len(all.Operations))
	}
	for _, each := range ofOne.Operations {
		equal(t, each.Name, each.Provider, "baidu")
		if each.Evidence.Kind == "" || each.Evidence.Section == "" {
			t.Errorf("%s rests on %v", each.Name, each.Evidence)
		}
	}
	cloud := struct{ OpenAPI string }{}
	ok(t, json.Unmarshal(got[json.RawMessage](t)(server.CloudOpenAPI(ctx, "zenlayer")), &cloud))
	equal(t, "the document's version", strings.HasPrefix(cloud.OpenAPI, "3.1"), true)
	_, err := server.Metrics(ctx)
	problem := &Problem{}
	equal(t, "metrics without --metrics", errors.As(err, &problem) && problem.Status == 404, true)
}

func TestTimePassesAndAPolicyFires(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	policy := dailyPolicy(t, world)
	report := got[AdvanceReport](t)(world.Clock.Advance(ctx, 10*24*time.Hour))
	equal(t, "the report", []any{report.From, report.To, report.Firings, report.SnapshotsCreated, report.SnapshotsExpired},
		[]any{at, at.Add(240 * time.Hour), 10, 10, 3})
	if report.Next == nil || report.Next.Kind != "expires" && report.Next.Kind != "fires" {
		t.Fatalf("next is %v", report.Next)
	}
	agenda := got[Agenda](t)(world.Agenda(ctx, 1))
	equal(t, "the agenda", []any{len(agenda.Agenda), agenda.More, agenda.Agenda[0].At}, []any{1, true, report.Next.At})
	told := got[Occurrences](t)(world.Occurrences(ctx, "baidu", policy, OccurrencesFilter{After: at.Add(190 * time.Hour), Limit: 5}))
	equal(t, "occurrences", []any{len(told.Past), len(told.Next), told.Past[0].Made}, []any{2, 5, 1})
	timeline := got[Timeline](t)(world.Timeline(ctx, TimelineFilter{Provider: "baidu", Text: volume}))
	equal(t, "lanes", []any{timeline.Total, len(timeline.Lanes), len(timeline.Policies)}, []any{1, 1, 1})
	equal(t, "the lane", []any{timeline.Lanes[0].ID, len(timeline.Lanes[0].Snapshots)}, []any{volume, 7})
	next := got[AdvanceReport](t)(world.Clock.AdvanceToNext(ctx))
	equal(t, "the next instant", next.To, report.Next.At)
	month := got[AdvanceReport](t)(world.Clock.AdvanceBy(ctx, "P1M"))
	equal(t, "a month on", month.To, next.To.AddDate(0, 1, 0))
	_, err := world.Clock.AdvanceTo(ctx, at)
	problem := &Problem{}
	if !errors.As(err, &problem) {
		t.Fatalf("going back ended with %v", err)
	}
	equal(t, "the problem", []any{problem.Status, problem.Field, problem.Title}, []any{409, "to", "Conflict"})
	if problem.Error() == "" || !json.Valid(problem.Raw) {
		t.Errorf("the problem says %q, %s", problem.Error(), problem.Raw)
	}
	stop := got[AdvanceStop](t)(world.Clock.Stop(ctx))
	equal(t, "a stop where nothing moves", []any{stop.Stopped, stop.Now}, []any{false, month.To})
}

func TestAFaultMeetsCallsAndTheJournalTellsOfThem(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	put := got[Fault](t)(world.Faults.Put(ctx, "quota", FaultRule{
		Provider: "baidu", Operation: "CreateSnapshot", Times: 1, When: &FaultWhen{Body: map[string]any{"snapshotName": "nightly"}},
		Then: FaultThen{Error: "InternalError"},
	}))
	equal(t, "the fault", []any{put.ID, put.World, *put.Enabled, put.Times, put.Then.Error}, []any{"quota", world.Key, true, 1, "InternalError"})
	status, answer := baidu(t, world, "POST", "/v2/snapshot", map[string]string{"volumeId": volume, "snapshotName": "nightly"})
	equal(t, "the answer", []any{status, answer["code"]}, []any{500, "InternalError"})
	id := snapshotOf(t, world, "nightly")
	faults := got[[]Fault](t)(world.Faults.List(ctx))
	equal(t, "how often it was met", []any{faults[0].Met, faults[0].Acted}, []any{1, 1})

	found := got[Expected](t)(world.Requests.Expect(ctx, Expectation{
		Operation: "CreateSnapshot", Provider: "baidu", Status: 200, Resource: id, Times: Ptr(1), After: at,
	}))
	equal(t, "what was expected", []any{found.Count, found.Requests[0].Operation}, []any{1, "CreateSnapshot"})
	_, err := world.Requests.Expect(ctx, Expectation{Operation: "CreateSnapshot", Body: map[string]any{"snapshotName": "weekly"}})
	unmet, problem := &Unmet{}, &Problem{}
	if !errors.As(err, &unmet) || !errors.As(err, &problem) {
		t.Fatalf("what is not there ended with %v", err)
	}
	equal(t, "the misses", []any{unmet.Count, len(unmet.Misses), problem.Status}, []any{0, 2, 409})
	if want := `body.snapshotName is "nightly", not "weekly"`; !strings.Contains(err.Error(), want) {
		t.Errorf("%q does not say %q", err, want)
	}
	got[Expected](t)(world.Requests.Expect(ctx, Expectation{Operation: "ReleaseVolume", Times: Ptr(0)}))

	refused := got[Requests](t)(world.Requests.List(ctx, RequestsFilter{Refusal: Ptr(true), Fault: "quota", Limit: Ptr(5)}))
	equal(t, "the refused", []any{refused.Found, refused.Requests[0].Code, refused.Requests[0].Fault}, []any{1, "InternalError", "quota"})
	counted := got[Requests](t)(world.Requests.List(ctx, RequestsFilter{Limit: Ptr(0)}))
	equal(t, "only counted", []any{counted.Counts.Operation["CreateSnapshot"], len(counted.Requests)}, []any{2, 0})
	entry := got[JournalEntry](t)(world.Requests.Get(ctx, refused.Requests[0].ID))
	equal(t, "the entry", []any{entry.Request, entry.World, entry.At}, []any{`{"snapshotName":"nightly","volumeId":"v-Starter1"}`, world.Key, at})
	if curl := got[string](t)(world.Requests.Curl(ctx, entry.ID)); !strings.HasPrefix(curl, "curl ") {
		t.Errorf("the command is %q", curl)
	}
	ok(t, world.Requests.Clear(ctx))
	equal(t, "the journal afterwards", got[Requests](t)(world.Requests.List(ctx, RequestsFilter{})).Found, 0)

	ok(t, world.Faults.Delete(ctx, "quota"))
	if err := world.Faults.Delete(ctx, "quota"); !errors.As(err, &problem) || problem.Status != 404 {
		t.Errorf("a fault that is not there ended with %v", err)
	}
	for _, each := range got[Operations](t)(world.server.Operations(ctx, "baidu")).Operations[0].Errors[:1] {
		got[Fault](t)(world.Faults.Put(ctx, "documented", each.ByFault))
	}
	ok(t, world.Faults.Clear(ctx))
	equal(t, "faults afterwards", len(got[[]Fault](t)(world.Faults.List(ctx))), 0)
}

func TestACallIsWaitedFor(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	answered := make(chan error)
	go func() {
		_, err := world.Requests.Expect(ctx, Expectation{Operation: "CreateSnapshot", Within: time.Minute})
		answered <- err
	}()
	snapshotOf(t, world, "late")
	ok(t, <-answered)
}

func TestAWorldGoesBackAndForksAndIsExported(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	ok(t, world.SetContent(ctx, "baidu", volume, "before — 之前"))
	saved := got[WorldCheckpoint](t)(world.Checkpoints.Save(ctx, "clean up/1"))
	equal(t, "the checkpoint", []any{saved.World, saved.Name, saved.At}, []any{world.Key, "clean up/1", at})
	exported := got[json.RawMessage](t)(world.State.Export(ctx))
	ok(t, world.SetContent(ctx, "baidu", volume, "after"))
	fork := got[*World](t)(world.Checkpoints.Fork(ctx, "clean up/1", world.Key+"-fork"))
	t.Cleanup(func() { fork.Delete(context.Background()) })
	equal(t, "the fork's content", got[string](t)(fork.Content(ctx, "baidu", volume)), "before — 之前")
	got[WorldCheckpoint](t)(world.Checkpoints.Restore(ctx, "clean up/1"))
	equal(t, "the content", got[string](t)(world.Content(ctx, "baidu", volume)), "before — 之前")
	equal(t, "checkpoints", len(got[[]Checkpoint](t)(world.Checkpoints.List(ctx))), 1)
	ok(t, world.Checkpoints.Drop(ctx, "clean up/1"))

	snapshotOf(t, world, "in the way")
	report := got[ImportReport](t)(world.State.Import(ctx, exported))
	equal(t, "the import", []any{report.Exact, report.Now}, []any{true, at})
	equal(t, "snapshots", got[Resources](t)(world.Resources.List(ctx, "baidu", Snapshots, ResourcesFilter{})).Total, 0)
	_, err := world.State.Import(ctx, []byte("baidu:\n  zones: cn-bj-a\n"))
	if problem := new(Problem); !errors.As(err, &problem) || len(problem.Wrongs) != 1 || !strings.Contains(err.Error(), "- body:2:3 baidu.zones") {
		t.Errorf("a seed that is none ended with %v", err)
	}
	seed := "baidu:\n  zones:\n    - cn-bj-a\n"
	report = got[ImportReport](t)(world.State.Import(ctx, []byte(seed)))
	equal(t, "a seed", report.Exact, false)
	equal(t, "volumes", got[Resources](t)(world.Resources.List(ctx, "baidu", Volumes, ResourcesFilter{})).Total, 0)
	yaml := got[io.ReadCloser](t)(world.State.Open(ctx, YAMLState))
	defer yaml.Close()
	if text := got[[]byte](t)(io.ReadAll(yaml)); !bytes.Contains(text, []byte("cn-bj-a")) || json.Valid(text) {
		t.Errorf("the export as YAML is %.200q", text)
	}

	got[WorldSummary](t)(world.Keep(ctx, true))
	kept := false
	for _, each := range got[[]WorldSummary](t)(world.server.Worlds(ctx)) {
		kept = kept || each.ID == world.Key && each.Keep
	}
	equal(t, "in the list, and kept", kept, true)
	equal(t, "reset", got[ResetReport](t)(world.Reset(ctx)).Worlds, []string{world.Key})
	detail := got[ResourceDetail](t)(world.Resources.Get(ctx, "baidu", Volumes, volume))
	equal(t, "the starter's volume", []any{detail.ID, detail.Kind, detail.Content == nil}, []any{volume, Volumes, true})
	equal(t, "deleted", got[bool](t)(world.Delete(ctx)), true)
	equal(t, "deleted again", got[bool](t)(world.Delete(ctx)), false)
}

func TestAWorldIsMoved(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	snapshot := snapshotOf(t, world, "nightly")
	target := Start(t)
	there := target.WorldNamed(world.Key)
	t.Cleanup(func() { there.Delete(context.Background()) })

	away := got[Move](t)(world.Move.Begin(ctx, MoveBeginning{To: target.URL}))
	equal(t, "the move", []any{away.World, away.Way, away.Mode, away.IsThere}, []any{world.Key, "away", ManualClock, true})
	here := got[Move](t)(there.Move.Begin(ctx, MoveBeginning{
		From: world.server.URL, Mode: away.Mode, Keep: &away.Keep, Series: &away.Series,
	}))
	state := got[io.ReadCloser](t)(world.State.Open(ctx, JSONState))
	defer state.Close()
	got[ImportReport](t)(there.State.ImportMoved(ctx, state, JSONState, here.Move))
	ok(t, there.Move.Finish(ctx, here.Move))
	ok(t, world.Move.Finish(ctx, away.Move))

	detail := got[ResourceDetail](t)(there.Resources.Get(ctx, "baidu", Snapshots, snapshot))
	equal(t, "the snapshot", detail.Name, "nightly")
	has := func() bool {
		for _, each := range got[[]Move](t)(world.server.Moves(ctx)) {
			if each.World == world.Key {
				return true
			}
		}
		return false
	}
	equal(t, "its mark", has(), true)
	ok(t, world.Move.GiveUp(ctx, ""))
	equal(t, "its mark, given up", has(), false)
}

func TestSettingsAreChanged(t *testing.T) {
	t.Parallel()
	ctx, world := standingWorld(t)
	value := func(settings []Setting) any {
		for _, each := range settings {
			if each.Name == "zenlayer.snapshotQuota" {
				return each.Value
			}
		}
		return nil
	}
	before := value(got[[]Setting](t)(world.Settings.Get(ctx)))
	equal(t, "changed", value(got[[]Setting](t)(world.Settings.Patch(ctx, map[string]any{"zenlayer.snapshotQuota": 2}))), 2.0)
	equal(t, "back", value(got[[]Setting](t)(world.Settings.Patch(ctx, map[string]any{"zenlayer.snapshotQuota": nil}))), before)
	_, err := world.Settings.Patch(ctx, map[string]any{"zenlayer.snapshotQota": 2})
	problem := &Problem{}
	equal(t, "a wrong name", errors.As(err, &problem) && problem.Nearest == "zenlayer.snapshotQuota", true)
}

func TestABearerTokenNamesAWorld(t *testing.T) {
	t.Parallel()
	ctx, server, token := context.Background(), lenient(t), "a-token-of-this-test"
	body := strings.NewReader(`{"diskId":"1700000000000000102","snapshotName":"nightly"}`)
	request := must(http.NewRequest("POST", server.WorldNamed("x").Credentials().Zenlayer.Endpoint, body))
	for name, value := range map[string]string{
		"Authorization": "Bearer " + token, "Content-Type": "application/json", "X-ZC-Action": "CreateSnapshot", "X-ZC-Version": "2025-09-01",
	} {
		request.Header.Set(name, value)
	}
	got[*http.Response](t)(http.DefaultClient.Do(request)).Body.Close()
	world := server.WorldNamed(BearerWorld(token))
	got[Expected](t)(world.Requests.Expect(ctx, Expectation{Operation: "CreateSnapshot", Status: 200, Times: Ptr(1)}))
	equal(t, "it was there", got[bool](t)(world.Delete(ctx)), true)
}

func TestAContextEndsACall(t *testing.T) {
	t.Parallel()
	_, world := standingWorld(t)
	ctx, cancel := context.WithCancelCause(context.Background())
	given := errors.New("enough")
	waiting := make(chan error)
	go func() {
		_, err := world.Requests.Expect(ctx, Expectation{Operation: "CreateSnapshot", Within: time.Minute})
		waiting <- err
	}()
	cancel(given)
	if err := <-waiting; !errors.Is(err, given) {
		t.Errorf("it ended with %v", err)
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	_, err := Connect(context.Background(), "http://127.0.0.1:1", ConnectOptions{Token: "not-to-be-told"})
	unreachable := &Unreachable{}
	if !errors.As(err, &unreachable) || strings.Contains(err.Error(), "not-to-be-told") {
		t.Errorf("it ended with %v", err)
	}
	for address, want := range map[string]string{
		"127.0.0.1:7420":           "is none of a server",
		"ftp://127.0.0.1":          "is none of a server",
		"http://":                  "is none of a server",
		"http://me:hidden@there:1": "ConnectOptions.Token",
	} {
		_, err := Connect(context.Background(), address, ConnectOptions{})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s ended with %v", address, err)
		}
	}
	_, err = lenient(t).WorldNamed("x").Requests.Get(context.Background(), "..")
	if err == nil || !strings.Contains(err.Error(), `no path of the control API can hold ".."`) {
		t.Errorf("a path that leads up ended with %v", err)
	}
}

func TestATokenAndACertificateAreWanted(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	started := StartWith(t, StartOptions{
		Token: "a-token", Flags: []string{"--tls", "--tls-port", "0"},
		Keys: []Key{{ID: "AKTEAM", Secret: "not-a-secret", World: "team"}},
	})
	_, err := Connect(ctx, started.SecureURL, ConnectOptions{Token: "a-token"})
	if err == nil || !strings.Contains(err.Error(), "is not trusted: name its file in ConnectOptions.CAFile") {
		t.Errorf("without the certificate it ended with %v", err)
	}
	if _, err = Connect(ctx, started.SecureURL, ConnectOptions{CAFile: "nowhere.pem"}); err == nil || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without the file it ended with %v", err)
	}
	file := filepath.Join(t.TempDir(), "empty.pem")
	ok(t, os.WriteFile(file, nil, 0o600))
	if _, err = Connect(ctx, started.SecureURL, ConnectOptions{CAFile: file}); err == nil || !strings.Contains(err.Error(), "holds no certificate") {
		t.Errorf("without a certificate it ended with %v", err)
	}
	stranger := got[*Server](t)(Connect(ctx, started.SecureURL, ConnectOptions{CAFile: started.CertificateFile}))
	_, err = stranger.Worlds(ctx)
	problem := &Problem{}
	equal(t, "without the token", errors.As(err, &problem) && problem.Status == 401, true)
	server := got[*Server](t)(Connect(ctx, started.SecureURL, ConnectOptions{
		Token: "a-token", CAFile: started.CertificateFile, Keys: []Key{{ID: "AKTEAM", Secret: "not-a-secret", World: "team"}},
	}))
	got[[]WorldSummary](t)(server.Worlds(ctx))

	address := must(url.Parse(started.SecureURL))
	equal(t, "credentials", server.WorldNamed("team").Credentials(), Credentials{
		Zenlayer: ZenlayerCredentials{"https", address.Host, started.SecureURL + "/api/v2/zec", "AKTEAM", "not-a-secret"},
		Baidu:    BaiduCredentials{started.SecureURL, "AKTEAM", "not-a-secret"},
	})
	equal(t, "a key that is its own secret", server.WorldNamed("run-17").Credentials().Baidu.SK, "run-17")
}
