// The pictures of docs/, made anew: npm run docs:pictures
import { mkdir } from 'node:fs/promises'
import { connect } from '../../src/client/index.ts'
import { ROOT, startProgram } from '../program.ts'
import { openBrowser, openTab } from './browser.ts'
import { arrange } from './scene.ts'

const program = await startProgram(['--clock', 'manual', '--clock-at', '2026-01-05T08:00:00Z'])
const browser = await openBrowser()
const folder = `${ROOT}docs/pictures`
await mkdir(folder, { recursive: true })
try {
  const world = connect(program.url).world('nightly-tests')
  await arrange(world)
  const [refused] = (await world.requests.list({ refusal: true })).requests
  const views = { timeline: 'timeline', journal: `journal/${refused?.id}` }
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, view] of Object.entries(views)) {
      const viewport = { width: 1280, height: 640 }
      await using tab = await openTab(browser, `${program.url}/?world=${world.key}#/${view}`, { colorScheme, viewport })
      await tab.page.getByText('Live', { exact: true }).waitFor()
      await tab.page.waitForTimeout(1500)
      await tab.page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` })
    }
  }
} finally {
  await browser.close()
  await program.stop()
}
