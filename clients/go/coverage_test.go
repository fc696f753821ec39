package snapstand

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"
)

// Every exported method of what a user gets is called, with every argument and member filled, against a recorder. What
// was sent then is held against the server's own description: nobody keeps a list.

// One call that a method made.
type recorded struct {
	method  reflect.Method
	verb    string
	path    string
	query   []string
	headers http.Header
	members []string
}

func (r recorded) String() string {
	return fmt.Sprintf("%s, which calls %s %s", r.method.Name, r.verb, r.path)
}

// Takes down what is sent, and answers all of it with as good as nothing.
type recorder struct {
	current reflect.Method
	calls   []recorded
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	call := recorded{method: r.current, verb: request.Method, headers: request.Header}
	call.path = strings.TrimPrefix(request.URL.EscapedPath(), "/_snapstand")
	for name := range request.URL.Query() {
		call.query = append(call.query, name)
	}
	if request.Body != nil {
		sent, err := io.ReadAll(request.Body)
		if err != nil {
			return nil, err
		}
		var body any
		if json.Unmarshal(sent, &body) == nil {
			call.members = membersIn(body, "")
		}
	}
	r.calls = append(r.calls, call)
	answer := "null"
	if request.Header.Get("Accept") == "text/event-stream" {
		answer = "retry: 1\nid: a-1\n\n"
	}
	return &http.Response{
		StatusCode: http.StatusOK, Request: request, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(answer)),
	}, nil
}

func membersIn(body any, within string) []string {
	object, _ := body.(map[string]any)
	found := []string{}
	for name, member := range object {
		found = append(append(found, within+name), membersIn(member, within+name+".")...)
	}
	return found
}

// A test that nothing happens to.
type quietTest struct{ cleanups []func() }

func (*quietTest) Helper()                 {}
func (*quietTest) Name() string            { return "quiet" }
func (q *quietTest) Cleanup(f func())      { q.cleanups = append(q.cleanups, f) }
func (*quietTest) Failed() bool            { return false }
func (*quietTest) Logf(string, ...any)     {}
func (q *quietTest) Fatalf(string, ...any) {}

func recordAll(t *testing.T) []recorded {
	recorder := &recorder{}
	server, err := Connect(context.Background(), "http://recorder", ConnectOptions{Client: &http.Client{Transport: recorder}})
	if err != nil {
		t.Fatal(err)
	}
	recorder.calls = nil
	recorder.callAll(server)
	// No name of a world that is sent as it is: such a one goes in a header, too.
	recorder.callAll(server.WorldNamed("a world"))
	return recorder.calls
}

func (r *recorder) callAll(handle any) {
	value := reflect.ValueOf(handle)
	for n := 0; n < value.NumMethod(); n++ {
		r.current = value.Type().Method(n)
		quiet := &quietTest{}
		arguments := []reflect.Value{}
		for at := 0; at < value.Method(n).Type().NumIn(); at++ {
			arguments = append(arguments, filled(value.Method(n).Type().In(at), quiet))
		}
		for _, result := range value.Method(n).Call(arguments) {
			if stream, ok := result.Interface().(*EventStream); ok && stream != nil {
				for stream.Next() {
				}
			}
		}
		for _, cleanup := range quiet.cleanups {
			cleanup()
		}
	}
	fields := value.Elem()
	for n := 0; n < fields.NumField(); n++ {
		if field := fields.Type().Field(n); field.IsExported() && field.Type.Kind() == reflect.Pointer {
			r.callAll(fields.Field(n).Interface())
		}
	}
}

// A value in which nothing is zero.
func filled(of reflect.Type, quiet *quietTest) reflect.Value {
	for _, known := range []any{context.Background(), time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), time.Second, quiet} {
		if reflect.TypeOf(known).AssignableTo(of) && (of.Kind() != reflect.Interface || of.NumMethod() > 0) {
			return reflect.ValueOf(known)
		}
	}
	value := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.Interface:
		if reader := reflect.ValueOf(strings.NewReader("{}")); reader.Type().AssignableTo(of) {
			value.Set(reader)
		}
	case reflect.Pointer:
		value.Set(reflect.New(of.Elem()))
		value.Elem().Set(filled(of.Elem(), quiet))
	case reflect.Struct:
		for n := 0; n < of.NumField(); n++ {
			value.Field(n).Set(filled(of.Field(n).Type, quiet))
		}
	case reflect.Slice:
		value.Set(reflect.Append(value, filled(of.Elem(), quiet)))
	case reflect.Map:
		value.Set(reflect.MakeMap(of))
		value.SetMapIndex(reflect.ValueOf("member"), filled(of.Elem(), quiet))
	case reflect.String:
		value.SetString("x")
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Int, reflect.Int64:
		value.SetInt(1)
	case reflect.Float64:
		value.SetFloat(0.5)
	case reflect.Uint8:
		value.SetUint('x')
	}
	return value
}

// An OpenAPI document, as far as it is read here.
type description struct {
	Paths      map[string]map[string]*operation
	Components struct {
		Parameters map[string]parameter
		Schemas    map[string]*schema
	}
}

type operation struct {
	OperationID string
	Parameters  []parameter
	RequestBody struct {
		Content map[string]struct{ Schema *schema }
	}
	Responses map[string]struct {
		Content map[string]struct{ Schema *schema }
	}
}

type parameter struct {
	Ref  string `json:"$ref"`
	Name string
	In   string
}

type schema struct {
	Ref           string `json:"$ref"`
	Properties    map[string]*schema
	Items         *schema
	AnyOf         []*schema
	ContentSchema *schema
}

func (d *description) followed(s *schema) *schema {
	if s == nil || s.Ref == "" {
		return s
	}
	return d.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
}

// The members of an object, and of the objects in it.
func (d *description) members(s *schema, within string) []string {
	found := []string{}
	if s = d.followed(s); s == nil {
		return found
	}
	for name, member := range s.Properties {
		found = append(append(found, within+name), d.members(member, within+name+".")...)
	}
	return found
}

func (d *description) parameters(o *operation, in string) []string {
	names := []string{}
	for _, each := range o.Parameters {
		if each.Ref != "" {
			each = d.Components.Parameters[each.Ref[strings.LastIndex(each.Ref, "/")+1:]]
		}
		if each.In == in {
			names = append(names, each.Name)
		}
	}
	return names
}

var pathParameter = regexp.MustCompile(`\\\{\w+\\\}`)

// The operation that a call is; a path without parameters goes before one with.
func (d *description) operationOf(call recorded) *operation {
	if exact := d.Paths[call.path][strings.ToLower(call.verb)]; exact != nil {
		return exact
	}
	for path, operations := range d.Paths {
		pattern := regexp.MustCompile("^" + pathParameter.ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$")
		if found := operations[strings.ToLower(call.verb)]; found != nil && pattern.MatchString(call.path) {
			return found
		}
	}
	return nil
}

// What a method gives that no error is.
func answerOf(method reflect.Method) reflect.Type {
	if method.Type.NumOut() == 2 {
		return method.Type.Out(0)
	}
	return nil
}

// What is described and cannot be sent or read, and what is sent and not described.
func gaps(d *description, calls []recorded) []string {
	found := []string{}
	sent := map[*operation]map[string]bool{}
	read := map[reflect.Type]map[string]bool{}
	for _, call := range calls {
		operation := d.operationOf(call)
		if operation == nil {
			found = append(found, fmt.Sprintf("%v: there is no such operation", call))
			continue
		}
		if sent[operation] == nil {
			sent[operation] = map[string]bool{}
		}
		note := func(kind string, names, known []string) {
			for _, name := range names {
				sent[operation][kind+name] = true
				if known != nil && !contains(known, name) {
					found = append(found, fmt.Sprintf("%v: sends %s%s, which is not described", call, kind, name))
				}
			}
		}
		note("?", call.query, d.parameters(operation, "query"))
		for _, name := range d.parameters(operation, "header") {
			if call.headers.Get(name) != "" {
				note("header ", []string{name}, nil)
			}
		}
		body := operation.RequestBody.Content["application/json"].Schema
		members := d.members(body, "")
		if len(members) == 0 {
			// What is free to be anything.
			members = nil
		}
		note("body.", call.members, freed(call.members, members))
		for kind, content := range operation.Responses["200"].Content {
			answer := answerOf(call.method)
			schema := content.Schema
			if kind == "text/event-stream" {
				answer, schema = reflect.TypeOf(Event{}), schema.ContentSchema
			} else if kind != "application/json" {
				continue
			}
			for _, gap := range d.unread(answer, schema, read) {
				found = append(found, fmt.Sprintf("%v: %s", call, gap))
			}
		}
	}
	for path, operations := range d.Paths {
		for verb, operation := range operations {
			name := fmt.Sprintf("%s (%s %s)", operation.OperationID, strings.ToUpper(verb), path)
			if sent[operation] == nil {
				found = append(found, name+": no method calls it")
				continue
			}
			want := func(kind string, names []string) {
				for _, each := range names {
					if !sent[operation][kind+each] {
						found = append(found, fmt.Sprintf("%s: no method sends %s%s", name, kind, each))
					}
				}
			}
			want("?", d.parameters(operation, "query"))
			want("header ", d.parameters(operation, "header"))
			want("body.", d.members(operation.RequestBody.Content["application/json"].Schema, ""))
		}
	}
	for of, names := range read {
		for name := range fieldsOf(of) {
			if !names[name] {
				found = append(found, fmt.Sprintf("%s.%s: no answer has it", of.Name(), name))
			}
		}
	}
	sort.Strings(found)
	return found
}

// Members below one whose own members are not described are free.
func freed(sent, known []string) []string {
	if known == nil {
		return nil
	}
	all := append([]string{}, known...)
	for _, name := range sent {
		above := name
		for strings.Contains(above, ".") {
			above = above[:strings.LastIndex(above, ".")]
			if contains(known, above) && !hasMembers(known, above) {
				all = append(all, name)
			}
		}
	}
	return all
}

func hasMembers(known []string, name string) bool {
	for _, each := range known {
		if strings.HasPrefix(each, name+".") {
			return true
		}
	}
	return false
}

func contains(names []string, name string) bool {
	for _, each := range names {
		if each == name {
			return true
		}
	}
	return false
}

// What an answer says and its Go type has no field for; what it has is noted.
func (d *description) unread(of reflect.Type, s *schema, read map[reflect.Type]map[string]bool) []string {
	if of == nil || of == reflect.TypeOf(json.RawMessage{}) {
		return nil
	}
	s = d.followed(s)
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	found := []string{}
	for _, each := range s.AnyOf {
		found = append(found, d.unread(of, each, read)...)
	}
	if of.Kind() == reflect.Slice && s.Items != nil {
		return append(found, d.unread(of.Elem(), s.Items, read)...)
	}
	if len(s.Properties) > 0 && of.Kind() != reflect.Struct && of.Kind() != reflect.Map && of.Kind() != reflect.Interface {
		return append(found, fmt.Sprintf("an object is read as %v", of))
	}
	if of.Kind() != reflect.Struct {
		return found
	}
	fields := fieldsOf(of)
	if len(fields) == 0 {
		// It is no answer, but a handle made of it.
		return nil
	}
	for name, member := range s.Properties {
		field, has := fields[name]
		if !has {
			// Two types of events say other things by the same name, which the type reads by itself.
			if of != reflect.TypeOf(Event{}) || fieldsOf(reflect.TypeOf(RequestSummary{}))[name] == nil && name != "request" {
				found = append(found, fmt.Sprintf("%s has no field for %s", of.Name(), name))
			}
			continue
		}
		for _, owner := range ownersOf(of, name) {
			if read[owner] == nil {
				read[owner] = map[string]bool{}
			}
			read[owner][name] = true
		}
		found = append(found, d.unread(field, member, read)...)
	}
	return found
}

// A struct that has a field, and those that it has it from.
func ownersOf(of reflect.Type, name string) []reflect.Type {
	owners := []reflect.Type{of}
	for n := 0; n < of.NumField(); n++ {
		if field := of.Field(n); field.Anonymous && fieldsOf(field.Type)[name] != nil {
			owners = append(owners, ownersOf(field.Type, name)...)
		}
	}
	return owners
}

// The fields of a struct, by their names in JSON, those of embedded ones included.
func fieldsOf(of reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for n := 0; n < of.NumField(); n++ {
		field := of.Field(n)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && name == "":
			for name, each := range fieldsOf(field.Type) {
				fields[name] = each
			}
		case field.IsExported() && name != "-" && name != "":
			fields[name] = field.Type
		}
	}
	return fields
}

func described(t *testing.T) *description {
	text, err := Start(t).OpenAPI(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d := &description{}
	if err := json.Unmarshal(text, d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryOperationCanBeCalledWithAllThatItTakes(t *testing.T) {
	t.Parallel()
	d := described(t)
	if len(d.Paths) < 20 {
		t.Fatalf("only %d paths are described", len(d.Paths))
	}
	for _, gap := range gaps(d, recordAll(t)) {
		t.Error(gap)
	}
}

func TestWhatIsNewOrGoneIsNoticed(t *testing.T) {
	t.Parallel()
	calls := recordAll(t)
	for _, each := range []struct {
		name  string
		plant func(d *description)
		want  string
	}{
		{"a door", func(d *description) {
			d.Paths["/planted/{id}"] = map[string]*operation{"post": {OperationID: "plant"}}
		}, "plant (POST /planted/{id}): no method calls it"},
		{"a parameter", func(d *description) {
			agenda := d.Paths["/agenda"]["get"]
			agenda.Parameters = append(agenda.Parameters, parameter{Name: "planted", In: "query"})
		}, "getAgenda (GET /agenda): no method sends ?planted"},
		{"a member of a body", func(d *description) {
			d.Components.Schemas["Expectation"].Properties["planted"] = &schema{}
		}, "expectRequests (POST /requests/expect): no method sends body.planted"},
		{"a member of an answer", func(d *description) {
			d.Components.Schemas["AdvanceReport"].Properties["planted"] = &schema{}
		}, "AdvanceTo, which calls POST /clock/advance: AdvanceReport has no field for planted"},
		{"an object in place of a text", func(d *description) {
			d.Components.Schemas["Setting"].Properties["source"].Properties = map[string]*schema{"planted": {}}
		}, "Patch, which calls PATCH /settings: an object is read as string"},
		{"a door that is gone", func(d *description) {
			delete(d.Paths, "/clock/stop")
		}, "Stop, which calls POST /clock/stop: there is no such operation"},
		{"a parameter that is gone", func(d *description) {
			d.Paths["/timeline"]["get"].Parameters = nil
		}, "Timeline, which calls GET /timeline: sends ?marks, which is not described"},
		{"a member that is gone", func(d *description) {
			delete(d.Components.Schemas["Clock"].Properties, "now")
			delete(d.Components.Schemas["WorldSummary"].Properties, "calls")
		}, "WorldSummary.calls: no answer has it"},
	} {
		each := each
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			d := described(t)
			each.plant(d)
			if found := gaps(d, calls); !contains(found, each.want) {
				t.Errorf("not noticed: %s\nfound: %s", each.want, strings.Join(found, "\n"))
			}
		})
	}
}
