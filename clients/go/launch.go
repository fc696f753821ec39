package snapstand

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	askEvery = 10 * time.Millisecond
	// A server lets calls that are under way end, for five seconds, if it is not told otherwise.
	endLimit = 15 * time.Second
)

// Ends the server when its standard input ends. Nobody writes there: it ends with this process, however that ends, on
// every system and in a container as well. Workers have an input of their own.
const endWithInput = `import{isMainThread}from"node:worker_threads";` +
	`if(isMainThread)process.stdin.on("end",()=>process.kill(process.pid,"SIGTERM")).resume().unref()`

// A server that was started here.
type process struct {
	command *exec.Cmd
	input   io.Closer
	said    tail
	ended   chan struct{}
	err     error
}

// The server, and what it is in words.
func launch(ctx context.Context, options StartOptions) (*Server, string, error) {
	found, err := find(ctx, options)
	if err != nil {
		return nil, "", err
	}
	name, err := freshName()
	if err != nil {
		return nil, "", err
	}
	urlFile := filepath.Join(os.TempDir(), name+".url")
	arguments := append(found.command[1:len(found.command):len(found.command)], found.arguments(name, urlFile, options)...)
	running, err := run(found.command[0], arguments, found.environment(options))
	if err != nil {
		return nil, "", fmt.Errorf("snapstand: %s cannot be started: %w", found.source, err)
	}
	server, err := running.ready(ctx, options, func() []string {
		if found.image == "" {
			return announced(urlFile)
		}
		return published(ctx, name)
	})
	if err != nil {
		running.end()
		return nil, "", fmt.Errorf("snapstand: %s: %w", found.source, err)
	}
	server.end = running.end
	return server, found.source, nil
}

func freshName() (string, error) {
	bytes := make([]byte, 6)
	if _, err := rand.Read(bytes); err != nil {
		return "", fmt.Errorf("snapstand: no name can be made up: %w", err)
	}
	return "snapstand-go-" + hex.EncodeToString(bytes), nil
}

func (p program) arguments(name, urlFile string, options StartOptions) []string {
	if p.image == "" {
		return append([]string{"--host", "127.0.0.1", "--port", "0", "--url-file", urlFile}, options.Flags...)
	}
	arguments := []string{"run", "--rm", "--interactive", "--name", name, "--publish", "127.0.0.1::7420", "--env", "NODE_OPTIONS"}
	for _, variable := range options.environment() {
		// By its name alone: its value is the one in the environment of docker.
		set, _, _ := strings.Cut(variable, "=")
		arguments = append(arguments, "--env", set)
	}
	return append(append(arguments, p.image), options.Flags...)
}

func run(file string, arguments, environment []string) (*process, error) {
	running := &process{command: exec.Command(file, arguments...), ended: make(chan struct{})}
	running.command.Env = environment
	running.command.Stderr = &running.said
	input, err := running.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	running.input = input
	if err := running.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		running.err = running.command.Wait()
		close(running.ended)
	}()
	return running, nil
}

// That of this process without what would configure a server, and with what ends it.
func (p program) environment(options StartOptions) []string {
	nodeOptions := "NODE_OPTIONS=--import=data:text/javascript," + url.PathEscape(endWithInput)
	kept := options.environment()
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		switch {
		case name == "NODE_OPTIONS":
			// They may name files, which a container has not.
			if p.image == "" {
				nodeOptions += " " + value
			}
		case !strings.HasPrefix(name, "SNAPSTAND_"):
			kept = append(kept, variable)
		}
	}
	return append(kept, nodeOptions)
}

// Waits until the server says where it is, and is there.
func (p *process) ready(ctx context.Context, options StartOptions, where func() []string) (*Server, error) {
	for {
		if lines := where(); len(lines) > 0 {
			server, err := connected(lines[0], ConnectOptions{Token: options.Token, Keys: options.Keys})
			if err != nil {
				return nil, err
			}
			if len(lines) > 1 {
				server.SecureURL = lines[1]
			}
			if len(lines) > 2 {
				server.CertificateFile = lines[2]
			}
			if _, err = server.Health(ctx); err == nil {
				return server, nil
			}
		}
		select {
		case <-p.ended:
			return nil, fmt.Errorf("it ended (%v): %s", p.err, p.said.text())
		case <-ctx.Done():
			return nil, fmt.Errorf("it was not ready in time (%w): %s", context.Cause(ctx), p.said.text())
		case <-time.After(askEvery):
		}
	}
}

func (p *process) end() error {
	p.input.Close()
	select {
	case <-p.ended:
		return nil
	case <-time.After(endLimit):
		p.command.Process.Kill()
		<-p.ended
		return fmt.Errorf("snapstand: the server had to be killed: it did not end within %v", endLimit)
	}
}

// What a server wrote into the file of its URL: the URL, and where it has a second door its URL and its certificate.
func announced(urlFile string) []string {
	text, err := os.ReadFile(urlFile)
	if err != nil || !bytes.HasSuffix(text, []byte("\n")) {
		return nil
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// Where docker made the port of a container known.
func published(ctx context.Context, name string) []string {
	said, err := exec.CommandContext(ctx, "docker", "port", name, "7420/tcp").Output()
	address, _, _ := strings.Cut(string(said), "\n")
	if err != nil || address == "" {
		return nil
	}
	return []string{"http://" + address}
}

// The end of what a server says on standard error.
type tail struct {
	lock sync.Mutex
	kept []byte
}

const tailBytes = 4096

func (t *tail) Write(said []byte) (int, error) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.kept = append(t.kept, said...)
	if more := len(t.kept) - tailBytes; more > 0 {
		t.kept = t.kept[more:]
	}
	return len(said), nil
}

func (t *tail) text() string {
	t.lock.Lock()
	defer t.lock.Unlock()
	return strings.TrimSpace(string(t.kept))
}
