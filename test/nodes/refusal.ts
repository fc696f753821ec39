import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runWith } from './installed.ts'

/** What a Node that is too old is told by the installed package, however it is started. Throws what does not hold. */
export async function refusal(node: string, project: string): Promise<void> {
  const { out } = await runWith(node, project, node, ['--version'])
  const line = `snapstand: Node 22 or later is needed; this is Node ${out.trim().slice(1)} (${node})\n`
  const refused = { code: 2, out: '', err: line }
  const cli = join(project, 'node_modules/snapstand/dist/cli.js')
  assert.deepEqual(await runWith(node, project, node, [cli]), refused)
  assert.deepEqual(await runWith(node, project, join(project, 'node_modules/.bin/snapstand'), ['health']), refused)
  assert.deepEqual(await runWith(node, project, 'npx', ['--no-install', 'snapstand', '--port', '0']), refused)
  await writeFile(
    join(project, 'refused.js'),
    "await import('snapstand').catch(({ message }) => console.log(message))\n"
  )
  assert.deepEqual(await runWith(node, project, node, ['refused.js']), { code: 0, out: line, err: '' })
}
