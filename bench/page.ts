// The page in a browser, in figures: what the first view takes, how smoothly many marks move, what an hour of events costs.
//   npm run bench:page
import { gzipSync } from 'node:zlib'
import type { CDPSession, Page } from 'playwright-core'
import { connect, type World } from '../src/client/index.ts'
import { openBrowser, openTab } from '../test/page/browser.ts'
import { withPolicy, zenlayer } from '../test/page/clients.ts'
import { startProgram } from '../test/program.ts'

const DISKS = 100
const MOVES_MS = 4000
/** What a busy hour of a test suite brings. */
const CALLS = 3600

const program = await startProgram(['--clock', 'manual', '--clock-at', '2026-01-05T08:00:00Z'])
const server = connect(program.url)
const browser = await openBrowser()
try {
  await firstView()
  const world = server.world('year')
  await fill(world)
  await moving(world)
  await hour(server.world('hour'))
} finally {
  await browser.close()
  await program.stop()
}

/** Bytes as they travel, and the time until there is something to see. */
async function firstView(): Promise<void> {
  let bytes = 0
  const html = await (await fetch(program.url)).text()
  const files = [...html.matchAll(/(?:src|href)="(page\/[^"]+)"/g)].map(([, path = '']) => path)
  const chunks = new Set<string>()
  for (const path of files) {
    const text = await (await fetch(`${program.url}/${path}`)).text()
    bytes += gzipSync(text).length
    for (const [, chunk = ''] of text.matchAll(/(?:import|from)\s*"\.\/([\w-]+\.js)"/g)) chunks.add(chunk)
  }
  for (const chunk of chunks) bytes += gzipSync(await (await fetch(`${program.url}/page/${chunk}`)).text()).length
  const times: number[] = []
  for (let run = 0; run < 5; run++) {
    const begin = performance.now()
    await using tab = await openTab(browser, program.url)
    await tab.page.getByRole('application').waitFor()
    times.push(performance.now() - begin)
  }
  const median = times.toSorted((one, other) => one - other)[2] ?? 0
  console.log(
    `first view     ${(bytes / 1024).toFixed(1)} KiB compressed (promised: 60), drawn after ${median.toFixed(0)} ms`
  )
}

/** A hundred disks, a snapshot of each a day, all kept for a year. */
async function fill(world: World): Promise<void> {
  const policy = await withPolicy(world, 'daily', 400)
  const some = { zoneId: 'asia-east-1a', diskName: 'disk', diskSize: 20, diskAmount: 20 }
  for (let made = 0; made < DISKS; made += 20) await zenlayer(world, 'CreateDisks', some)
  const { resources } = await world.resources.list('zenlayer', 'volumes', { text: 'disk', limit: DISKS })
  await zenlayer(world, 'ApplyAutoSnapshotPolicy', {
    autoSnapshotPolicyId: policy,
    diskIds: resources.map(({ id }) => id)
  })
  await world.clock.advance('P365D')
  const { total } = await world.resources.list('zenlayer', 'snapshots', { limit: 1 })
  console.log(`marks          ${total} snapshots of ${resources.length} disks`)
}

async function moving(world: World): Promise<void> {
  await using tab = await openTab(browser, `${program.url}/?world=${world.key}#/timeline`)
  const { page } = tab
  await page.getByRole('application').focus()
  for (const length of ['1 y', '1 m', '1 w']) {
    await page.getByRole('button', { name: length, exact: true }).click()
    await page.waitForTimeout(1500)
    console.log(`moving by ${length}  ${await framesOf(page)}`)
  }
}

/** Frames while the view is moved and zoomed at each of them. */
async function framesOf(page: Page): Promise<string> {
  const script = `new Promise((resolve) => {
    const canvas = document.querySelector('canvas')
    const gaps = []
    let before = performance.now()
    const end = before + ${MOVES_MS}
    let step = 0
    const frame = (now) => {
      gaps.push(now - before)
      before = now
      const { x, y } = canvas.getBoundingClientRect()
      const way = step++ % 120 < 60 ? 1 : -1
      const wheel = step % 3 === 0 ? { deltaY: 20 * way } : { deltaX: 8 * way }
      canvas.dispatchEvent(new WheelEvent('wheel', { ...wheel, clientX: x + 300, clientY: y + 100, cancelable: true }))
      if (now < end) requestAnimationFrame(frame)
      else resolve(gaps.slice(2))
    }
    requestAnimationFrame(frame)
  })`
  const gaps: number[] = await page.evaluate(script)
  const sorted = gaps.toSorted((one, other) => one - other)
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1)
  return `${((1000 * gaps.length) / MOVES_MS).toFixed(0)} frames a second; between two ${at(0.5)} ms, 99 % within ${at(0.99)} ms`
}

/** What the page holds before and after a busy hour, once what is not held is let go. */
async function hour(world: World): Promise<void> {
  await using tab = await openTab(browser, `${program.url}/?world=${world.key}#/journal`)
  const { page } = tab
  await withPolicy(world)
  await page.waitForTimeout(1000)
  const session = await page.context().newCDPSession(page)
  const before = await heapOf(session)
  for (let call = 0; call < CALLS; call += 20) {
    await Promise.all(Array.from({ length: 20 }, () => zenlayer(world, 'DescribeDisks', {})))
  }
  await world.clock.advance('P30D')
  await page.waitForTimeout(2000)
  console.log(
    `an hour        ${CALLS} calls and 30 days: ${before.toFixed(1)} MiB before, ${(await heapOf(session)).toFixed(1)} MiB after`
  )
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1024 ** 2
}
