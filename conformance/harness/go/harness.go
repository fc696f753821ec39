// Package harness is what the Go programs share: where Snapstand is, its control API, and steps that the runner counts.
package harness

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"
)

// Now is the instant at which every world starts.
const Now = "2026-01-05T08:00:00Z"

var (
	URL             = os.Getenv("SNAPSTAND_URL")
	Scheme, Host, _ = strings.Cut(URL, "://")
	Client          = os.Getenv("SNAPSTAND_CLIENT")
	writing         sync.Mutex
)

// Secret of an access key.
func Secret(key string) string { return "secret-of-" + key }

// WorldKey is the key of one of the 20 worlds of the concurrency flow.
func WorldKey(n int) string { return fmt.Sprintf("%s-w%d", Client, n) }

// Flow is one flow, in a world of its own.
type Flow struct {
	*testing.T
	Number int
	Key    string
	// Live is for a flow without Snapstand's own API: by the wall clock, what is waited for comes by itself.
	Live bool
}

// Longer than anything takes by itself, so that what is waited for is there at the second look.
const liveLook = 500 * time.Millisecond

func New(t *testing.T, number int) *Flow {
	return &Flow{T: t, Number: number, Key: fmt.Sprintf("%s-f%d", Client, number)}
}

// Step is a step that the next ones build on: the flow ends with it.
func (f *Flow) Step(name string, act func()) {
	f.Helper()
	if !f.Check(name, act) {
		f.FailNow()
	}
}

// Check is a step that stands alone: the flow goes on after it.
func (f *Flow) Check(name string, act func()) bool {
	outer := f.T
	defer func() { f.T = outer }()
	why := ""
	passed := outer.Run(name, func(t *testing.T) {
		f.T = t
		defer func() {
			switch thrown := recover().(type) {
			case nil:
			case failure:
				why = string(thrown)
				t.Error(why)
			default:
				why = fmt.Sprint("panic: ", thrown)
				t.Error(why)
			}
		}()
		act()
	})
	f.report(name, passed, why)
	return passed
}

// End is deferred by every flow: what fails between two steps is told like a failed step.
func (f *Flow) End() {
	if thrown := recover(); thrown != nil {
		f.report("between steps", false, fmt.Sprint(thrown))
		f.Fatal(thrown)
	}
}

func (f *Flow) report(step string, ok bool, why string) {
	line, _ := json.Marshal(map[string]any{"flow": f.Number, "step": step, "ok": ok, "error": why})
	writing.Lock()
	defer writing.Unlock()
	report, err := os.OpenFile(os.Getenv("SNAPSTAND_REPORT"), os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		f.Fatal(err)
	}
	defer report.Close()
	if _, err := report.Write(append(line, '\n')); err != nil {
		f.Fatal(err)
	}
}

type failure string

// Fail ends the step. It may be called in any goroutine that Together started.
func Fail(format string, args ...any) { panic(failure(fmt.Sprintf(format, args...))) }

// OK ends the step unless there is no error.
func OK(err error) {
	if err != nil {
		Fail("%v", err)
	}
}

// Must gives the value of a call that may not fail.
func Must[T any](value T, err error) T {
	OK(err)
	return value
}

// Equal compares any two values; in maps and lists a Like stands for every text that it matches.
func Equal(what string, got, want any) {
	if difference := differ("", got, want); difference != "" {
		Fail("%s%s", what, difference)
	}
}

// Blank is equal to what a client makes of a member that has no value.
type Blank struct{}

// Like is equal to every text that the pattern matches whole: for values that the cloud makes up.
type Like string

func differ(path string, got, want any) string {
	switch want := want.(type) {
	case Like:
		if text, ok := got.(string); ok && regexp.MustCompile("^(?:"+string(want)+")$").MatchString(text) {
			return ""
		}
	case Blank:
		if got == nil || reflect.ValueOf(got).IsZero() {
			return ""
		}
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			names := map[string]bool{}
			for name := range got {
				names[name] = true
			}
			for name := range want {
				names[name] = true
			}
			for _, name := range keys(names) {
				mine, sent := got[name]
				wanted, known := want[name]
				if !known {
					return fmt.Sprintf("%s.%s: %v, and nobody expects that member", path, name, mine)
				}
				if _, blank := wanted.(Blank); !sent && wanted != nil && !blank {
					return fmt.Sprintf("%s.%s: missing, not %v", path, name, wanted)
				}
				if difference := differ(path+"."+name, mine, wanted); difference != "" {
					return difference
				}
			}
			return ""
		}
	case []any:
		if got, ok := got.([]any); ok && len(got) == len(want) {
			for at := range want {
				if difference := differ(fmt.Sprintf("%s[%d]", path, at), got[at], want[at]); difference != "" {
					return difference
				}
			}
			return ""
		}
	case int:
		// Numbers of a model that was written out again are floats.
		if number, ok := got.(float64); ok && number == float64(want) {
			return ""
		}
	}
	if reflect.DeepEqual(got, want) {
		return ""
	}
	return fmt.Sprintf("%s: %#v, not %#v", path, got, want)
}

func keys(of map[string]bool) []string {
	var names []string
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Plain is a typed model as a plain value: what the client decoded, member by member.
func Plain(model any) any {
	var plain any
	OK(json.Unmarshal(Must(json.Marshal(model)), &plain))
	return plain
}

// Fill sets members of a request by the name that the cloud or the SDK gives them. A member that the request has not
// is a mistake of the program. Where the model wants text and the value is a number, it becomes text.
func Fill(request any, members map[string]any) {
	model := reflect.ValueOf(request).Elem()
	for name, value := range members {
		field := reflect.Value{}
		for at := 0; at < model.NumField(); at++ {
			tag := strings.Split(model.Type().Field(at).Tag.Get("json"), ",")[0]
			if tag == name || strings.EqualFold(model.Type().Field(at).Name, name) {
				field = model.Field(at)
			}
		}
		if !field.IsValid() {
			Fail("%s has no %s", model.Type().Name(), name)
		}
		raw := Must(json.Marshal(value))
		if json.Unmarshal(raw, field.Addr().Interface()) != nil {
			texts := regexp.MustCompile(`-?\d+`).ReplaceAll(raw, []byte(`"$0"`))
			OK(json.Unmarshal(texts, field.Addr().Interface()))
		}
	}
}

// Every fails for a member that the model declares and nobody compares.
func Every(model any, wanted map[string]any) {
	structure := reflect.TypeOf(model).Elem()
	for at := 0; at < structure.NumField(); at++ {
		name := strings.Split(structure.Field(at).Tag.Get("json"), ",")[0]
		if _, known := wanted[name]; !known {
			Fail("%s.%s is not compared", structure.Name(), name)
		}
	}
}

// Pick gives the values of one member over a list of objects, sorted.
func Pick(objects any, member string) []string {
	picked := []string{}
	all, _ := objects.([]any)
	for _, each := range all {
		picked = append(picked, each.(map[string]any)[member].(string))
	}
	sort.Strings(picked)
	return picked
}

// Sorted is a sorted copy.
func Sorted(texts ...string) []string {
	copied := append([]string{}, texts...)
	sort.Strings(copied)
	return copied
}

// Merge is a with the members of b.
func Merge(a, b map[string]any) map[string]any {
	merged := map[string]any{}
	for _, each := range []map[string]any{a, b} {
		for name, value := range each {
			merged[name] = value
		}
	}
	return merged
}

// Control is one call of Snapstand's own API, about the flow's world.
func (f *Flow) Control(method, path string, body any) string {
	if strings.Contains(path, "?") {
		return Control(method, path+"&world="+f.Key, body)
	}
	return Control(method, path+"?world="+f.Key, body)
}

// Control is one call of Snapstand's own API.
func Control(method, path string, body any) string {
	contentType, data := "application/json", []byte(nil)
	if text, ok := body.(string); ok {
		contentType, data = "text/plain", []byte(text)
	} else if body != nil {
		data = Must(json.Marshal(body))
	}
	request := Must(http.NewRequest(method, URL+"/_snapstand"+path, bytes.NewReader(data)))
	request.Header.Set("Content-Type", contentType)
	answer := Must(http.DefaultClient.Do(request))
	defer answer.Body.Close()
	text := string(Must(io.ReadAll(answer.Body)))
	if answer.StatusCode >= 300 {
		Fail("%s %s: %d %s", method, path, answer.StatusCode, text)
	}
	return text
}

// Advance moves the world's clock.
func (f *Flow) Advance(duration string) {
	f.Control("POST", "/clock/advance", map[string]string{"by": duration})
}

// Settings changes some settings of the world; nil is the default.
func (f *Flow) Settings(values map[string]any) { f.Control("PATCH", "/settings", values) }

// Content reads the marker that a volume carries.
func (f *Flow) Content(provider, volume string) string {
	return f.Control("GET", "/"+provider+"/volumes/"+volume+"/content", nil)
}

// Write gives a volume a marker.
func (f *Flow) Write(provider, volume, text string) {
	f.Control("PUT", "/"+provider+"/volumes/"+volume+"/content", text)
}

// Wait polls as the client's users do; between two looks a second passes in the world, or a moment if the flow is live.
func (f *Flow) Wait(look func() string, want string) {
	seen := ""
	for range [40]int{} {
		if seen = look(); seen == want {
			return
		}
		if f.Live {
			time.Sleep(liveLook)
		} else {
			f.Advance("PT1S")
		}
	}
	Fail("still %q after 40 looks, not %q", seen, want)
}

// Together runs the jobs at once, all started at one signal, and gives their results in order.
func Together[T any](count int, job func(n int) T) []T {
	results, failures := make([]T, count), make([]any, count)
	start := make(chan struct{})
	var all sync.WaitGroup
	for n := range results {
		all.Add(1)
		go func(n int) {
			defer all.Done()
			defer func() { failures[n] = recover() }()
			<-start
			results[n] = job(n)
		}(n)
	}
	close(start)
	all.Wait()
	for _, thrown := range failures {
		if thrown != nil {
			panic(thrown)
		}
	}
	return results
}
