package harness

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Faulty is what flow 7 needs of a client: what goes wrong because it was asked for, and what the client makes of it.
type Faulty struct {
	Provider string
	// In an order in which the first is the one that the codes of all operations are produced by. Nothing has to be there:
	// a call that is valid is met by the rule before anybody looks for what it names.
	Calls []FaultyCall
	// Said takes the SDK's own error apart, and fails on any other.
	Said func(err error) Said
}

type FaultyCall struct {
	Operation string
	Call      func() error
}

// Said is what an SDK's error holds.
type Said struct{ Code, Message, RequestID string }

// Entry is what the journal tells of a call.
type Entry struct {
	ID     string
	Status int
	Code   string
	Fault  string
}

type documented struct {
	Code, Message string
	Status        int
}

// Fault puts a rule into the world, for as long as act takes.
func (f *Flow) Fault(provider, operation string, rule map[string]any, act func()) {
	f.Control("PUT", "/faults/flow", Merge(map[string]any{"provider": provider, "operation": operation}, rule))
	defer f.Control("DELETE", "/faults", nil)
	act()
}

// Journal gives the newest calls of an operation, the oldest of them first, and how many calls there were in all.
func (f *Flow) Journal(operation string, count int) (entries []Entry, added int) {
	var answer struct {
		Added    int
		Requests []Entry
	}
	OK(json.Unmarshal([]byte(f.Control("GET", fmt.Sprintf("/requests?operation=%s&limit=%d", operation, count), nil)), &answer))
	for at := len(answer.Requests) - 1; at >= 0; at-- {
		entries = append(entries, answer.Requests[at])
	}
	return entries, answer.Added
}

// Codes of the newest calls of an operation, a blank for a success.
func (f *Flow) Codes(operation string, count int) string {
	entries, _ := f.Journal(operation, count)
	codes := []string{}
	for _, entry := range entries {
		codes = append(codes, entry.Code)
	}
	return strings.Join(codes, " ")
}

// Counted gives how many calls act made.
func (f *Flow) Counted(operation string, act func()) int {
	_, before := f.Journal(operation, 1)
	act()
	_, after := f.Journal(operation, 1)
	return after - before
}

// Produced produces one code, as the client's user sees it: the SDK's own error holds what the cloud documents.
func (f *Flow) produced(faulty Faulty, call FaultyCall, refusal documented) {
	var thrown error
	f.Fault(faulty.Provider, call.Operation, map[string]any{"then": map[string]any{"error": refusal.Code}}, func() { thrown = call.Call() })
	entries, _ := f.Journal(call.Operation, 1)
	if thrown == nil || len(entries) != 1 {
		Fail("%s was not refused", call.Operation)
	}
	said := faulty.Said(thrown)
	// What stands in angle brackets in a documented text is put in by the cloud.
	Equal("message", any(said.Message), Like(regexp.MustCompile("<.*?>").ReplaceAllString(regexp.QuoteMeta(refusal.Message), ".+")))
	Equal("what the SDK's error says", said, Said{refusal.Code, said.Message, entries[0].ID})
	Equal("what the journal says", entries[0], Entry{entries[0].ID, refusal.Status, refusal.Code, "flow"})
}

// ProduceAll produces every documented code of the cloud.
func (f *Flow) ProduceAll(faulty Faulty) {
	var listed struct {
		Operations []struct {
			Name   string
			Errors []documented
		}
		Common map[string][]documented
	}
	OK(json.Unmarshal([]byte(Control("GET", "/operations?provider="+faulty.Provider, nil)), &listed))
	rows, left := map[string][]documented{}, map[string]bool{}
	for _, row := range listed.Operations {
		rows[row.Name] = row.Errors
		for _, each := range row.Errors {
			left[each.Code] = true
		}
	}
	all := func(name string, call FaultyCall, refusals []documented) {
		f.Check(name, func() {
			for _, refusal := range refusals {
				f.produced(faulty, call, refusal)
				delete(left, refusal.Code)
			}
		})
	}
	common := listed.Common[faulty.Provider]
	for _, each := range common {
		left[each.Code] = true
	}
	count := len(left)
	all(fmt.Sprintf("%d codes that any operation may answer", len(common)), faulty.Calls[0], common)
	for _, call := range faulty.Calls {
		all("every code of "+call.Operation, call, rows[call.Operation])
	}
	f.Check(fmt.Sprintf("all %d documented codes", count), func() { Equal("not produced", fmt.Sprint(left), fmt.Sprint(map[string]bool{})) })
}
