import { join } from 'node:path'
import type { Step } from '../conformance/runner/execute.ts'

/** Where a client's source was copied to, where its tools may write; and this checkout, whose server it is tested with. */
export interface Place {
  readonly work: string
  /** Kept from run to run. */
  readonly kept: string
  readonly checkout: string
}

/** How a client is made ready and tested. */
export interface Client {
  /** Commands that must succeed, or the client is skipped. */
  readonly tools: readonly (readonly string[])[]
  /** Files that say what `install` installs: while they are as they were, it is not done again. */
  readonly locks: readonly string[]
  readonly install: (place: Place) => readonly Step[]
  readonly test: (place: Place) => readonly Step[]
  /** Finds in what `test` prints how many tests passed, or each that did; where there are several, they are added up. */
  readonly passed: RegExp
  /** Finds there what a part of the tests was left out for. */
  readonly skipped?: RegExp
}

/** Of a virtual environment. */
const python = ({ kept }: Place) => join(kept, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'python')

/** With the race detector, which needs a C compiler, where there is one. */
const GO_TEST = `go test -count=1 -v $(test "$(go env CGO_ENABLED)" = 1 && command -v "$(go env CC)" > /dev/null && echo -race) .`

export const clients: Readonly<Record<string, Client>> = {
  python: {
    // The package is for 3.9; mypy is not.
    tools: [['python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']],
    locks: ['requirements.txt'],
    install: (place) => [
      { command: ['python3', '-m', 'venv', '--clear', join(place.kept, 'venv')] },
      // The file pins what the packages need, too: nothing is resolved here.
      { command: [python(place), '-m', 'pip', 'install', '-q', '--no-deps', '-r', 'requirements.txt'] },
      { command: [python(place), '-m', 'pip', 'check', '-q'] }
    ],
    test: (place) => [
      {
        // As its README says, but for what it builds with, which is there already.
        command: [
          ...[python(place), '-m', 'pip', 'install', '-q', '--no-deps', '--no-build-isolation'],
          ...['--force-reinstall', '.']
        ]
      },
      { command: [python(place), '-m', 'mypy', '--cache-dir', join(place.kept, 'mypy')] },
      { command: [python(place), '-B', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-n', '2'] }
    ],
    passed: /^(\d+) passed/
  },
  go: {
    tools: [['go', 'version']],
    locks: ['go.mod', 'sdks/baidu/go.sum'],
    install: ({ work }) => [{ command: ['go', 'mod', 'download'], cwd: join(work, 'sdks', 'baidu') }],
    test: () => [
      { command: ['sh', '-c', 'files=$(gofmt -l .); echo "gofmt: $files"; test -z "$files"'] },
      { command: ['go', 'vet', './...'] },
      { command: ['sh', '-c', GO_TEST] },
      { command: ['sh', 'sdks/check.sh'] }
    ],
    passed: /^--- PASS: /,
    skipped: /^skipped: (.+)$/
  },
  java: {
    tools: [
      ['javac', '--release', '17', '-version'],
      ['mvn', '-v']
    ],
    locks: ['pom.xml'],
    // Surefire fetches its JUnit part only when it runs a test, so it runs one that needs no server.
    install: () => [{ command: ['mvn', '-B', '-q', '-Dtest=JsonTest', 'test'] }],
    test: () => [{ command: ['mvn', '-o', '-B', 'test'] }],
    // The sum, which stands alone; what stands for each class is told with how long it took.
    passed: /^\[(?:INFO|WARNING)\] Tests run: (\d+), Failures: 0, Errors: 0, Skipped: \d+$/,
    skipped: /^\[WARNING\] Tests run: \d+, Failures: 0, Errors: 0, (Skipped: [1-9]\d*)$/
  }
}
