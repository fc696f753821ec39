import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withProgress } from '../../src/cli/commands/progress.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { collector, type Surroundings, typed, typing } from './lines.ts'

const DISK = '1700000000000000101'
let server: Snapstand
let folder = ''
beforeAll(async () => {
  server = await startSnapstand({ clock: 'manual' })
  folder = await mkdtemp(join(tmpdir(), 'snapstand-commands-'))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

let made = 0
/** Commands about a world of their own. */
function driving(surroundings: Surroundings = {}) {
  const world = `cli-${made++}`
  const run = (...words: string[]) =>
    typed(words, { ...surroundings, env: { SNAPSTAND_URL: server.url, SNAPSTAND_WORLD: world } })
  const answered = async (...words: string[]) => {
    const { code, out, err } = await run(...words, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    return JSON.parse(out)
  }
  return { world, run, answered }
}

/** What the door answers, by HTTP alone. */
async function door(path: string): Promise<unknown> {
  return (await fetch(`${server.url}/_snapstand${path}`)).json()
}

async function zenlayer(action: string, body: object, at: { readonly url: string } = server): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-zc-action': action, 'x-zc-version': '2025-09-01' }
  const answer = await fetch(`${at.url}/api/v2/zec`, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.json()
}

/** A policy that fires every hour, with a disk, in the world `default`. */
async function policy(): Promise<string> {
  const asked = {
    zoneId: 'asia-east-1a',
    autoSnapshotPolicyName: 'hourly',
    repeatWeekDays: [1, 2, 3, 4, 5, 6, 7],
    hours: Array.from({ length: 24 }, (_, hour) => hour),
    retentionDays: 1
  }
  const id = String(Object(Object(await zenlayer('CreateAutoSnapshotPolicy', asked)).response).autoSnapshotPolicyId)
  await zenlayer('ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: id, diskIds: [DISK] })
  return id
}
const inDefault = (...words: string[]) => typed(words, { env: { SNAPSTAND_URL: server.url } })

test('a clock is read, set and advanced, for people and for machines', async () => {
  const { world, run, answered } = driving()
  expect(await run('clock')).toEqual({ code: 0, out: `${world}: 2026-01-05T08:00:00.000Z manual\n`, err: '' })
  expect(await answered('clock', 'manual', '2026-02-01T00:00:00Z')).toEqual(await door(`/clock?world=${world}`))
  expect((await run('advance', '7d')).out).toBe(
    [
      `${world}: 2026-02-01T00:00:00.000Z → 2026-02-08T00:00:00.000Z`,
      '  0 firings, 0 snapshots created, 0 expired, 0 completed',
      '  nothing is due next',
      ''
    ].join('\n')
  )
  for (const how of ['2026-02-09T00:00:00Z', 'next', 'P1M']) {
    expect(await answered('advance', how)).toMatchObject({ world, firings: 0, skipped: {} })
  }
  expect(await run('clock', 'manual', 'system')).toMatchObject({ code: 2, out: '' })
})

test('what is machine-readable is what the server answers, to the letter', async () => {
  for (const [words, path] of [
    [['clock'], '/clock'],
    [['agenda', '--limit', '2'], '/agenda?limit=2'],
    [['requests', '--limit', '1'], '/requests?limit=1'],
    [['settings'], '/settings'],
    [['operations'], '/operations']
  ] as const) {
    const { out } = await inDefault(...words, '--json')
    expect(out).toBe(`${await (await fetch(`${server.url}/_snapstand${path}`)).text()}\n`)
  }
})

test('what is to come and what a policy did stands below each other', async () => {
  const id = await policy()
  const { out } = await inDefault('agenda', '--limit', '1')
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^default: .* manual$/),
    'at                        cloud     what    id                   does',
    `2026-01-05T09:00:00.000Z  zenlayer  policy  ${id}  fires`,
    'There is more to come: --limit.',
    ''
  ])
  await inDefault('advance', 'PT2H')
  const told = (await inDefault('occurrences', 'zenlayer', id, '--limit', '1')).out.split('\n')
  expect(told).toEqual([
    expect.stringMatching(/^2026-01-05T10:00:00.000Z {2}made 1 {5}\d{19}$/),
    '2026-01-05T10:00:00.000Z  now',
    '2026-01-05T11:00:00.000Z  1 volumes',
    ''
  ])
  expect(await inDefault('occurrences', 'zenlayer', 'none')).toMatchObject({
    code: 1,
    err: expect.stringContaining('none')
  })
})

test('checkpoints are saved, listed, gone back to, forked and dropped', async () => {
  const { world, run, answered } = driving()
  expect((await run('checkpoint')).out).toBe(`${world} has no checkpoints.\n`)
  expect((await run('checkpoint', 'save', 'clean')).out).toBe(
    `clean of ${world} is saved, at 2026-01-05T08:00:00.000Z\n`
  )
  await run('advance', '1d')
  expect(await answered('checkpoint', 'list')).toEqual(await door(`/checkpoints?world=${world}`))
  expect((await run('checkpoint')).out).toMatch(
    /^name {3}the world’s instant .*\nclean {2}2026-01-05T08:00:00.000Z .* KiB\n$/
  )
  expect(await answered('checkpoint', 'restore', 'clean', '--as', `${world}-copy`)).toMatchObject({
    world: `${world}-copy`
  })
  expect((await run('clock')).out).toContain('2026-01-06')
  expect((await run('checkpoint', 'restore', 'clean')).out).toBe(
    `${world} is as ${world} was in clean, at 2026-01-05T08:00:00.000Z\n`
  )
  expect(await run('checkpoint', 'drop', 'clean', '--json')).toEqual({ code: 0, out: '', err: '' })
  expect(await run('checkpoint', 'drop', 'clean')).toMatchObject({ code: 1, err: expect.stringContaining('clean') })
})

test('settings are listed, set by name=value, and put back', async () => {
  const { world, run, answered } = driving()
  expect((await run('settings', 'list', 'snapshotQuota')).out).toMatch(/^name .*\nzenlayer.snapshotQuota {2}0 .*\n$/)
  const { out } = await run('settings', 'set', 'zenlayer.snapshotQuota=2', 'zenlayer.plainMessages=true')
  expect(out).toMatch(/\nzenlayer.snapshotQuota {2}2 +0 /)
  expect(await door(`/settings?world=${world}`)).toContainEqual(
    expect.objectContaining({ name: 'zenlayer.plainMessages', value: true, default: false })
  )
  const code = 'zenlayer.diskNotFoundCode=OPERATION_FAILED_RESOURCE_NOT_FOUND'
  expect((await run('settings', 'set', code)).code).toBe(0)
  expect(await answered('settings', 'unset', 'zenlayer.snapshotQuota')).toContainEqual(
    expect.objectContaining({ name: 'zenlayer.snapshotQuota', value: 0 })
  )
  expect(await run('settings', 'set', 'zenlayer.snapshotQuot=2')).toMatchObject({
    code: 1,
    err: 'snapstand: zenlayer.snapshotQuot is not known (did you mean zenlayer.snapshotQuota?).\n'
  })
  expect(await run('settings', 'set', 'quota')).toMatchObject({
    code: 2,
    err: 'snapstand: settings set: "quota" is no change (expected name=value)\n'
  })
})

test('worlds are listed, kept and forgotten', async () => {
  const { world, run, answered } = driving()
  expect((await run('worlds', 'keep', world)).out).toBe(`${world} is kept.\n`)
  expect((await run('worlds')).out).toMatch(new RegExp(`\\n${world} +2026-01-05T08:00:00.000Z {2}manual {2}0 +kept\\n`))
  expect(await answered('worlds', 'keep', world, '--off')).toMatchObject({ id: world, keep: false })
  expect(await answered('worlds', 'list')).toEqual(await door('/worlds'))
  expect((await run('worlds', 'delete', world)).out).toBe(`${world} is gone.\n`)
  expect(await run('worlds', 'delete', world)).toEqual({
    code: 1,
    out: '',
    err: `snapstand: there is no world "${world}"\n`
  })
})

test('calls are listed by what they were, the oldest first, and one is told whole', async () => {
  await inDefault('requests', 'clear')
  await zenlayer('DescribeDisks', { foo: 1 })
  await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 'nightly' })
  const [served = '', refused = '', hint = '', end] = (await inDefault('requests')).out.split('\n')
  expect(served).toMatch(/ {2}default {2}zenlayer {2}DescribeDisks {3}200 +T[0-9A-F-]{36}$/)
  expect(refused).toMatch(/ {2}zenlayer {2}CreateSnapshot {2}404 {2}INVALID_DISK_NOT_FOUND {2}T[0-9A-F-]{36}$/)
  expect(hint).toMatch(/^ {4}\S/)
  expect(end).toBe('')
  for (const filter of [
    ['--status', '404'],
    ['--code', 'INVALID_DISK_NOT_FOUND'],
    ['--operation', 'CreateSnapshot']
  ]) {
    const { out } = await inDefault('requests', 'list', ...filter)
    expect(out.split('\n').filter((line) => line.includes('zenlayer'))).toHaveLength(1)
  }
  const id = served.split(' ').at(-1) ?? ''
  const { out } = await inDefault('requests', 'show', id)
  expect(out).toContain('POST /api/v2/zec\n')
  expect(out).toContain('sent and not read: body.foo\n')
  expect(out).toContain('{"foo":1}')
  expect((await inDefault('requests', 'curl', id)).out).toMatch(/^curl .*\n$/s)
  expect(await inDefault('requests', 'list', '--operation', 'DeleteSnapshots')).toMatchObject({
    out: 'No such calls in default.\n'
  })
  expect(await inDefault('requests', 'clear')).toMatchObject({ out: 'The journal of default is empty.\n' })
  expect(await inDefault('requests')).toMatchObject({ out: 'No calls in default yet.\n' })
  expect(await inDefault('requests', '--limit', 'ten')).toMatchObject({
    code: 2,
    err: 'snapstand: --limit: "ten" cannot be read (expected a whole number)\n'
  })
})

test('a call whose answer a fault lost tells so, in a list and by itself', async () => {
  await inDefault('requests', 'clear')
  for (const connection of ['reset', 'close-early'] as const) {
    await server.world().faults.put('lost', { operation: 'DescribeDisks', then: { connection } })
    await expect(zenlayer('DescribeDisks', {})).rejects.toThrow()
  }
  await server.world().faults.clear()
  const [lost = '', why, begun, whyBegun] = (await inDefault('requests')).out.split('\n')
  expect(lost).toMatch(/ {2}DescribeDisks {2}- +T[0-9A-F-]{36}$/)
  expect(why).toBe('    The fault "lost" let no answer through (reset).')
  expect(begun).toMatch(/ {2}DescribeDisks {2}200 /)
  expect(whyBegun).toBe('    The fault "lost" broke the answer off.')
  const { out } = await inDefault('requests', 'show', lost.split(' ').at(-1) ?? '')
  expect(out).toContain(why)
})

test('operations are told with their errors, and what is not served with the reason', async () => {
  const { run } = driving()
  expect((await run('operations', '--cloud', 'baidu')).out).toMatch(
    /\nbaidu {2}AttachAsp +PUT \/v2\/asp\/:aspId attach +\d+ +\d+ +0 +\d+ +\d+ +Bind volumes to a policy\.\n/
  )
  const { out } = await run('operations', 'CreateSnapshot', '--cloud', 'zenlayer')
  expect(out).toContain('404  INVALID_DISK_NOT_FOUND')
  expect(out).toContain('429  REQUEST_LIMIT_EXCEEDED')
  expect(out).toMatch(/^Rests on: \d+ documented, \d+ client, 0 recorded, \d+ inferred, \d+ invented$/m)
  expect(out).toContain(
    '- Boot disks are allowed. (inferred: today’s page dropped the note and the code that forbade them)'
  )
  expect(out).toContain('- body.snapshotName (client: CSI driver)')
  expect(await run('operations', 'DescribeResourceTypes')).toMatchObject({
    code: 0,
    out: expect.stringContaining('not served')
  })
  expect(await run('operations', 'CreatSnapshot')).toMatchObject({
    code: 2,
    err: 'snapstand: CreatSnapshot: is not known (did you mean CreateSnapshot?)\n'
  })
  expect(await run('operations', '--cloud', 'zenlayr')).toMatchObject({ code: 1 })
})

test('a world is exported, seeded and reset', async () => {
  const { world, run, answered } = driving()
  const file = join(folder, 'world')
  await writeFile(file, (await run('export')).out)
  expect(await run('seed', file)).toMatchObject({
    code: 0,
    out: `${world} is as it was exported, at 2026-01-05T08:00:00.000Z manual\n`
  })
  await writeFile(file, 'zenlayer:\n  disk: []\n')
  expect(await run('seed', file)).toEqual({
    code: 2,
    out: '',
    err: `snapstand: ${file}:2:3 zenlayer.disk: is not known (did you mean disks?)\n`
  })
  expect((await run('reset')).out).toBe(`${world} is back at the starter seed.\n`)
  expect(await answered('reset')).toEqual({ worlds: [world] })
})

test('faults are put from a file or as typed, listed with what they did, and dropped', async () => {
  const { world, run, answered } = driving()
  expect(await run('faults')).toMatchObject({ code: 0, out: `${world} has no faults.\n` })
  const rule = {
    provider: 'zenlayer',
    operation: 'CreateSnapshot',
    times: 2,
    then: { error: 'INVALID_SNAPSHOT_QUOTA_EXCEED' }
  }
  const put = await answered('faults', 'put', JSON.stringify(rule), '--id', 'quota')
  expect(put).toMatchObject({ id: 'quota', world, ...rule, met: 0, acted: 0 })
  const file = join(folder, 'faults.yaml')
  await writeFile(
    file,
    '- { id: slow, then: { delayMs: 5 } }\n- { id: gone, enabled: false, then: { connection: reset } }\n'
  )
  expect((await run('faults', 'put', file)).code).toBe(0)
  expect((await run('faults')).out.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' | '))).toEqual([
    'fault | world | cloud | operation | then | acted | met',
    `quota | ${world} | zenlayer | CreateSnapshot | {"error":"INVALID_SNAPSHOT_QUOTA_EXCEED"} | 0 of 2 | 0`,
    `slow | ${world} | * | * | {"delayMs":5} | 0 | 0`,
    `gone | ${world} | * | * | {"connection":"reset"} | 0 | 0 | off`,
    ''
  ])
  expect(await answered('faults', 'list')).toEqual(await door(`/faults?world=${world}`))
  expect((await run('faults', 'delete', 'slow')).out).toBe(`slow of ${world} is gone.\n`)
  expect(await run('faults', 'delete', 'slow')).toMatchObject({ code: 1, err: expect.stringContaining('slow') })
  expect(await run('faults', 'clear')).toMatchObject({ code: 0, out: `${world} has no faults of its own.\n` })
  expect(await door(`/faults?world=${world}`)).toEqual([])
})

test.for([
  ['{"then":{"delayMs":5}}', 2, 'rule: has no name (expected --id, or a member `id`)'],
  ['{"id":"a"}', 2, 'rule: is no fault (expected an object with `then`)'],
  ['[7]', 2, 'rule: is no fault (expected an object with `then`)'],
  ['/nowhere/faults.yaml', 2, '/nowhere/faults.yaml: cannot be read'],
  ['{"id":"a","operation":"CreatSnapshot","then":{"delayMs":5}}', 1, 'CreateSnapshot']
] as const)('the fault %s is refused with what would be right', async ([word, code, complaint]) => {
  expect(await driving().run('faults', 'put', word)).toEqual({
    code,
    out: '',
    err: expect.stringContaining(complaint)
  })
})

test('what calls there were is expected, and a script sees by the exit code whether they were', async () => {
  await inDefault('requests', 'clear')
  await zenlayer('CreateSnapshot', { diskId: 'none', snapshotName: 'nightly' })
  const met = await inDefault(
    'requests',
    'expect',
    'CreateSnapshot',
    '--status',
    '404',
    '--body',
    '{"snapshotName":"nightly"}'
  )
  expect(met).toMatchObject({ code: 0, err: '' })
  expect(met.out).toMatch(/ CreateSnapshot {2}404 [\s\S]*\n1 CreateSnapshot in default, as expected.\n$/)
  const unmet = await inDefault(
    'requests',
    'expect',
    'CreateSnapshot',
    '--status',
    '200',
    '--at-least',
    '1',
    '--within',
    '10ms'
  )
  expect(unmet).toMatchObject({ code: 1, out: '' })
  expect(unmet.err).toMatch(/\nsnapstand: - CreateSnapshot \(T[0-9A-F-]+\): status is 404, not 200\n$/)
  expect(await inDefault('requests', 'expect', 'DescribeDisks', '--times', '0')).toMatchObject({ code: 0 })
  expect(await inDefault('requests', 'expect', 'CreateSnapshot', '--body', '[]')).toMatchObject({ code: 2 })
  expect(await inDefault('requests', 'expect', 'CreateSnapshot', '--within', 'soon')).toMatchObject({ code: 2 })
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5)
}

test('calls are followed as they come, those that were asked for, until the server ends', async () => {
  const other = await startSnapstand({ clock: 'manual' })
  const env = { SNAPSTAND_URL: other.url }
  await zenlayer('DescribeDisks', {}, other)
  const all = typing(['requests', '--follow'], { env })
  const some = typing(['requests', '--follow', '--refused', '--text', 'gone-disk', '--json'], { env })
  const later = typing(['requests', '--follow', '--after', '2026-01-06T00:00:00Z'], { env })
  const happened = typing(['events', '--types', 'request,clock'], { env })
  await until(() => all.printed().includes('DescribeDisks'))
  // Nothing tells when a reader has begun that has nothing to tell.
  while (!happened.printed().includes('DescribeZones')) {
    await zenlayer('DescribeZones', {}, other)
    await delay(5)
  }
  await zenlayer('CreateSnapshot', { diskId: 'gone-disk', snapshotName: 'nightly' }, other)
  await zenlayer('CreateSnapshot', { diskId: 'other-disk', snapshotName: 'nightly' }, other)
  await other.world().clock.advance('1d')
  await until(() => all.printed().split('CreateSnapshot').length === 3 && some.printed() !== '')
  await until(() => happened.printed().includes('clock'))
  await zenlayer('DescribeZones', {}, other)
  await until(() => later.printed().includes('DescribeZones'))
  await other.close()
  expect((await later.ended).out.split('\n')).toHaveLength(2)
  expect(await all.ended).toMatchObject({ code: 0, err: '' })
  expect((await all.ended).out.match(/DescribeDisks/g)).toHaveLength(1)
  const { out } = await some.ended
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  ).toEqual([expect.objectContaining({ operation: 'CreateSnapshot', status: 404, code: 'INVALID_DISK_NOT_FOUND' })])
  expect((await happened.ended).out).toMatch(
    / default {2}request {4}zenlayer CreateSnapshot 404 INVALID_DISK_NOT_FOUND /
  )
  expect((await happened.ended).out).toMatch(/ default {2}clock {6}2026-01-06T08:00:00.000Z manual/)
  expect(await typed(['events', '--types', 'request,clok'], { env })).toMatchObject({
    code: 2,
    err: 'snapstand: --types clok: is not known (did you mean clock?)\n'
  })
})

describe('on a terminal', () => {
  test('there is colour, and columns are as wide as what one sees', async () => {
    const plain = (await driving().run('settings')).out
    const { out } = await driving({ isColoured: true }).run('settings')
    expect(out).toContain('\x1b[2m')
    expect(stripVTControlCharacters(out)).toBe(plain)
  })

  test('a long advance shows how far it is, and takes that away again', async () => {
    const { stream, text } = collector()
    const states = [undefined, '2026-01-01T00:00:00Z', '2026-01-06T00:00:00Z', '2026-01-09T00:00:00Z']
    let end = () => {}
    const work = new Promise<string>((resolve) => {
      end = () => resolve('done')
    })
    const get = async () => {
      const at = states.length > 1 ? states.shift() : states[0]
      if (states.length === 1) setTimeout(() => end(), 20)
      const advancing = at === undefined ? {} : { advancing: { at, to: '2026-01-11T00:00:00Z' } }
      return { world: 'w', mode: 'manual' as const, now: '2026-01-01T00:00:00Z', ...advancing }
    }
    const { clock } = server.world('w')
    const told = await withProgress({ stderr: stream, isWatched: true }, { clock: { ...clock, get } }, work, 1)
    expect(told).toBe('done')
    expect(text()).toContain('2026-01-06T00:00:00Z, 50 % of the way to 2026-01-11T00:00:00Z')
    expect(text().endsWith('\r\x1b[K')).toBe(true)
  })

  test('nothing is shown where nobody watches, and a refusal is the advance’s own', async () => {
    const { stream, text } = collector()
    const world = server.world('w')
    await withProgress({ stderr: stream, isWatched: false }, world, delay(5), 1)
    expect(text()).toBe('')
    const refused = withProgress({ stderr: stream, isWatched: true }, world, Promise.reject(new Error('no')), 1)
    await expect(refused).rejects.toThrow('no')
  })
})

describe('help and slips', () => {
  test.for([
    [['-h'], 'Usage: snapstand [command] [options]'],
    [['help'], 'Usage: snapstand [command] [options]'],
    [['help', 'advance'], 'Usage: snapstand advance [options] <how>'],
    [['help', 'checkpoint', 'save'], 'Usage: snapstand checkpoint save [options] <name>'],
    [['checkpoint', '-h'], 'Usage: snapstand checkpoint [options] [command]'],
    [['settings', 'set', '--help'], 'Usage: snapstand settings set [options] <name=value...>']
  ] as const)('%j', async ([words, begin]) => {
    const { code, out, err } = await typed(words)
    expect({ code, err, begin: out.split('\n')[0] }).toEqual({ code: 0, err: '', begin })
  })

  test.for([
    ['strat', 'strat: is not known (did you mean start?)'],
    ['checkpoint sav x', 'checkpoint sav: is not known (did you mean save?)'],
    ['help checkpoint sav', 'checkpoint sav: is not known (did you mean save?)'],
    ['help advance soon', 'advance soon: is not known (nothing is taken here)'],
    ['requests lst', 'requests lst: is not known (did you mean list?)'],
    ['checkpoint save', "missing required argument 'name'"],
    ['checkpoint save a b', "too many arguments for 'save'. Expected 1 argument but got 2."],
    ['agenda --limt 2', "unknown option '--limt' (Did you mean --limit?)"]
  ] as const)('%s', async ([line, complaint]) => {
    expect(await typed(line.split(' '))).toEqual({ code: 2, out: '', err: `snapstand: ${complaint}\n` })
  })
})

describe('where no server is', () => {
  const nobody = { env: { SNAPSTAND_URL: 'http://127.0.0.1:1' } }
  test.for(['health', 'clock', 'requests', 'export', 'worlds'])('%s ends with 3', async (word) => {
    expect(await typed([word], nobody)).toEqual({
      code: 3,
      out: '',
      err: 'snapstand: nothing answers at http://127.0.0.1:1; start it with snapstand, or name another with --url\n'
    })
  })

  test('wait waits until one is there, which tells where by a file, and not for ever', async () => {
    const urlFile = join(folder, 'url')
    const env = { SNAPSTAND_URL_FILE: urlFile, SNAPSTAND_PORT: '1' }
    const waiting = typed(['wait'], { env })
    await delay(50)
    const late = await startSnapstand({ urlFile })
    expect(await waiting).toMatchObject({ code: 0, out: expect.stringMatching(/^ok, Snapstand .*, at http:/) })
    await late.close()
    expect(await typed(['wait', '--timeout', '50ms'], { env })).toMatchObject({
      code: 3,
      err: 'snapstand: nothing answers at http://127.0.0.1:1 within 50ms\n'
    })
    expect(await typed(['wait', '--timeout', 'long'], { env })).toMatchObject({ code: 2 })
  })

  test('a --url-file that is not written leads to no other server', async () => {
    const urlFile = join(folder, 'not-yet')
    const other = await startSnapstand({})
    const env = { SNAPSTAND_PORT: new URL(other.url).port }
    expect(await typed(['health'], { env })).toMatchObject({ code: 0 })
    expect(await typed(['reset', '*', '--url-file', urlFile], { env })).toEqual({
      code: 3,
      out: '',
      err: `snapstand: no server has written ${urlFile}; start it with this --url-file, or name another with --url\n`
    })
    expect(await typed(['wait', '--timeout', '50ms', '--url-file', urlFile], { env })).toMatchObject({
      code: 3,
      err: `snapstand: no server has written ${urlFile} within 50ms\n`
    })
    const waiting = typed(['wait', '--url-file', urlFile], { env })
    await delay(50)
    const meant = await startSnapstand({ urlFile })
    expect(await waiting).toMatchObject({ code: 0, out: expect.stringContaining(meant.url) })
    await meant.close()
    await other.close()
  })
})
