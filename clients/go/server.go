package snapstand

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// Server is a running Snapstand: one that was started here, or one that runs anywhere else.
type Server struct {
	// What clients take as their endpoint: http://127.0.0.1:7420.
	URL string
	// The second door of a server that was started here with --tls, and the file of its certificate, for CAFile.
	SecureURL, CertificateFile string

	wire *wire
	keys []Key
	end  func() error
}

// Key is an access key that the server was started with, whose secret is not the key itself.
type Key struct {
	ID, Secret string
	// The world that it names; empty: the one that is called as the key is.
	World string
}

// ConnectOptions say how a server is reached.
type ConnectOptions struct {
	// What --control-token says, where it says something.
	Token string
	// A file with certificates, in PEM, that are trusted in place of the machine's: the one that the server printed.
	CAFile string
	// Which of several servers this is: snapstand-0. One with --shard answers only who means it.
	Shard string
	// Keys that the server was started with, so that Credentials tell their secrets.
	Keys []Key
	// What sends, in place of a client of this package; CAFile is not looked at then.
	Client *http.Client
}

// Connect finds a server that runs somewhere, and asks whether it is there.
func Connect(ctx context.Context, url string, options ConnectOptions) (*Server, error) {
	server, err := connected(url, options)
	if err != nil {
		return nil, err
	}
	if _, err := server.Health(ctx); err != nil {
		return nil, err
	}
	return server, nil
}

// A server of which nothing is asked yet.
func connected(address string, options ConnectOptions) (*Server, error) {
	base, err := url.Parse(address)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("snapstand: the URL %q is none of a server: give one such as http://127.0.0.1:7420", address)
	}
	if base.User != nil {
		return nil, fmt.Errorf("snapstand: the URL of %s holds a name or a password: give the token as ConnectOptions.Token",
			base.Host)
	}
	base.Path = strings.TrimRight(base.Path, "/")
	base.RawPath = base.EscapedPath()
	base.RawQuery, base.Fragment = "", ""
	client := options.Client
	if client == nil {
		if client, err = clientFor(options.CAFile); err != nil {
			return nil, err
		}
	}
	return &Server{
		URL:  strings.TrimRight(address, "/"),
		wire: &wire{base: base, token: options.Token, shard: options.Shard, client: client},
		keys: options.Keys,
	}, nil
}

// A client of its own, without a time limit: an advance takes as long as it takes, and contexts end calls.
func clientFor(caFile string) (*http.Client, error) {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 16, ForceAttemptHTTP2: false}
	if caFile == "" {
		return &http.Client{Transport: transport}, nil
	}
	certificates, err := os.ReadFile(caFile)
	if err != nil {
		return nil, fmt.Errorf("snapstand: CAFile cannot be read: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(certificates) {
		return nil, fmt.Errorf("snapstand: CAFile %q holds no certificate in PEM: give the file that the server printed", caFile)
	}
	transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	return &http.Client{Transport: transport}, nil
}

// Close ends the connections, and the server, if [Launch] started it; one that tests share ends with their process.
func (s *Server) Close() error {
	s.wire.client.CloseIdleConnections()
	if s.end == nil {
		return nil
	}
	return s.end()
}

// Health tells whether the server is there, and what it serves.
func (s *Server) Health(ctx context.Context) (Health, error) {
	return ask[Health](ctx, s.wire, call{method: "GET", path: []string{"health"}})
}

// Health is what a server says of itself.
type Health struct {
	// ok; degraded: some world cannot be served, all others are.
	Status  string `json:"status"`
	Version string `json:"version"`
	// Which of several servers behind a proxy it is: --shard.
	Shard    string   `json:"shard"`
	UptimeMs int64    `json:"uptimeMs"`
	Clouds   []string `json:"clouds"`
	// How many there are.
	Worlds  int            `json:"worlds"`
	Damaged []DamagedWorld `json:"damaged"`
}

// DamagedWorld is a world that cannot be served, and why.
type DamagedWorld struct {
	World  string `json:"world"`
	File   string `json:"file"`
	Reason string `json:"reason"`
}

// Worlds lists the worlds that there are.
func (s *Server) Worlds(ctx context.Context) ([]WorldSummary, error) {
	return ask[[]WorldSummary](ctx, s.wire, call{method: "GET", path: []string{"worlds"}})
}

// ResetAll puts every world back to its starter seed, and empties every journal.
func (s *Server) ResetAll(ctx context.Context) (ResetReport, error) {
	return s.WorldNamed(AllWorlds).Reset(ctx)
}

// OpenAPI is the control API as OpenAPI 3.1.
func (s *Server) OpenAPI(ctx context.Context) (json.RawMessage, error) {
	return ask[json.RawMessage](ctx, s.wire, call{method: "GET", path: []string{"openapi.json"}})
}

// CloudOpenAPI is the API of a cloud (zenlayer, baidu) as OpenAPI 3.1, with every error and examples of both.
func (s *Server) CloudOpenAPI(ctx context.Context, cloud string) (json.RawMessage, error) {
	return ask[json.RawMessage](ctx, s.wire, call{method: "GET", path: []string{"openapi", cloud + ".json"}})
}

// Metrics is what the server has counted, in Prometheus' text format; refused where it was not started with --metrics.
func (s *Server) Metrics(ctx context.Context) (string, error) {
	text, err := s.wire.read(ctx, call{method: "GET", path: []string{"metrics"}})
	return string(text), err
}
