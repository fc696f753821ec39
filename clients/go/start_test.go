package snapstand

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// A test that takes down what is logged, and whose end is called by hand.
type toldTest struct {
	quietTest
	failed bool
	said   []string
}

func (t *toldTest) Name() string                { return "TestTold/in a (sub) test" }
func (t *toldTest) Failed() bool                { return t.failed }
func (t *toldTest) Logf(form string, of ...any) { t.said = append(t.said, fmt.Sprintf(form, of...)) }
func (t *toldTest) end() {
	for _, cleanup := range t.cleanups {
		cleanup()
	}
}

func TestTestsShareAServerAndHaveWorldsOfTheirOwn(t *testing.T) {
	t.Parallel()
	server := lenient(t)
	equal(t, "the server", lenient(t) == server, true)
	equal(t, "another", Start(t) == server, false)
	one, other := server.World(t), server.World(t)
	equal(t, "the worlds' names", one.Key != other.Key && strings.HasPrefix(one.Key, "TestTestsShareAServerAndHaveWorldsOfThei-"), true)
	snapshotOf(t, one, "nightly")
	equal(t, "the other's snapshots", got[Resources](t)(other.Resources.List(context.Background(), "baidu", Snapshots, ResourcesFilter{})).Total, 0)
	ok(t, server.Close())
	got[Health](t)(server.Health(context.Background()))
}

func TestAWorldIsDroppedWhenItsTestEnds(t *testing.T) {
	t.Parallel()
	server, told := lenient(t), &toldTest{}
	world := server.World(told)
	equal(t, "its name", strings.HasPrefix(world.Key, "TestTold-in-a--sub--test-"), true)
	snapshotOf(t, world, "nightly")
	baidu(t, world, "POST", "/v2/snapshot", map[string]string{"volumeId": "v-none", "snapshotName": "nightly"})
	told.end()
	equal(t, "what was logged of a test that passed", len(told.said), 0)
	equal(t, "deleted already", got[bool](t)(world.Delete(context.Background())), false)
}

func TestAFailedTestIsToldWhichCallsWereRefused(t *testing.T) {
	t.Parallel()
	told := &toldTest{failed: true}
	world := Start(t).World(told)
	got[WorldSummary](t)(world.Keep(context.Background(), true))
	// Here, signatures are checked: whose call it was is not known.
	_, answer := baidu(t, world, "POST", "/v2/snapshot", map[string]string{"volumeId": volume, "snapshotName": "nightly"})
	told.end()
	log := strings.Join(told.said, "\n")
	for _, want := range []string{"before it was known whose they are", "POST CreateSnapshot: 400 SignatureDoesNotMatch", fmt.Sprint(answer["requestId"])} {
		if !strings.Contains(log, want) {
			t.Errorf("%q is not in the log:\n%s", want, log)
		}
	}

	told = &toldTest{failed: true}
	world = lenient(t).World(told)
	baidu(t, world, "POST", "/v2/snapshot", map[string]string{"volumeId": "v-none", "snapshotName": "nightly"})
	told.end()
	log = strings.Join(told.said, "\n")
	for _, want := range []string{"1 calls of this test were refused", "POST CreateSnapshot: 404 ", "v-none"} {
		if !strings.Contains(log, want) {
			t.Errorf("%q is not in the log:\n%s", want, log)
		}
	}
}

// Programs that stand for others on the PATH of a test binary of its own.
func toolbox(t *testing.T, tools map[string]string) string {
	folder := t.TempDir()
	for name, script := range tools {
		ok(t, os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script), 0o755))
	}
	return folder
}

// Runs TestHelper of this binary in a process of its own.
func another(t *testing.T, does string, environment ...string) *exec.Cmd {
	if runtime.GOOS == "windows" {
		t.Skip("shell scripts stand for programs here")
	}
	command := exec.Command(must(os.Executable()), "-test.run=^TestHelper$", "-test.v")
	command.Dir = t.TempDir()
	command.Env = append([]string{"HELPER_DOES=" + does, "TMPDIR=" + t.TempDir()}, environment...)
	return command
}

// What another process does: no test by itself.
func TestHelper(t *testing.T) {
	does := os.Getenv("HELPER_DOES")
	if does == "" {
		t.Skip("started by other tests")
	}
	server := Start(t)
	fmt.Printf("serves %s\n", server.URL)
	switch does {
	case "wait":
		select {}
	case "panic":
		panic("as a test may")
	}
}

func TestWithoutAServerItIsToldWhatWasLookedFor(t *testing.T) {
	t.Parallel()
	output, err := another(t, "start", "PATH="+toolbox(t, nil)).CombinedOutput()
	for _, want := range []string{
		"there is no server to start", "- the npm package: no node_modules/.bin/snapstand in", "no snapstand on the PATH",
		"- a checkout: the variable SNAPSTAND_CHECKOUT is not set", "- the image snapstand:0.1.0: docker is not installed",
		"SNAPSTAND_URL",
	} {
		if err == nil || !strings.Contains(string(output), want) {
			t.Errorf("it does not say %q: %v\n%s", want, err, output)
		}
	}
	docker := toolbox(t, map[string]string{"docker": "echo 'Error: No such image: '$5 >&2; exit 1"})
	output, err = another(t, "start", "PATH="+docker, "SNAPSTAND_IMAGE=mine:1").CombinedOutput()
	if want := "- the image mine:1: docker has it not: Error: No such image: mine:1"; err == nil || !strings.Contains(string(output), want) {
		t.Errorf("it does not say %q: %v\n%s", want, err, output)
	}
	_, err = Launch(context.Background(), StartOptions{Checkout: docker})
	if err == nil || !strings.Contains(err.Error(), "StartOptions.Checkout names "+docker+", where there is no dist/cli.js") {
		t.Errorf("a checkout that is none ended with %v", err)
	}
	_, err = Launch(context.Background(), StartOptions{Flags: []string{"--clok", "manual"}})
	if err == nil || !strings.Contains(err.Error(), "exit status 2") || !strings.Contains(err.Error(), "--clok") {
		t.Errorf("a flag that there is not ended with %v", err)
	}
}

// A script that is the program of the checkout.
func programOf(t *testing.T) string {
	found := must(checkoutAt(os.Getenv("SNAPSTAND_CHECKOUT"), "SNAPSTAND_CHECKOUT"))
	return fmt.Sprintf("exec '%s' '%s'", found.command[0], found.command[1])
}

func TestTheFirstThatIsThereIsStarted(t *testing.T) {
	t.Parallel()
	checkout := os.Getenv("SNAPSTAND_CHECKOUT")
	program := programOf(t) + ` "$@"`
	// It does what docker does with an image: its arguments are checked, and the program is started in its place.
	docker := `case "$1" in
image) exit 0;;
port) [ "$3" = 7420/tcp ] && sed 's|^http://||' "$TMPDIR/$2" ;;
run) shift
  [ "$1 $2 $3 $5 $6 $7 $8" = "--rm --interactive --name --publish 127.0.0.1::7420 --env NODE_OPTIONS" ] || { echo "$@" >&2; exit 9; }
  [ "$9" = mine:1 ] || exit 8
  set -- --port 0 --url-file "$TMPDIR/$4"
  ` + program + `;;
esac`
	system := "/usr/bin:/bin"
	for _, each := range []struct {
		name, want  string
		tools       map[string]string
		packaged    bool
		environment []string
	}{
		{"the package", "the npm package (", map[string]string{"snapstand": "exit 7", "docker": "exit 7"}, true, []string{"SNAPSTAND_CHECKOUT=" + checkout}},
		{"the program", "the program on the PATH (", map[string]string{"snapstand": program, "docker": "exit 7"}, false, []string{"SNAPSTAND_CHECKOUT=" + checkout}},
		{"the checkout", "the checkout " + checkout, map[string]string{"docker": "exit 7"}, false, []string{"SNAPSTAND_CHECKOUT=" + checkout}},
		{"the image", "the image mine:1", map[string]string{"docker": docker}, false, []string{"SNAPSTAND_IMAGE=mine:1"}},
		{"the one that is named", "the server that SNAPSTAND_URL names at " + Start(t).URL, nil, false, []string{"SNAPSTAND_URL=" + Start(t).URL}},
	} {
		each := each
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			command := another(t, "start", append(each.environment, "PATH="+toolbox(t, each.tools)+":"+system, "SNAPSTAND_PORT=1")...)
			if each.packaged {
				bin := filepath.Join(command.Dir, "node_modules", ".bin")
				ok(t, os.MkdirAll(bin, 0o755))
				ok(t, os.WriteFile(filepath.Join(bin, "snapstand"), []byte("#!/bin/sh\n"+program), 0o755))
				command.Dir = filepath.Join(command.Dir, "below")
				ok(t, os.Mkdir(command.Dir, 0o755))
			}
			output, err := command.CombinedOutput()
			if err != nil || !strings.Contains(string(output), "snapstand: "+each.want) {
				t.Errorf("it is not %s: %v\n%s", each.want, err, output)
			}
		})
	}
}

func TestTheServerEndsWithTheProcess(t *testing.T) {
	t.Parallel()
	for _, does := range []string{"start", "panic", "wait"} {
		does := does
		t.Run(does, func(t *testing.T) {
			t.Parallel()
			command := another(t, does, "SNAPSTAND_CHECKOUT="+os.Getenv("SNAPSTAND_CHECKOUT"), "PATH="+os.Getenv("PATH"))
			output := must(command.StdoutPipe())
			ok(t, command.Start())
			url := ""
			for lines := bufio.NewScanner(output); url == "" && lines.Scan(); {
				_, url, _ = strings.Cut(lines.Text(), "serves ")
			}
			if url == "" {
				t.Fatal("it served nothing")
			}
			if does == "wait" {
				ok(t, command.Process.Kill())
			}
			command.Wait()
			// It ends in its own time: the test waits as long as it is let.
			for {
				_, err := Connect(context.Background(), url, ConnectOptions{})
				if unreachable := new(Unreachable); errors.As(err, &unreachable) {
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
}
