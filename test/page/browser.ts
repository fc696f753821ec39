import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const CHROMIUM = '/usr/bin/chromium'
/** It asks nobody for anything, but the pages that it is sent to. */
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run'
]

export const hasBrowser = existsSync(CHROMIUM)
if (!hasBrowser) {
  const words = `${CHROMIUM} is not there, which the page is tested in: apt-get install chromium`
  if (process.env.CI !== undefined) throw new Error(words)
  console.warn(`The page is not tested. ${words}`)
}

export function openBrowser(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, ...more] })
}

/** A tab of its own, and what went wrong in it. */
export interface Tab extends AsyncDisposable {
  readonly page: Page
  /** Uncaught errors, and what the browser complains about; what another host is asked for. */
  readonly troubles: readonly string[]
}

export async function openTab(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  const { origin } = new URL(url)
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('request', (request) => {
    const asked = request.url()
    if (!asked.startsWith(origin) && !asked.startsWith('blob:')) troubles.push(`asks ${asked}`)
  })
  page.on('console', (message) => {
    // A refusal is told there, too, whoever expects it.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) troubles.push(message.text())
  })
  await page.goto(url)
  return { page, troubles, [Symbol.asyncDispose]: () => context.close() }
}
