import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { releaseOf } from '../../release/checks.ts'
import { type Ended, ROOT, runNode } from '../program.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapstand-release-'))
  git('init', '--quiet', '--initial-branch', 'main')
  await write('.gitignore', '.tmp/\n')
  await write(
    'package.json',
    JSON.stringify({ version: '1.2.0', repository: { type: 'git', url: 'https://example.com/snapstand.git' } })
  )
  await write('package-lock.json', '{ "version": "1.2.0" }')
  await write('docker-compose.yml', 'services:\n  snapstand:\n    image: snapstand:1.2.0\n')
  await write(
    'CHANGELOG.md',
    '# Changelog\n\n## [1.2.0] - 2026-12-01\n\n### Added\n\n- A thing.\n\n## [1.1.0] - 2026-11-01\n\n- Before.\n'
  )
  commit()
  await passed()
})
afterEach(() => rm(folder, { recursive: true }))

function git(...words: readonly string[]): string {
  const who = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.com']
  return execFileSync('git', [...who, ...words], { cwd: folder, encoding: 'utf8' }).trim()
}
const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
const commit = (): void => {
  git('add', '.')
  git('commit', '--quiet', '--message', 'all')
}
/** As .ci/run does it. */
async function passed(): Promise<void> {
  await mkdir(join(folder, '.tmp'), { recursive: true })
  await write('.tmp/ci-passed', `${git('rev-parse', 'HEAD')}\n`)
}
async function change(name: string, from: string, to: string): Promise<void> {
  await write(name, (await readFile(join(folder, name), 'utf8')).replace(from, to))
  commit()
  await passed()
}
const script = (...words: readonly string[]): Promise<Ended> =>
  runNode(
    [join(ROOT, 'release/main.ts'), ...words],
    { GIT_COMMITTER_NAME: 'A Person', GIT_COMMITTER_EMAIL: 'person@example.com' },
    folder
  )

test('where nothing is missing a dry run says so and tags nothing, and a run tags', async () => {
  const notes = '### Added\n\n- A thing.'
  expect(await script('--dry-run')).toEqual({ code: 0, out: `v1.2.0 can be tagged:\n\n${notes}\n`, err: '' })
  expect(git('tag')).toBe('')
  expect(await script()).toEqual({ code: 0, out: 'Tagged v1.2.0. To publish it: git push origin v1.2.0\n', err: '' })
  expect(git('cat-file', '-t', 'v1.2.0')).toBe('tag')
  expect(git('rev-parse', 'v1.2.0^{commit}')).toBe(git('rev-parse', 'HEAD'))
  // As the workflow sees it, which has passed CI in a job before.
  await rm(join(folder, '.tmp'), { recursive: true })
  expect(await script('--tagged')).toEqual({ code: 0, out: 'v1.2.0 can be published.\n', err: '' })
  expect(await script('--notes')).toEqual({ code: 0, out: `${notes}\n`, err: '' })
})

test.for([
  ['a version that is none', 'package.json', '1.2.0', '1.2', /^package\.json: 1\.2 is no version/],
  [
    'a lock of another version',
    'package-lock.json',
    '1.2.0',
    '1.1.0',
    /^package-lock\.json: it says 1\.1\.0, package\.json 1\.2\.0: run npm install$/
  ],
  [
    'an image of another version',
    'docker-compose.yml',
    '1.2.0',
    '1.1.0',
    /^docker-compose\.yml: its image is not snapstand:1\.2\.0$/
  ],
  ['no repository', 'package.json', 'repository', 'homepage', /^package\.json: no repository is named/],
  [
    'no entry in the change log',
    'CHANGELOG.md',
    '[1.2.0]',
    '[1.3.0]',
    /^CHANGELOG\.md: there is no heading ## \[1\.2\.0\] - YYYY-MM-DD$/
  ],
  [
    'an entry without a date',
    'CHANGELOG.md',
    '2026-12-01',
    'unreleased',
    /^CHANGELOG\.md: ## \[1\.2\.0\] - unreleased has no date/
  ],
  [
    'an entry that says nothing',
    'CHANGELOG.md',
    '- A thing.',
    '',
    /^CHANGELOG\.md: nothing stands under ## \[1\.2\.0\]/
  ]
] as const)('%s is told', async ([, file, from, to, line]) => {
  await change(file, from, to)
  expect(releaseOf(folder).missing).toContainEqual(expect.stringMatching(line))
  const { code, out, err } = await script('--dry-run')
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err.split('\n')).toContainEqual(expect.stringMatching(line))
})

test('a tree with changes, another branch, a tag that is there, and a commit that CI has not passed on are told', async () => {
  await write('new.txt', '')
  expect(releaseOf(folder).missing).toEqual(['the tree has changes: commit them first'])
  commit()
  const head = git('rev-parse', '--short=7', 'HEAD')
  expect(releaseOf(folder).missing).toEqual([`.ci/run has not passed on ${head}: run it`])
  await passed()
  git('switch', '--quiet', '--create', 'other')
  git('tag', 'v1.2.0', 'HEAD~1')
  expect(releaseOf(folder).missing).toEqual([
    'releases are made of the branch main: git switch main',
    'v1.2.0 is there already: choose another version'
  ])
  expect(releaseOf(folder, true).missing).toEqual(['HEAD is not tagged v1.2.0'])
})

test('a word that is not known is refused with those that are', async () => {
  expect(await script('--force')).toEqual({
    code: 2,
    out: '',
    err: 'npm run release [-- --dry-run | --tagged | --notes]\n'
  })
})

test('of this repository it can be said what a release lacks', () => {
  const { version, missing, notes } = releaseOf(ROOT)
  expect(version).toMatch(/^\d+\.\d+\.\d+/)
  expect(notes).toContain('- ')
  expect(missing).not.toContainEqual(expect.stringMatching(/no heading|package-lock|docker-compose/))
})
