import { parseArgs } from 'node:util'

// What the machines' commands have in common: flags that are whole numbers, progress on standard error, and one figure,
// the last line of standard output. A finding makes the exit code 1, a wrong flag 2.

/** The flags of a command, each a whole number with a default; `--seed` and all others from 0. */
export function flagsOf<Name extends string>(defaults: Readonly<Record<Name, number>>): Readonly<Record<Name, number>> {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]))
  try {
    const { values } = parseArgs({ options })
    const flags: Record<Name, number> = { ...defaults }
    for (const name of namesOf(defaults)) {
      const text = values[name] ?? String(defaults[name])
      if (!/^\d{1,15}$/.test(text))
        throw new Error(`--${name} wants a whole number, such as --${name} ${defaults[name]}`)
      flags[name] = Number(text)
    }
    return flags
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(2)
  }
}

function namesOf<Name extends string>(record: Readonly<Record<Name, unknown>>): readonly Name[] {
  const isName = (name: string): name is Name => name in record
  return Object.keys(record).filter(isName)
}

const TELL_EVERY_MS = 1000
/** Where no one watches, a line now and then says that it goes on. */
const LOG_EVERY_MS = 15_000

export interface Progress {
  tell(done: number, more?: string): void
  end(): void
}

/** How far a run has come: one line that changes on a terminal, else a line now and then. */
export function progressOf(total: number, unit: string): Progress {
  const begun = performance.now()
  const isWatched = process.stderr.isTTY === true
  let told = begun
  return {
    tell(done, more = '') {
      const now = performance.now()
      if (now - told < (isWatched ? TELL_EVERY_MS : LOG_EVERY_MS)) return
      told = now
      const seconds = (now - begun) / 1000
      const left = done === 0 ? '' : `, ${Math.ceil((seconds / done) * (total - done))} s left`
      const line = `${done} of ${total} ${unit}, ${seconds.toFixed(0)} s${left}${more && `; ${more}`}`
      process.stderr.write(isWatched ? `\r${line}\u001b[K` : `${line}\n`)
    },
    end() {
      if (isWatched) process.stderr.write('\r\u001b[K')
    }
  }
}

/** Ends a run: the figure, and whether anything was found. */
export function conclude(figure: string, findings: number): void {
  process.stdout.write(`${figure}: ${findings === 0 ? 'nothing found' : `${findings} found`}\n`)
  if (findings > 0) process.exitCode = 1
}
