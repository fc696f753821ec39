import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is about to be released. */
export interface Release {
  readonly version: string
  readonly tag: string
  /** What the change log says of it. */
  readonly notes: string
  /** What does not hold, each in one line with the way out. */
  readonly missing: readonly string[]
}

const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/

/** Looks at a repository before a person tags a version of it; with `tagged`, at one that is tagged already. */
export function releaseOf(folder: string, tagged = false): Release {
  const { version, repository } = manifestIn(folder, 'package.json')
  const lock = manifestIn(folder, 'package-lock.json')
  const tag = `v${version}`
  const { notes, wrong } = entryIn(textOf(folder, 'CHANGELOG.md'), version)
  const head = git(folder, 'rev-parse', 'HEAD')
  const tags = git(folder, 'tag', '--list', tag, '--points-at', 'HEAD')
  const missing = [
    VERSION.test(version) ? '' : `package.json: ${version} is no version such as 1.2.3`,
    lock.version === version
      ? ''
      : `package-lock.json: it says ${lock.version}, package.json ${version}: run npm install`,
    imageIn(folder) === version ? '' : `docker-compose.yml: its image is not snapstand:${version}`,
    isAddress(repository)
      ? ''
      : 'package.json: no repository is named, and the provenance names one: "repository": { "type": "git", "url": … }',
    wrong ?? '',
    git(folder, 'status', '--porcelain') === '' ? '' : 'the tree has changes: commit them first',
    ...(tagged
      ? [tags === tag ? '' : `HEAD is not tagged ${tag}`]
      : [
          git(folder, 'branch', '--show-current') === 'main'
            ? ''
            : 'releases are made of the branch main: git switch main',
          git(folder, 'tag', '--list', tag) === '' ? '' : `${tag} is there already: choose another version`,
          passedIn(folder) === head ? '' : `.ci/run has not passed on ${head.slice(0, 7)}: run it`
        ])
  ]
  return { version, tag, notes, missing: missing.filter((line) => line !== '') }
}

interface Manifest {
  readonly version: string
  readonly repository?: unknown
}

function manifestIn(folder: string, file: string): Manifest {
  return JSON.parse(textOf(folder, file))
}

function isAddress(repository: unknown): boolean {
  const url = typeof repository === 'object' && repository !== null ? Reflect.get(repository, 'url') : repository
  return typeof url === 'string' && url !== ''
}

function imageIn(folder: string): string | undefined {
  return /^ +image: snapstand:(\S+)$/m.exec(textOf(folder, 'docker-compose.yml'))?.[1]
}

/** What stands under the heading of a version, up to the next one. */
function entryIn(changelog: string, version: string): { readonly notes: string; readonly wrong?: string } {
  const parts = changelog.split(/^(?=## )/m)
  const entry = parts.find((part) => part.startsWith(`## [${version}]`))
  if (entry === undefined) return { notes: '', wrong: `CHANGELOG.md: there is no heading ## [${version}] - YYYY-MM-DD` }
  const [heading = '', ...lines] = entry.split('\n')
  const notes = lines
    .join('\n')
    .replace(/^\[.*\]: .*$/gm, '')
    .trim()
  if (!/^- \S/m.test(notes)) return { notes, wrong: `CHANGELOG.md: nothing stands under ${heading}` }
  if (/ - \d{4}-\d\d-\d\d$/.test(heading)) return { notes }
  return { notes, wrong: `CHANGELOG.md: ${heading} has no date: ## [${version}] - YYYY-MM-DD` }
}

/** The commit that .ci/run has passed on last. */
function passedIn(folder: string): string {
  try {
    return textOf(folder, '.tmp/ci-passed').trim()
  } catch {
    return ''
  }
}

function textOf(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}

function git(folder: string, ...words: readonly string[]): string {
  return execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).trim()
}
