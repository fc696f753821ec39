import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Snapstand, startSnapstand } from '../../src/index.ts'
import { hasBrowser, openBrowser, openTab } from './browser.ts'
import { DISK, withPolicy, zenlayer } from './clients.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

let browser: Browser
let server: Snapstand
let views: readonly string[] = []

async function violationsIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const found: readonly Violation[] = await page.evaluate('axe.run().then(({ violations }) => violations)')
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))
}

describe.skipIf(!hasBrowser)('every view', () => {
  beforeAll(async () => {
    server = await startSnapstand({ clock: 'manual', clockAt: '2026-01-05T08:00:00Z' })
    browser = await openBrowser()
    const world = server.world()
    const policy = await withPolicy(world)
    await world.clock.advance('P9D')
    await zenlayer(world, 'CreateSnapshot', { diskId: 'none', snapshotName: 'refused' })
    await world.checkpoints.save('before')
    await world.faults.put('quota', { then: { delayMs: 1 }, times: 1 })
    const [refused] = (await world.requests.list({ refusal: true })).requests
    views = [
      ...['timeline', 'resources', 'journal', 'faults', 'worlds', 'settings'],
      `resources/zenlayer/volumes/${DISK}`,
      `resources/zenlayer/policies/${policy}`,
      `journal/${refused?.id}`
    ]
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  test.for(['light', 'dark'] as const)('has no finding of axe-core in the %s theme', async (colorScheme) => {
    for (const view of views) {
      await using tab = await openTab(browser, `${server.url}/#/${view}`, { colorScheme })
      await tab.page.getByText('Live', { exact: true }).waitFor()
      await tab.page.waitForTimeout(300)
      if (view === 'timeline') await tab.page.getByRole('button', { name: 'As a table' }).click()
      expect(await violationsIn(tab.page), view).toEqual([])
      expect(tab.troubles, view).toEqual([])
    }
  })

  test.for([360, 1280, 2560])('fits a window that is %i wide', async (width) => {
    for (const view of views) {
      await using tab = await openTab(browser, `${server.url}/#/${view}`, { viewport: { width, height: 800 } })
      await tab.page.getByText('Live', { exact: true }).waitFor()
      await tab.page.waitForTimeout(200)
      expect(await tab.page.evaluate('document.documentElement.scrollWidth - innerWidth'), view).toBeLessThanOrEqual(0)
    }
  })
})
