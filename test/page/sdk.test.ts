import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { World } from '../../src/client/index.ts'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { hasBrowser, openBrowser, openTab } from './browser.ts'
import { VOLUME } from './clients.ts'

const run = promisify(execFile)
/** Which version of the SDK, and what it needs, is said where the official clients are. */
const LOCKED = fileURLToPath(new URL('../../conformance/baidu-js/', import.meta.url))

/** Calls by Baidu's own SDK, one after the other: what each was answered, a refusal by its code. */
const PROGRAM = `
import sdk from '@baiducloud/sdk'
const [endpoint, ak, sk, calls] = process.argv.slice(2)
const client = new sdk.BceBaseClient({ endpoint, credentials: { ak, sk } }, 'bcc', true)
const answers = []
for (const [method, path, params, body] of JSON.parse(calls)) {
  const sent = { params, body: body ? JSON.stringify(body) : null }
  answers.push(await client.sendRequest(method, path, sent).then((answer) => answer.body, ({ code }) => ({ code })))
}
console.log(JSON.stringify(answers))
`

type Sdk = (world: World, ...calls: readonly (readonly [string, string, object, object?])[]) => Promise<unknown[]>

describe.skipIf(!hasBrowser)('the page beside Baidu’s own SDK', () => {
  let browser: Browser
  let server: Snapstand
  let folder = ''
  const sdk: Sdk = async ({ credentials }, ...calls) => {
    const { endpoint, ak, sk } = credentials.baidu
    const { stdout } = await run(process.execPath, ['program.js', endpoint, ak, sk, JSON.stringify(calls)], {
      cwd: folder
    })
    return JSON.parse(stdout)
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snapstand-page-sdk-'))
    for (const name of ['package.json', 'package-lock.json']) await cp(join(LOCKED, name), join(folder, name))
    await writeFile(join(folder, 'program.js'), PROGRAM)
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder })
    server = await startSnapstand({ clock: 'manual', clockAt: '2026-01-05T08:00:00Z' })
    browser = await openBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('makes a policy; a month is advanced in the page, and what it made shows and is gone in its time', async () => {
    const world = server.world('by-sdk')
    const asp = {
      name: 'nightly',
      timePoints: ['20'],
      repeatWeekdays: ['0', '1', '2', '3', '4', '5', '6'],
      retentionDays: '10'
    }
    const [, made] = await sdk(
      world,
      ['PUT', `/v2/volume/${VOLUME}`, { attach: '' }, { instanceId: 'i-Starter1' }],
      ['POST', '/v2/asp', {}, asp]
    )
    const aspId = String(Object(made).aspId)
    expect(aspId).toMatch(/^asp-/)
    await sdk(world, ['PUT', `/v2/asp/${aspId}`, { attach: '' }, { volumeIds: [VOLUME] }])
    await using tab = await openTab(browser, `${server.url}/?world=${world.key}#/timeline`)
    const { page, troubles } = tab
    await page.getByRole('button', { name: 'As a table' }).click()
    for (const date of ['2026-01-12', '2026-01-19', '2026-01-26', '2026-02-02']) {
      await page.getByRole('button', { name: '+1 week' }).click()
      await page.getByText(`${date} 08:00:00`).first().waitFor()
    }
    // Four weeks of days, each kept for ten.
    await expect.poll(() => page.getByRole('link', { name: 'automatic snapshot, available' }).count()).toBe(10)
    const [list] = await sdk(world, ['GET', '/v2/snapshot', { volumeId: VOLUME }])
    expect(Object(list).snapshots).toHaveLength(10)
    expect(troubles).toEqual([])
  })

  test('meets a fault that the form has put, once', async () => {
    const world = server.world('by-sdk-faulted')
    await using tab = await openTab(browser, `${server.url}/?world=${world.key}#/faults`)
    const { page, troubles } = tab
    await page.getByLabel('Cloud').selectOption('baidu')
    await page.getByLabel('Operation').selectOption('CreateSnapshot')
    await page.getByLabel('Code').selectOption('Instance.SnapshotLimitExceeded')
    await page.getByRole('button', { name: 'Put the rule' }).click()
    await page.getByRole('cell', { name: 'answers Instance.SnapshotLimitExceeded' }).waitFor()
    const call = ['POST', '/v2/snapshot', {}, { volumeId: VOLUME, snapshotName: 'one' }] as const
    const answers = await sdk(world, call)
    expect(answers).toStrictEqual([{ code: 'Instance.SnapshotLimitExceeded' }])
    await world.faults.clear()
    expect(await sdk(world, call)).toStrictEqual([{ snapshotId: expect.any(String) }])
    expect(troubles).toEqual([])
  })
})
