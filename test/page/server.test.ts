import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSnapstand } from '../../src/index.ts'
import { hasBrowser, openBrowser, openTab } from './browser.ts'

let browser: Browser

describe.skipIf(!hasBrowser)('the page and its server', () => {
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test('the server stops and comes back, and the page goes on by itself', async () => {
    const first = await startSnapstand({ clock: 'manual', clockAt: '2026-01-05T08:00:00Z' })
    await using tab = await openTab(browser, first.url)
    const { page } = tab
    await page.getByText('Live', { exact: true }).waitFor()
    await first.close()
    await page.getByRole('alert').getByText('The server does not answer').waitFor()
    // What was known is still there.
    expect(await page.locator('.instant').textContent()).toBe('2026-01-05 08:00:00')
    const second = await startSnapstand({ clock: 'manual', clockAt: '2026-02-01T00:00:00Z', port: first.port })
    try {
      await page.getByText('Live', { exact: true }).waitFor()
      await page.getByText('2026-02-01 00:00:00').first().waitFor()
    } finally {
      await second.close()
    }
  })

  test('with a token it asks for it, keeps it for the tab, and shows it nowhere', async () => {
    const token = 'open-sesame-and-let-me-in'
    await using server = await startSnapstand({ controlToken: token })
    await using tab = await openTab(browser, server.url)
    const { page } = tab
    await page.getByLabel('Token').fill('wrong')
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByText('That is not the token of this server.').waitFor()
    await page.getByLabel('Token').fill(token)
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByText('Live', { exact: true }).waitFor()
    await page.reload()
    await page.getByText('Live', { exact: true }).waitFor()
    await page.getByLabel('Copy moving the clock as a command').click()
    const commands = await page
      .locator('.menu li button')
      .evaluateAll((buttons) => buttons.map((each) => String(each.title)))
    expect(commands.join('\n')).toContain('SNAPSTAND_CONTROL_TOKEN')
    expect(await page.content()).not.toContain(token)
    await using another = await openTab(browser, server.url)
    await another.page.getByText('This server wants its token').waitFor()
  })
})
