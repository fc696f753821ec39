// Runs the built program once, calls both clouds, and keeps the code that was compiled meanwhile.
//   node build/warm-up.ts SCRIPT CACHE
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { signedHeaders } from './signed-call.ts'

const [file, cache] = process.argv.slice(2)
if (file === undefined || cache === undefined) throw new Error('node build/warm-up.ts SCRIPT CACHE')
const { href, pathname } = pathToFileURL(file)
const script = new Script(readFileSync(file, 'latin1'), { filename: pathname })

const write = process.stdout.write.bind(process.stdout)
const served = new Promise<string>((resolve) => {
  process.stdout.write = (text: string | Uint8Array) => {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(text)) ?? []
    if (url !== undefined) resolve(url)
    return true
  }
})
for (const name of Object.keys(process.env)) if (name.startsWith('SNAPSTAND_')) delete process.env[name]
process.argv.splice(1, Infinity, file, '--port', '0', '--host', '127.0.0.1', '--log-level', 'error')
const run: unknown = script.runInThisContext()
if (typeof run !== 'function') throw new Error(`${file} is no program`)
run(createRequire(href), { exports: {} }, href, () => {})

const url = await served
process.stdout.write = write
const body = JSON.stringify({ diskId: '1700000000000000102', snapshotName: 'first' })
const headers = signedHeaders('warm-up', new URL(url).host, 'CreateSnapshot', body)
const answers = [
  await fetch(`${url}/api/v2/zec`, { method: 'POST', headers, body }),
  await fetch(`${url}/v2/volume`),
  await fetch(`${url}/_snapstand/health`)
]
for (const answer of answers) if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`)
writeFileSync(cache, script.createCachedData())
process.exit()
