import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Step } from './execute.ts'
import { fresh, here } from './paths.ts'

/** Where a client's program lies, where it is run, and the home that it sees. */
export interface Place {
  readonly dir: string
  readonly work: string
  readonly home: string
  /** A checkout that stands in for the published package. */
  readonly source?: string | undefined
}

/** How a client is found, installed and run. */
export interface Client {
  /** Commands that must succeed, or the client is skipped. */
  readonly tools: readonly (readonly string[])[]
  /** A Go module that not every module proxy has: `--source` names a checkout of it. */
  readonly module?: string
  /** false: nothing in its environment tells it what to trust. */
  readonly tls?: false
  /** Numbers of the flows that its program has not. */
  readonly lacks?: readonly string[]
  readonly version: (place: Place) => string
  readonly install: (place: Place) => readonly Step[]
  readonly run: (place: Place) => Step
  /** What `npm run rehearse` records, if it has a life to tell. */
  readonly life?: (place: Place) => Step
}

export const clients: Readonly<Record<string, Client>> = {
  'zenlayer-python': python('zenlayercloud-sdk-python', { life: true }),
  'zenlayer-go': go('github.com/zenlayer/zenlayercloud-sdk-go', { everywhere: false, life: true }),
  'baidu-python': python('bce-python-sdk', { life: true }),
  'baidu-python-v2': python('baiducloud-python-sdk-bcc', { life: false }),
  'baidu-go': go('github.com/baidubce/bce-sdk-go', { everywhere: true, life: true }),
  'baidu-go-v2': go('github.com/baidubce/baiducloud-go-sdk', { everywhere: false, life: false }),
  'baidu-js': {
    lacks: ['7'],
    tools: [['npm', '--version']],
    version: ({ dir }) => pinned(join(dir, 'package.json'), /"@baiducloud\/sdk": "(.+)"/),
    install: ({ dir, work }) => [
      {
        command: ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
        cwd: fresh(dir, work)
      }
    ],
    run: ({ work }) => ({ command: [process.execPath, 'flows.test.js'], cwd: work })
  },
  'baidu-java': {
    tls: false,
    lacks: ['7'],
    tools: [
      ['javac', '--release', '17', '-version'],
      ['mvn', '-v']
    ],
    version: ({ dir }) =>
      pinned(join(dir, 'pom.xml'), /<artifactId>bce-java-sdk<\/artifactId>\s*<version>(.+)<\/version>/),
    // Surefire fetches its JUnit part only when it runs a test, so it runs one that needs no server.
    install: ({ dir, work }) => [{ command: ['mvn', '-B', '-q', '-Dtest=HarnessTest', 'test'], cwd: fresh(dir, work) }],
    run: ({ work, home }) => ({
      command: ['mvn', '-o', '-B', '-q', '-Dtest=FlowsTest', `-DargLine=-Duser.home=${home}`, 'surefire:test'],
      cwd: work
    })
  }
}

interface Told {
  /** Whether its program has a life to tell. */
  readonly life: boolean
}

function python(packageName: string, { life }: Told): Client {
  const bin = ({ work }: Place) => join(work, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'python')
  const tests = (module: string) => (place: Place) => ({
    command: [bin(place), '-B', '-m', 'unittest', '-q', module],
    env: { PYTHONPATH: [place.dir, join(here, 'harness', 'python')].join(delimiter), PYTHONWARNINGS: 'ignore' }
  })
  return {
    tools: [['python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))']],
    version: ({ dir }) => pinned(join(dir, 'requirements.txt'), new RegExp(`^${packageName}==(.+)$`, 'm')),
    install: (place) => [
      { command: ['python3', '-m', 'venv', '--clear', join(place.work, 'venv')] },
      // The file pins what the packages need, too: nothing is resolved here.
      { command: [bin(place), '-m', 'pip', 'install', '-q', '--no-deps', '-r', join(place.dir, 'requirements.txt')] },
      { command: [bin(place), '-m', 'pip', 'check', '-q'] }
    ],
    run: tests('test_flows'),
    ...(life && { life: tests('life') })
  }
}

/** `everywhere`: whether every module proxy has it. */
function go(module: string, { everywhere, life }: Told & { readonly everywhere: boolean }): Client {
  const harness = join(here, 'harness', 'go')
  const tests =
    (pattern: string) =>
    ({ work }: Place) => ({
      command: [join(work, 'flows.test'), `-test.run=${pattern}`, '-test.timeout=4m'],
      cwd: work
    })
  return {
    tools: [['go', 'version']],
    ...(everywhere ? {} : { module }),
    version: ({ dir }) => pinned(join(dir, 'go.mod'), new RegExp(`${module} v(\\S+)`)),
    install: ({ work, source, dir }) => [
      { command: ['go', 'mod', 'edit', `-replace=snapstand.conformance/harness=${harness}`], cwd: fresh(dir, work) },
      ...(source === undefined ? [] : [{ command: ['go', 'mod', 'edit', `-replace=${module}=${source}`], cwd: work }]),
      { command: ['go', 'mod', 'download'], cwd: work },
      {
        command: ['go', 'test', '-c', '-o', join(work, 'flows.test'), '.'],
        cwd: work,
        env: everywhere ? {} : { GOFLAGS: `${process.env.GOFLAGS ?? ''} -mod=mod`.trim() }
      }
    ],
    run: tests('^TestFlow'),
    ...(life && { life: tests('^TestLife$') })
  }
}

function pinned(file: string, pattern: RegExp): string {
  const found = pattern.exec(readFileSync(file, 'utf8'))
  if (!found?.[1]) throw new Error(`no pinned version in ${file}`)
  return found[1]
}
