package snapstand

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// StartOptions say what server is started, and how.
type StartOptions struct {
	// A clone of Snapstand's repository that is installed and built; it goes before all that could be found. Otherwise
	// the npm package is looked for, then the variable SNAPSTAND_CHECKOUT, then the image.
	Checkout string
	// The image, where neither of the others is there; otherwise the variable SNAPSTAND_IMAGE, or snapstand:0.1.0. It is
	// never pulled.
	Image string
	// Flags in the program's own words: --clock, manual. snapstand --help names them all.
	Flags []string
	// Keys with secrets of their own; other keys are their own secrets.
	Keys []Key
	// What the control API is to want.
	Token string
}

// T is what [Start] and [Server.World] want of a test: *testing.T and *testing.B have it, and what other test frameworks
// give in their place.
type T interface {
	Helper()
	Name() string
	Cleanup(func())
	Failed() bool
	Logf(format string, arguments ...any)
	Fatalf(format string, arguments ...any)
}

// So long a start may take: a container's, on a machine that is busy.
const startLimit = 60 * time.Second

// Start gives the server that all tests of this process share: the one that SNAPSTAND_URL names, with the token in
// SNAPSTAND_CONTROL_TOKEN, or one that is started by the first of them and ends with the process. The test ends where
// there is none, and is told what was looked for.
func Start(t T) *Server {
	t.Helper()
	return StartWith(t, StartOptions{})
}

// StartWith is Start with options; tests that say the same share a server. Where there are options, SNAPSTAND_URL is not
// looked at.
func StartWith(t T, options StartOptions) *Server {
	t.Helper()
	started := sharedBy(options)
	started.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), startLimit)
		defer cancel()
		var server *Server
		server, started.source, started.err = start(ctx, options)
		if server != nil {
			// It is not for one test to end.
			server.end = nil
			started.server = server
		}
	})
	if started.err != nil {
		t.Fatalf("%v", started.err)
	}
	t.Logf("snapstand: %s at %s", started.source, started.server.URL)
	return started.server
}

// Launch starts a server of its own, for programs and for TestMain; Close ends it, and it ends with the process.
func Launch(ctx context.Context, options StartOptions) (*Server, error) {
	server, _, err := launch(ctx, options)
	return server, err
}

type shared struct {
	once   sync.Once
	server *Server
	source string
	err    error
}

var (
	sharing sync.Mutex
	servers = map[string]*shared{}
)

func sharedBy(options StartOptions) *shared {
	sharing.Lock()
	defer sharing.Unlock()
	name := fmt.Sprintf("%#v", options)
	if servers[name] == nil {
		servers[name] = &shared{}
	}
	return servers[name]
}

func start(ctx context.Context, options StartOptions) (*Server, string, error) {
	url := os.Getenv("SNAPSTAND_URL")
	if url == "" || !options.isEmpty() {
		return launch(ctx, options)
	}
	server, err := Connect(ctx, url, ConnectOptions{Token: os.Getenv("SNAPSTAND_CONTROL_TOKEN")})
	if err != nil {
		return nil, "", fmt.Errorf("snapstand: SNAPSTAND_URL names %s: %w", url, err)
	}
	return server, "the server that SNAPSTAND_URL names", nil
}

func (o StartOptions) isEmpty() bool {
	return o.Checkout == "" && o.Image == "" && o.Token == "" && len(o.Flags) == 0 && len(o.Keys) == 0
}

// Secrets go by the environment: every user of a machine can read the flags of its processes.
func (o StartOptions) environment() []string {
	keys := make([]string, len(o.Keys))
	for n, key := range o.Keys {
		keys[n] = key.ID + ":" + key.Secret
		if key.World != "" {
			keys[n] += ":" + key.World
		}
	}
	set := []string{}
	if len(keys) > 0 {
		set = append(set, "SNAPSTAND_KEY="+strings.Join(keys, " "))
	}
	if o.Token != "" {
		set = append(set, "SNAPSTAND_CONTROL_TOKEN="+o.Token)
	}
	return set
}
