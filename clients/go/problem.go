package snapstand

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Problem is a call that the control API refused: problem details (RFC 9457), with what is wrong and what would be right.
type Problem struct {
	Type string `json:"type"`
	// The words of the status.
	Title  string `json:"title"`
	Status int    `json:"status"`
	// What is wrong, and the way out, as a sentence.
	Detail string `json:"detail"`
	// What it is about: a member, a parameter, a header.
	Field string `json:"field"`
	// What was sent there.
	Value any `json:"value"`
	// What would have been right there.
	Example any `json:"example"`
	// Why, as a word or a few.
	Reason string `json:"reason"`
	// The known name that comes nearest.
	Nearest string `json:"nearest"`
	// All names that are known there.
	Known []string `json:"known"`
	// Of a state that cannot be imported: what is wrong in it, and how much more there is.
	Wrongs []Wrong `json:"wrongs"`
	More   int     `json:"more"`
	// The answer as it came: some problems say more.
	Raw json.RawMessage `json:"-"`
}

// Wrong is one thing that is wrong in a document.
type Wrong struct {
	// Line, column and path: body:2:5 baidu.zones[0].
	Where  string `json:"where"`
	Reason string `json:"reason"`
	// What would be right there.
	Expected string `json:"expected"`
}

// Error is the detail, and a line for each thing that is wrong in a document.
func (p *Problem) Error() string {
	lines := []string{p.Detail}
	for _, wrong := range p.Wrongs {
		line := "- " + wrong.Where + ": " + wrong.Reason
		if wrong.Expected != "" {
			line += " (" + wrong.Expected + ")"
		}
		lines = append(lines, line)
	}
	if p.More > 0 {
		lines = append(lines, fmt.Sprintf("- … and %d more", p.More))
	}
	return strings.Join(lines, "\n")
}

// Unmet is an expectation that the journal does not hold. It is a [*Problem], too.
type Unmet struct {
	Problem
	World string `json:"world"`
	// How many such calls there were.
	Count    int              `json:"count"`
	Requests []RequestSummary `json:"requests"`
	// The calls that were nearly it, the nearest first.
	Misses []Miss `json:"misses"`
}

// Miss is a call that was nearly one of those that were expected.
type Miss struct {
	Request     RequestSummary `json:"request"`
	Differences []Difference   `json:"differences"`
}

// Difference is what makes a call another one than was expected.
type Difference struct {
	// Of what was expected: status, body.diskId.
	Member   string `json:"member"`
	Expected any    `json:"expected"`
	// Nil: it has no such member.
	Actual any `json:"actual"`
	// Why it cannot be told.
	Reason string `json:"reason"`
}

// Error names the calls that were nearly it, and what differs in each.
func (u *Unmet) Error() string {
	lines := []string{u.Detail}
	for _, miss := range u.Misses {
		lines = append(lines, miss.String())
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the problem that it is.
func (u *Unmet) Unwrap() error {
	return &u.Problem
}

// String is one line: which call, and what differs.
func (m Miss) String() string {
	name := m.Request.Operation
	if name == "" {
		name = m.Request.URL
	}
	words := make([]string, len(m.Differences))
	for n, difference := range m.Differences {
		words[n] = difference.String()
	}
	return fmt.Sprintf("- %s (%s): %s", name, m.Request.ID, strings.Join(words, "; "))
}

// String says what was found and what was expected.
func (d Difference) String() string {
	found := d.Reason
	if found == "" {
		found = "missing"
		if d.Actual != nil {
			found = jsonText(d.Actual)
		}
	}
	return fmt.Sprintf("%s is %s, not %s", d.Member, found, jsonText(d.Expected))
}

func jsonText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}

// The error that an answer tells.
func refusal(status int, text []byte, call string) error {
	problem := Problem{}
	isProblem := json.Unmarshal(text, &problem) == nil
	problem.Raw = text
	problem.Status = status
	if problem.Detail == "" {
		problem.Detail = fmt.Sprintf("%s was answered with %d", call, status)
	}
	unmet := Unmet{}
	if isProblem && json.Unmarshal(text, &unmet) == nil && unmet.Misses != nil {
		unmet.Problem = problem
		return &unmet
	}
	return &problem
}

// Unreachable is a call that nobody answered, or nobody who is trusted, or whose answer broke off.
type Unreachable struct {
	URL string
	// What went wrong on the way.
	Err error
}

// Error says what would help, where that is known.
func (u *Unreachable) Error() string {
	var unverified *tls.CertificateVerificationError
	var name x509.HostnameError
	switch {
	case errors.As(u.Err, &name):
		return fmt.Sprintf("snapstand: the certificate of %s does not name %s: start the server with --tls-host %s",
			u.URL, name.Host, name.Host)
	case errors.As(u.Err, &unverified):
		return fmt.Sprintf("snapstand: the certificate of %s is not trusted: name its file in ConnectOptions.CAFile (%v)",
			u.URL, unverified.Err)
	}
	return fmt.Sprintf("snapstand: nothing answers at %s: %v", u.URL, u.Err)
}

// Unwrap gives what went wrong on the way.
func (u *Unreachable) Unwrap() error {
	return u.Err
}

// Why a call got no answer: its context has ended, or nobody is there.
func (w *wire) failure(ctx context.Context, c call, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("snapstand: %s was given up: %w", c.name(), context.Cause(ctx))
	}
	return &Unreachable{URL: w.base.String(), Err: err}
}
