// Snapstand in a container of the test's own, by Testcontainers.
package backup

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	snapstand "github.com/snapstand/snapstand/clients/go"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

// start gives the URL of a server that ends with the test.
func start(t *testing.T) string {
	t.Helper()
	// The image is not published: `docker build -t snapstand:0.1.0 .` at the top of a clone makes it.
	container, err := testcontainers.Run(t.Context(), "snapstand:0.1.0",
		testcontainers.WithExposedPorts("7420/tcp"),
		testcontainers.WithEnv(map[string]string{"SNAPSTAND_CLOCK": "manual"}),
		testcontainers.WithWaitStrategy(wait.ForHealthCheck()),
	)
	testcontainers.CleanupContainer(t, container)
	if err != nil {
		t.Fatal(err)
	}
	url, err := container.PortEndpoint(t.Context(), "7420/tcp", "http")
	if err != nil {
		t.Fatal(err)
	}
	return url
}

func TestAWeekOfADailyPolicyLeavesSevenSnapshots(t *testing.T) {
	url := start(t)
	policy := call(t, "POST", url+"/v2/asp",
		`{"name":"daily","timePoints":["2"],"repeatWeekdays":["0","1","2","3","4","5","6"],"retentionDays":"30"}`)
	call(t, "PUT", url+"/v2/asp/"+policy["aspId"]+"?attach", `{"volumeIds":["v-Starter1"]}`)

	server, err := snapstand.Connect(context.Background(), url, snapstand.ConnectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	report, err := server.WorldNamed("default").Clock.Advance(context.Background(), 7*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if report.SnapshotsCreated != 7 {
		t.Errorf("%d snapshots were made", report.SnapshotsCreated)
	}
}

// call sends a body without a key, which is served in the world `default`.
func call(t *testing.T, method, url, body string) map[string]string {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s", method, url, answer.Status)
	}
	if answer.ContentLength == 0 {
		return nil
	}
	var told map[string]string
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		t.Fatal(err)
	}
	return told
}
