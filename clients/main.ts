// Tests the clients for other languages against this checkout, each with its own language's tools.
//   node clients/main.ts [client…] [--require] [--list]
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { check, missing } from './check.ts'
import { clients } from './clients.ts'

const root = new URL('..', import.meta.url)

try {
  const { names, require, list } = commandLine()
  if (list) for (const name of names) console.log(name)
  else process.exitCode = await checkAll(names, require)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

/** Throws what is wrong with it, in words. */
function commandLine(): { readonly names: readonly string[]; readonly require: boolean; readonly list: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { require: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } }
  })
  const known = Object.keys(clients)
  const unknown = positionals.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`no client ${unknown}; there are ${known.join(', ')}`)
  return { ...values, names: positionals.length > 0 ? positionals : known }
}

/** The exit code. */
async function checkAll(names: readonly string[], require: boolean): Promise<number> {
  execFileSync(process.execPath, ['build/main.ts', '--if-stale'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  let code = 0
  for (const name of names) {
    const client = clients[name]
    if (!client) continue
    const lacking = missing(client)
    if (lacking !== undefined) {
      console.log(`clients/${name}: skipped, ${lacking}`)
      if (require) code = 1
      continue
    }
    const began = performance.now()
    const { passed, problem, skipped = [] } = await check(name, client)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(`clients/${name}: ${problem === undefined ? `${passed} passed (${seconds} s)` : 'failed'}`)
    for (const why of skipped) console.log(`  a part was skipped: ${why}`)
    if (problem !== undefined) console.error(problem)
    if (problem !== undefined || (require && skipped.length > 0)) code = 1
  }
  return code
}
