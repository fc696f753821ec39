package snapstand

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// How calls get to a server.
type wire struct {
	base   *url.URL
	token  string
	shard  string
	client *http.Client
}

// One call of the control API.
type call struct {
	method string
	path   []string
	query  query
	// What is sent as JSON, or
	body any
	// as it is, with its type.
	text     io.Reader
	textType string
	// The type that is wanted of the answer, and the event that was read last, where that matters.
	accept    string
	lastEvent string
}

// The parameters of a call that say something.
type query map[string]string

func (q query) text(name, value string) query {
	if value != "" {
		q[name] = value
	}
	return q
}

func (q query) number(name string, value int) query {
	if value != 0 {
		q[name] = strconv.Itoa(value)
	}
	return q
}

func (q query) instant(name string, at time.Time) query {
	return q.text(name, instantText(at))
}

// The answer as JSON is made one of T.
func ask[T any](ctx context.Context, w *wire, c call) (T, error) {
	var answer T
	body, err := w.read(ctx, c)
	if err != nil {
		return answer, err
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return answer, fmt.Errorf("snapstand: the answer to %s cannot be read: %w", c.name(), err)
	}
	return answer, nil
}

// Sends what is answered with nothing.
func (w *wire) tell(ctx context.Context, c call) error {
	_, err := w.read(ctx, c)
	return err
}

func (w *wire) read(ctx context.Context, c call) ([]byte, error) {
	answer, err := w.open(ctx, c)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	body, err := io.ReadAll(answer)
	if err != nil {
		return nil, w.failure(ctx, c, err)
	}
	return body, nil
}

// The answer as it comes; who gets it closes it.
func (w *wire) open(ctx context.Context, c call) (io.ReadCloser, error) {
	request, err := w.request(ctx, c)
	if err != nil {
		return nil, err
	}
	response, err := w.client.Do(request)
	if err != nil {
		return nil, w.failure(ctx, c, err)
	}
	if response.StatusCode < 300 {
		return response.Body, nil
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, w.failure(ctx, c, err)
	}
	return nil, refusal(response.StatusCode, text, c.name())
}

func (w *wire) request(ctx context.Context, c call) (*http.Request, error) {
	target := *w.base
	for _, step := range append([]string{"_snapstand"}, c.path...) {
		// URLs take these for steps up and down, however they are written.
		if step == "" || step == "." || step == ".." {
			return nil, fmt.Errorf("snapstand: no path of the control API can hold %q", step)
		}
		target.Path += "/" + step
		target.RawPath += "/" + url.PathEscape(step)
	}
	values := url.Values{}
	for name, value := range c.query {
		values.Set(name, value)
	}
	target.RawQuery = values.Encode()
	content, contentType, err := c.content()
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, c.method, target.String(), content)
	if err != nil {
		return nil, fmt.Errorf("snapstand: %s cannot be sent: %w", c.name(), err)
	}
	set := func(name, value string) {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	set("Content-Type", contentType)
	set("Accept", c.accept)
	set("Last-Event-ID", c.lastEvent)
	set("X-Snapstand-Shard", w.shard)
	set("X-Snapstand-World", worldHeader(c.query["world"]))
	if w.token != "" {
		set("Authorization", "Bearer "+w.token)
	}
	return request, nil
}

func (c call) content() (io.Reader, string, error) {
	if c.text != nil || c.body == nil {
		return c.text, c.textType, nil
	}
	text, err := json.Marshal(c.body)
	if err != nil {
		return nil, "", fmt.Errorf("snapstand: what %s sends is no JSON: %w", c.name(), err)
	}
	return bytes.NewReader(text), "application/json", nil
}

func (c call) name() string {
	return c.method + " /_snapstand/" + strings.Join(c.path, "/")
}

// A proxy that distributes worlds over several servers may not decode queries: a name that is encoded there is sent as it
// is, too, unless no header can hold it.
func worldHeader(world string) string {
	isPlain := true
	for _, letter := range world {
		if letter < ' ' || letter == 0x7f || letter >= 0x80 && letter < 0xa0 {
			return ""
		}
		isPlain = isPlain && (strings.ContainsRune(".*-_", letter) || letter < 0x80 && isAlphanumeric(byte(letter)))
	}
	if isPlain || strings.TrimSpace(world) != world {
		return ""
	}
	return world
}

func isAlphanumeric(letter byte) bool {
	return letter >= '0' && letter <= '9' || letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z'
}

// An instant as the API reads it; nothing where there is none.
func instantText(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// Ptr makes a pointer of a value, for members where zero says something of its own: Times: snapstand.Ptr(0).
func Ptr[T any](value T) *T {
	return &value
}
