import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ZENLAYER_DISK, zenlayerCall } from '../measure/calls.ts'
import { bytesOf, send } from '../measure/load.ts'
import { bare, FLAGS, SNAPSTAND } from '../measure/places.ts'
import { startProgram } from '../measure/program.ts'
import { beside, type Figure, spreadOf } from '../measure/result.ts'

const UNTIL_AT_REST_MS = 3000

/** From the start of the process to its first answered call. */
async function firstAnswerMs(
  args: readonly string[],
  call: (port: number) => Buffer,
  env: NodeJS.ProcessEnv = {}
): Promise<number> {
  const begin = performance.now()
  const program = await startProgram(process.execPath, args, { env })
  await send(program.port, call(program.port), 1, 1)
  const took = performance.now() - begin
  await program.end()
  return took
}

const get = (port: number) => bytesOf('GET', '/', { host: `127.0.0.1:${port}` })
const create = (port: number) => zenlayerCall(port, 'CreateSnapshot', { diskId: ZENLAYER_DISK, snapshotName: 'first' })

export const start: Figure = {
  name: 'start',
  about: 'from the start of the process to the first signed answer',
  async run({ quick }) {
    const [ours, firsts, agains, others]: [number[], number[], number[], number[]] = [[], [], [], []]
    const installed = installedPackage()
    try {
      // The first two only warm the file cache.
      for (let run = -2; run < (quick ? 1 : 21); run++) {
        const other = await firstAnswerMs([bare('http')], get)
        const own = await firstAnswerMs([SNAPSTAND, ...FLAGS], create)
        installed.forget()
        const first = await firstAnswerMs([installed.cli, ...FLAGS], create, installed.env)
        const again = await firstAnswerMs([installed.cli, ...FLAGS], create, installed.env)
        if (run < 0) continue
        others.push(other)
        ours.push(own)
        firsts.push(first)
        agains.push(again)
      }
    } finally {
      installed.remove()
    }
    const line = { unit: 'ms', goal: 2 } as const
    const first = 'the same of the installed package, on a machine where it never ran'
    const once = { name: 'start-first', what: first, unit: 'ms' } as const
    return {
      results: [
        beside({ ...line, name: 'start', what: 'start to first signed answer' }, ours, 'bare node:http', others),
        beside(once, firsts, 'bare node:http', others),
        beside({ ...line, name: 'start-again', what: 'and every time after' }, agains, 'bare node:http', others)
      ]
    }
  }
}

/** The build as it is published, without compiled code, and a cache of its own. */
function installedPackage() {
  const folder = mkdtempSync(resolve('.tmp/bench-start-'))
  const caches = join(folder, 'caches')
  cpSync('dist', join(folder, 'dist'), { recursive: true, filter: (path) => !path.endsWith('.cache') })
  return {
    cli: join(folder, 'dist/cli.js'),
    env: { XDG_CACHE_HOME: caches },
    forget: () => rmSync(caches, { recursive: true, force: true }),
    remove: () => rmSync(folder, { recursive: true })
  }
}

export const rest: Figure = {
  name: 'rest',
  about: 'memory of a server that nobody calls',
  async run({ quick }) {
    const held = async (args: readonly string[], call: (port: number) => Buffer): Promise<number> => {
      const program = await startProgram(process.execPath, args)
      await send(program.port, call(program.port), 1, 1)
      await new Promise((resolve) => setTimeout(resolve, quick ? 200 : UNTIL_AT_REST_MS))
      const resident = program.residentMiB()
      await program.end()
      return resident
    }
    const [ours, others]: [number[], number[]] = [[], []]
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      others.push(await held([bare('http')], get))
      ours.push(await held([SNAPSTAND, ...FLAGS], create))
    }
    const yardstick = { what: 'bare node:http', value: spreadOf(others) }
    const line = { name: 'rest', what: 'resident at rest, one world', unit: 'MiB', goal: 60 } as const
    return { results: [{ ...line, value: spreadOf(ours), yardstick }] }
  }
}
