/**
 * Random histories beyond those of the suite, in shards:
 *   npm run test:histories -- --from 0 --count 100000 --workers 2
 * A history's seed is its number. Each worker says how far it has come, so a run that was cut off goes on with `--from`.
 */
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { checkHistory } from './check.ts'
import { STARTED_AT } from './history.ts'
import { startReal } from './real.ts'

const REPORT_EVERY = 1000

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '2000' },
    workers: { type: 'string', default: '1' },
    worker: { type: 'boolean', default: false }
  }
})
const number = (name: 'from' | 'count' | 'workers'): number => {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value >= (name === 'from' ? 0 : 1)) return value
  process.stderr.write(`--${name} wants a whole number, such as --${name} 1000\n`)
  return process.exit(2)
}
const from = number('from')
const count = number('count')
const workers = Math.min(number('workers'), count)

if (workers === 1 || values.worker) await work()
else await share()

async function work(): Promise<void> {
  const started = performance.now()
  let core = startReal(STARTED_AT)
  for (let seed = from; seed < from + count; seed++) {
    const complaint = await checkHistory(core, seed)
    if (complaint !== undefined) {
      process.stdout.write(`history ${seed} differs\n${complaint}\n`)
      process.exitCode = 1
      return
    }
    const done = seed + 1 - from
    if (done % REPORT_EVERY === 0 || done === count) {
      const seconds = ((performance.now() - started) / 1000).toFixed(0)
      process.stdout.write(`histories ${from} to ${seed} agree (${done} of ${count}, ${seconds} s)\n`)
      await core.close()
      core = startReal(STARTED_AT)
    }
  }
  await core.close()
}

async function share(): Promise<void> {
  const size = Math.ceil(count / workers)
  const program = process.argv[1] ?? ''
  const codes = await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const first = from + index * size
      const own = Math.min(size, from + count - first)
      if (own <= 0) return 0
      const args = [program, '--worker', '--from', String(first), '--count', String(own)]
      const child = spawn(process.execPath, args, { stdio: 'inherit' })
      return new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
    })
  )
  const failed = codes.filter((code) => code !== 0).length
  process.stdout.write(failed === 0 ? `all ${count} histories from ${from} agree\n` : `${failed} workers failed\n`)
  if (failed > 0) process.exitCode = 1
}
