import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { hasBrowser, openBrowser, openTab } from './browser.ts'
import { baidu, DISK, VOLUME, withPolicy, zenlayer } from './clients.ts'

let browser: Browser
let server: Snapstand
let made = 0
/** A world that no other test knows, and where its page is. */
function fresh(view = 'timeline') {
  const world = server.world(`page-${++made}`)
  return { world, url: `${server.url}/?world=${world.key}#/${view}` }
}

describe.skipIf(!hasBrowser)('the page', () => {
  beforeAll(async () => {
    server = await startSnapstand({ clock: 'manual', clockAt: '2026-01-05T08:00:00Z' })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  test('a policy is made, a week is advanced, and what it made shows without a load', async () => {
    const { world, url } = fresh()
    await withPolicy(world)
    await using tab = await openTab(browser, url)
    const { page, troubles } = tab
    await page.getByRole('link', { name: /^nightly/ }).waitFor()
    await page.getByRole('button', { name: 'As a table' }).click()
    await page.getByRole('button', { name: '+1 week' }).click()
    await page.getByText('2026-01-12 08:00:00').first().waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'automatic snapshot, available' }).count()).toBe(7)
    // Each is kept for seven days, so that in another week the first seven are gone.
    await page.getByRole('button', { name: '+1 week' }).click()
    await page.getByText('2026-01-19 08:00:00').first().waitFor()
    await expect.poll(() => page.getByRole('row', { name: /2026-01-06 02.*automatic snapshot/ }).count()).toBe(0)
    expect(troubles).toEqual([])
  })

  test('what happens elsewhere shows here: another client advances', async () => {
    const { world, url } = fresh()
    await withPolicy(world)
    await using tab = await openTab(browser, url)
    await tab.page.getByText('2026-01-05 08:00:00').first().waitFor()
    await world.clock.advance('P1D')
    await tab.page.getByText('2026-01-06 08:00:00').first().waitFor()
    expect(tab.troubles).toEqual([])
  })

  test('a disk is rolled back, and its content marker comes back', async () => {
    const { world } = fresh()
    await using tab = await openTab(browser, `${server.url}/?world=${world.key}#/resources/baidu/volumes/${VOLUME}`)
    const { page, troubles } = tab
    await baidu(world, 'PUT', `/v2/volume/${VOLUME}?attach`, { instanceId: 'i-Starter1' })
    const marker = page.getByLabel('Content marker', { exact: true }).last()
    await marker.fill('before')
    await page.getByRole('button', { name: 'Write', exact: true }).click()
    await page.getByText('Written.').waitFor()
    const { snapshotId } = await baidu(world, 'POST', '/v2/snapshot', { volumeId: VOLUME, snapshotName: 'base' })
    await page.getByRole('link', { name: 'base' }).waitFor()
    await marker.fill('after')
    await page.getByRole('button', { name: 'Write', exact: true }).click()
    await expect.poll(() => world.content('baidu', VOLUME).get()).toBe('after')
    await baidu(world, 'PUT', `/v2/volume/${VOLUME}?detach`, { instanceId: 'i-Starter1' })
    await baidu(world, 'PUT', `/v2/volume/${VOLUME}?rollback`, { snapshotId })
    await expect.poll(() => marker.inputValue()).toBe('before')
    expect(troubles).toEqual([])
  })

  test('a wrong signature is understood: the reason, the rule, and the difference marked', async () => {
    const { world, url } = fresh('journal')
    await using tab = await openTab(browser, url)
    const { page, troubles } = tab
    const refused = await zenlayer(world, 'DescribeDisks', {}, (headers) => ({
      ...headers,
      authorization: (headers.authorization ?? '').replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
    }))
    expect(refused.status).toBe(401)
    await page.getByRole('button', { name: 'everyone' }).click()
    await page.getByRole('button', { name: 'refused', exact: true }).click()
    await page.getByRole('link', { name: 'DescribeDisks' }).first().click()
    await page.getByText('zenlayer.md 2.3').waitFor()
    const canonical = (await page.locator('section[aria-label="Canonical requests"] pre').first().textContent()) ?? ''
    await page.getByLabel(/Your client’s/).fill(canonical.replace('application/json', 'text/html'))
    await expect.poll(() => page.locator('mark').allInnerTexts()).toEqual(['application/json', 'text/html'])
    expect(troubles).toEqual([])
  })

  test('a refusal tells what it rests on, and what of its operation is a guess', async () => {
    const { world, url } = fresh('journal')
    expect((await zenlayer(world, 'CreateSnapshot', { diskId: 'none', snapshotName: 'one' })).status).toBe(404)
    await using tab = await openTab(browser, url)
    const { page, troubles } = tab
    await page.getByRole('link', { name: 'CreateSnapshot' }).first().click()
    await page.getByText('What CreateSnapshot rests on').click()
    const ground = page.locator('details').filter({ hasText: 'What CreateSnapshot rests on' })
    await ground.getByText('INVALID_DISK_NOT_FOUND').waitFor()
    const page51 = 'documented: Zenlayer API reference, CreateSnapshot (zenlayer.md 5.1)'
    expect(await ground.getByText(page51).count()).toBe(2)
    expect(await ground.getByRole('listitem').filter({ hasText: 'Boot disks are allowed. inferred:' }).count()).toBe(1)
    expect(troubles).toEqual([])
  })

  test('a call is made to fail next time, is met by a client, and counted', async () => {
    const { world, url } = fresh('journal')
    await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'one' })
    await using tab = await openTab(browser, url)
    const { page, troubles } = tab
    await page.getByRole('link', { name: 'CreateSnapshot' }).first().click()
    await page.getByRole('button', { name: 'Make the next such call fail' }).click()
    await page.getByRole('cell', { name: 'next-CreateSnapshot' }).waitFor()
    const failed = await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'two' })
    expect(failed.status).toBeGreaterThanOrEqual(400)
    const row = page.getByRole('row', { name: /next-CreateSnapshot/ })
    await expect.poll(() => row.locator('.number').allInnerTexts()).toEqual(['1', '1'])
    await row.getByRole('button', { name: 'Turn off' }).click()
    await row.getByRole('button', { name: 'Turn on' }).waitFor()
    expect(await world.faults.list()).toMatchObject([{ enabled: false }])
    expect(troubles).toEqual([])
  })

  test('a rule is made by the form, from the operations and their codes', async () => {
    const { world, url } = fresh('faults')
    await using tab = await openTab(browser, url)
    const { page } = tab
    await page.getByLabel('Cloud').selectOption('baidu')
    await page.getByLabel('Operation').selectOption('CreateAsp')
    await page.getByLabel('Code').selectOption('Asp.NameInvalid')
    await page.getByRole('button', { name: 'Put the rule' }).click()
    await page.getByRole('cell', { name: 'answers Asp.NameInvalid' }).waitFor()
    const asp = { name: 'a', timePoints: [1], repeatWeekdays: [1], retentionDays: 1 }
    expect(await baidu(world, 'POST', '/v2/asp', asp)).toMatchObject({ code: 'Asp.NameInvalid' })
    expect(await baidu(world, 'POST', '/v2/asp', asp)).toMatchObject({ aspId: expect.any(String) })
  })

  test('a world is saved, broken and restored; a reset can be taken back', async () => {
    const { world, url } = fresh('worlds')
    await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'kept' })
    const count = async () => (await world.resources.list('zenlayer', 'snapshots')).total
    await using tab = await openTab(browser, url)
    const { page, troubles } = tab
    await page.getByLabel('Name of the checkpoint').fill('good')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('cell', { name: 'good', exact: true }).waitFor()
    await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: 'broken' })
    await page.getByRole('button', { name: 'Go back' }).click()
    await expect.poll(count).toBe(1)
    await page.getByRole('button', { name: 'Reset' }).click()
    await expect.poll(count).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(count).toBe(1)
    await page.getByLabel('Name of the world to make of good').fill(`${world.key}-fork`)
    await page.getByRole('button', { name: 'Fork' }).first().click()
    await expect.poll(() => page.url()).toContain(`world=${world.key}-fork`)
    expect(troubles).toEqual([])
  })

  test('two tabs in two worlds never mix', async () => {
    const one = fresh()
    const other = fresh()
    await using first = await openTab(browser, one.url)
    await using second = await openTab(browser, other.url)
    await first.page.getByRole('button', { name: '+1 d', exact: true }).click()
    await first.page.getByText('2026-01-06 08:00:00').first().waitFor()
    expect((await other.world.clock.get()).now).toBe('2026-01-05T08:00:00.000Z')
    expect(await second.page.locator('.instant').textContent()).toBe('2026-01-05 08:00:00')
    expect(await first.page.locator('.instant').textContent()).toBe('2026-01-06 08:00:00')
  })

  test('names, tags and paths that hold markup are shown as they are', async () => {
    const { world } = fresh()
    const evil = `<img src=x onerror="document.title='taken'">`
    await zenlayer(world, 'ModifyDisksAttributes', { diskIds: [DISK], diskName: evil.slice(0, 64) })
    await zenlayer(world, 'CreateSnapshot', { diskId: DISK, snapshotName: evil })
    await fetch(`${server.url}/v2/asp/${encodeURIComponent(evil)}`)
    await world.settings.patch({ 'zenlayer.snapshotQuota': 2 })
    const views = ['timeline', 'resources/zenlayer/volumes', 'resources/zenlayer/snapshots', 'journal', 'worlds']
    for (const view of views) {
      await using tab = await openTab(browser, `${server.url}/?world=${world.key}#/${view}`)
      await tab.page.waitForTimeout(400)
      expect(await tab.page.locator('#page img[src="x"]').count(), view).toBe(0)
      expect(await tab.page.title()).not.toBe('taken')
      expect(tab.troubles, view).toEqual([])
    }
  })

  test('a long advance shows how far it is, and is stopped', async () => {
    const { world, url } = fresh()
    await zenlayer(world, 'CreateDisks', { zoneId: 'asia-east-1a', diskName: 'many', diskSize: 20, diskAmount: 20 })
    const { resources } = await world.resources.list('zenlayer', 'volumes', { text: 'many' })
    const policy = await withPolicy(world, 'daily', 30)
    await zenlayer(world, 'ApplyAutoSnapshotPolicy', {
      autoSnapshotPolicyId: policy,
      diskIds: resources.map(({ id }) => id)
    })
    await using tab = await openTab(browser, url)
    const { page } = tab
    await page.getByLabel('To an instant, in UTC').fill('2066-01-01')
    await page.getByRole('button', { name: 'Go to' }).click()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: '+1 h' }).waitFor()
    expect((await world.clock.get()).now < '2066').toBe(true)
  })

  test('a document that is wrong is refused with the place of each wrong, and one that is right is taken', async () => {
    const { world, url } = fresh('worlds')
    await using tab = await openTab(browser, url)
    const { page } = tab
    const give = (name: string, text: string) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await give('wrong.yaml', 'zenlayer:\n  disks:\n    - diskSize: big\n')
    await page
      .getByText(/diskSize/)
      .first()
      .waitFor()
    await give('right.yaml', 'clock: { mode: manual, at: 2026-03-01T00:00:00Z }\n')
    await page.getByText('2026-03-01 00:00:00').first().waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('2026-01-05 08:00:00').first().waitFor()
    expect((await world.clock.get()).now).toBe('2026-01-05T08:00:00.000Z')
  })

  test('a world that cannot be is refused in the server’s own words', async () => {
    await using tab = await openTab(browser, `${server.url}/?world=${'x'.repeat(2000)}`)
    await tab.page.getByRole('alert').getByText(/world/).waitFor()
    expect(await tab.page.getByText('does not answer').count()).toBe(0)
  })

  test('keys move and zoom the time line', async () => {
    const { url } = fresh()
    await using tab = await openTab(browser, url)
    const { page } = tab
    const sheet = page.getByRole('application', { name: /Time line/ })
    await sheet.focus()
    const lengthShown = () => page.locator('legend').first().textContent()
    const before = await lengthShown()
    await sheet.press('+')
    await expect.poll(lengthShown).not.toBe(before)
    await sheet.press('ArrowLeft')
    await expect
      .poll(() => page.getByRole('button', { name: 'now', exact: true }).getAttribute('aria-pressed'))
      .toBe('false')
    await sheet.press('Home')
    await expect
      .poll(() => page.getByRole('button', { name: 'now', exact: true }).getAttribute('aria-pressed'))
      .toBe('true')
  })
})
