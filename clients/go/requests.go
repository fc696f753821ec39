package snapstand

import (
	"context"
	"encoding/json"
	"time"
)

// RequestSummary is what one call of a cloud was, without its bodies.
type RequestSummary struct {
	// The request id that the client got.
	ID string `json:"id"`
	// Empty: refused before it was known who calls.
	World    string `json:"world"`
	Provider string `json:"provider"`
	// Empty: no such operation.
	Operation string `json:"operation"`
	Version   string `json:"version"`
	// By the world's clock, and by the wall clock.
	At         time.Time `json:"at"`
	WallAt     time.Time `json:"wallAt"`
	DurationMs float64   `json:"durationMs"`
	Method     string    `json:"method"`
	URL        string    `json:"url"`
	// 0: no answer was sent.
	Status int    `json:"status"`
	Code   string `json:"code"`
	// What was sent and no operation reads.
	Unused []string `json:"unused"`
	// Ids in the path, the body and the answer.
	Resources []string `json:"resources"`
	// Why it was refused; nil: it was not.
	Refusal *Why `json:"refusal"`
	// What the signature did in another way than the cloud's own clients; accepted all the same.
	Habit string `json:"habit"`
	// The fault that did something to it.
	Fault string `json:"fault"`
	// What a fault did to the connection: nobody got the answer, or its beginning only.
	Connection FaultConnection `json:"connection"`
}

// Why is why a call was refused: what the cloud never tells.
type Why struct {
	// A plain sentence: what is wrong, and the way out.
	Hint  string `json:"hint"`
	Field string `json:"field"`
	// What was sent there, or what is meant by it.
	Value string `json:"value"`
	// Which rule refused, and where it comes from.
	Rule string `json:"rule"`
	// As the server computed them.
	CanonicalRequest string `json:"canonicalRequest"`
	StringToSign     string `json:"stringToSign"`
	// What the client signed, where a known mistake leads to its signature.
	ClientCanonicalRequest string `json:"clientCanonicalRequest"`
}

// JournalEntry is what one call was, and why it was answered so.
type JournalEntry struct {
	RequestSummary
	// The bodies that were sent and answered, cut where they are long.
	Request  string `json:"request"`
	Response string `json:"response"`
	// What a replay has to send; nothing that authenticates.
	Headers map[string]string `json:"headers"`
	// The bodies that were cut: request, response.
	Cut []string `json:"cut"`
}

// Requests are calls of the journal.
type Requests struct {
	World string `json:"world"`
	// How many there were since the journal was last emptied.
	Added int `json:"added"`
	// How many of them are no longer there.
	Dropped int `json:"dropped"`
	// How many there are that were asked for.
	Found  int           `json:"found"`
	Counts RequestCounts `json:"counts"`
	// What was sent and no operation reads, as "CreateSnapshot body.foo", with how often: the most frequent.
	Unused map[string]int `json:"unused"`
	// How often others were sent, of which there are too many to list.
	UnusedMore int `json:"unusedMore"`
	// The newest first.
	Requests []JournalEntry `json:"requests"`
}

// RequestCounts says how many calls there were of what.
type RequestCounts struct {
	Operation map[string]int `json:"operation"`
	Status    map[string]int `json:"status"`
	Code      map[string]int `json:"code"`
}

// RequestsFilter says which calls of the journal are told.
type RequestsFilter struct {
	Provider  string
	Operation string
	Status    int
	Code      string
	// An id in the path, the body or the answer.
	Resource string
	// Whether it was refused.
	Refusal *bool
	// The fault that did something to it.
	Fault string
	// Stands as it is in the URL, in what is kept of the bodies, or in the words of the refusal.
	Text          string
	After, Before time.Time
	// How many are listed; without, 100; 0: they are counted only.
	Limit *int
}

// WorldRequests has the calls about a world's journal.
type WorldRequests struct{ scope *scope }

// List tells the calls that the clouds had, the newest first, with how many there were of what.
func (r *WorldRequests) List(ctx context.Context, filter RequestsFilter) (Requests, error) {
	c := r.scope.call("GET", "requests")
	c.query.text("provider", filter.Provider).text("operation", filter.Operation).number("status", filter.Status).
		text("code", filter.Code).text("resource", filter.Resource).text("fault", filter.Fault).text("text", filter.Text).
		instant("after", filter.After).instant("before", filter.Before)
	if filter.Refusal != nil {
		c.query["refusal"] = jsonText(*filter.Refusal)
	}
	if filter.Limit != nil {
		c.query["limit"] = jsonText(*filter.Limit)
	}
	return ask[Requests](ctx, r.scope.wire, c)
}

// Clear empties the journal.
func (r *WorldRequests) Clear(ctx context.Context) error {
	return r.scope.tell(ctx, r.scope.call("DELETE", "requests"))
}

// Get tells one call, by the request id that its client got.
func (r *WorldRequests) Get(ctx context.Context, id string) (JournalEntry, error) {
	return ask[JournalEntry](ctx, r.scope.wire, r.scope.call("GET", "requests", id))
}

// Curl tells the shell command that sends a call again, without its credentials.
func (r *WorldRequests) Curl(ctx context.Context, id string) (string, error) {
	text, err := r.scope.read(ctx, r.scope.call("GET", "requests", id, "curl"))
	return string(text), err
}

// Expectation is calls that there should be, and how many of them: at least one where nothing else is said.
type Expectation struct {
	// Its name, or * for any.
	Operation string
	Provider  string
	// An id in the path, the body or the answer.
	Resource string
	Status   int
	Code     string
	// What the JSON that was sent holds: more members may be there; lists have as many items, in the same order.
	Body map[string]any
	// So many, neither more nor less.
	Times   *int
	AtLeast *int
	AtMost  *int
	// Not before this instant of the world.
	After time.Time
	// So long it is waited for, by the wall clock.
	Within time.Duration
}

// MarshalJSON writes it as the API reads it.
func (e Expectation) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Operation string         `json:"operation"`
		Provider  string         `json:"provider,omitempty"`
		Resource  string         `json:"resource,omitempty"`
		Status    int            `json:"status,omitempty"`
		Code      string         `json:"code,omitempty"`
		Body      map[string]any `json:"body,omitempty"`
		Times     *int           `json:"times,omitempty"`
		AtLeast   *int           `json:"atLeast,omitempty"`
		AtMost    *int           `json:"atMost,omitempty"`
		After     string         `json:"after,omitempty"`
		WithinMs  int64          `json:"withinMs,omitempty"`
	}{
		e.Operation, e.Provider, e.Resource, e.Status, e.Code, e.Body, e.Times, e.AtLeast, e.AtMost,
		instantText(e.After), e.Within.Milliseconds(),
	})
}

// Expected are the calls that were found.
type Expected struct {
	World string `json:"world"`
	// How many such calls there were.
	Count int `json:"count"`
	// The newest first, 100 of them at most.
	Requests []RequestSummary `json:"requests"`
}

// Expect tells whether the journal holds such calls, or will within Within; where it does not, the error is an [*Unmet]
// with the calls that were nearly it.
func (r *WorldRequests) Expect(ctx context.Context, expected Expectation) (Expected, error) {
	c := r.scope.call("POST", "requests", "expect")
	c.body = expected
	return ask[Expected](ctx, r.scope.wire, c)
}
