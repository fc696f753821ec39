package snapstand

import "context"

// Operations tells what is served of each cloud, and what is not; of one cloud, where it is named.
func (s *Server) Operations(ctx context.Context, provider string) (Operations, error) {
	return ask[Operations](ctx, s.wire, call{
		method: "GET", path: []string{"operations"}, query: query{}.text("provider", provider),
	})
}

// Operations is what is served of each cloud, and what is not.
type Operations struct {
	// The page of each cloud that sources cite.
	Specification map[string]string `json:"specification"`
	Operations    []Operation       `json:"operations"`
	// What any operation of a cloud may answer.
	Common    map[string][]DocumentedError `json:"common"`
	NotServed []NotServed                  `json:"notServed"`
}

// Operation is an operation of a cloud: where it is documented, and how each of its errors is reached.
type Operation struct {
	Provider string            `json:"provider"`
	Name     string            `json:"name"`
	Summary  string            `json:"summary"`
	Source   string            `json:"source"`
	Route    Route             `json:"route"`
	Aliases  []Route           `json:"aliases"`
	Versions []string          `json:"versions"`
	Errors   []DocumentedError `json:"errors"`
	// volume or snapshot: what a success makes, and a fault with the outcome fails lets fail afterwards.
	Makes string `json:"makes"`
	// What is inferred, invented, or accepted and ignored.
	Notes []string `json:"notes"`
}

// Route is where an operation is called.
type Route struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// An action header's value, or a query key.
	Selector string `json:"selector"`
}

// DocumentedError is an error that a cloud documents.
type DocumentedError struct {
	Code    string `json:"code"`
	Status  int    `json:"status"`
	Message string `json:"message"`
	Source  string `json:"source"`
	// How it is reached.
	Reach string `json:"reach"`
	// A rule to put that lets the next calls answer it, whatever the state of the world.
	ByFault FaultRule `json:"byFault"`
}

// NotServed is an operation that the cloud has and Snapstand has not.
type NotServed struct {
	Provider string `json:"provider"`
	Name     string `json:"name"`
	Reason   string `json:"reason"`
	Source   string `json:"source"`
}
