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
	Common map[string][]DocumentedError `json:"common"`
	// Of each cloud, the defaults of its settings and what time does, with what they rest on.
	Behaviours map[string][]Behaviour `json:"behaviours"`
	NotServed  []NotServed            `json:"notServed"`
}

// Evidence is what something rests on: who says so, from what it was concluded, or why it was chosen.
type Evidence struct {
	// documented, client, recorded, inferred or invented; which of the others say something depends on it.
	Kind string `json:"kind"`
	// Where docs/clouds/ has it.
	Section string `json:"section"`
	// documented: the page, and the day by which it had been read.
	Page   string `json:"page"`
	ReadBy string `json:"readBy"`
	// client: which declare it, send it or cannot do without it.
	Clients []string `json:"clients"`
	// recorded: the day, and by what.
	On   string `json:"on"`
	Tool string `json:"tool"`
	// inferred: from what.
	Basis string `json:"basis"`
	// invented: why.
	Why string `json:"why"`
}

// Statement is something that an operation does, and what that rests on.
type Statement struct {
	Text     string   `json:"text"`
	Evidence Evidence `json:"evidence"`
}

// Behaviour is the default of a setting, or what time does.
type Behaviour struct {
	// setting or time.
	About string `json:"about"`
	Name  string `json:"name"`
	Statement
}

// EvidenceCounts says how many of an operation, its members, errors, states and notes rest on what.
type EvidenceCounts struct {
	Documented int `json:"documented"`
	Client     int `json:"client"`
	Recorded   int `json:"recorded"`
	Inferred   int `json:"inferred"`
	Invented   int `json:"invented"`
}

// Members are what is sent and answered that rests on the same: body.diskId, answer.snapshotId.
type Members struct {
	Evidence Evidence `json:"evidence"`
	Names    []string `json:"names"`
}

// Operation is an operation of a cloud: what it and all of it rests on, and how each of its errors is reached.
type Operation struct {
	Provider string `json:"provider"`
	Name     string `json:"name"`
	Summary  string `json:"summary"`
	// The evidence in words.
	Source   string            `json:"source"`
	Evidence Evidence          `json:"evidence"`
	Counts   EvidenceCounts    `json:"counts"`
	Route    Route             `json:"route"`
	Aliases  []Route           `json:"aliases"`
	Versions []string          `json:"versions"`
	Errors   []DocumentedError `json:"errors"`
	// volume or snapshot: what a success makes, and a fault with the outcome fails lets fail afterwards.
	Makes string `json:"makes"`
	// What is sent and answered, by what it rests on.
	Members []Members `json:"members"`
	// In which states it takes what it is about.
	States []Statement `json:"states"`
	// What else it does, and what it accepts and ignores.
	Notes []Statement `json:"notes"`
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
	// That this operation answers it, and then; nil: not told.
	Evidence *Evidence `json:"evidence"`
	// That the cloud has this code, with this status; and its message.
	CodeEvidence Evidence `json:"codeEvidence"`
	TextEvidence Evidence `json:"textEvidence"`
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
