import { readVersion } from '../config/version.ts'
import { runCommandLine } from './program.ts'
import { createPaint } from './terminal.ts'

/** The launcher hands it in: keeps what has been compiled so far for the next start, unless that is kept already. */
declare const keepCompiledCode: () => void

/** By then the first calls have been answered, and what only a start needs has not been thrown away yet. */
const KEEP_AFTER_MS = 3000

const { argv, stdin, stdout, stderr } = process

// A reader that has seen enough, such as head, is no reason to fail; a disk that is full is. A server goes on without either.
let serving = false
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (serving) return
  if (error.code === 'EPIPE') process.exit()
  stderr.write(`snapstand: standard output cannot be written: ${error.message}\n`)
  process.exit(1)
})
stderr.on('error', () => {})
run()

async function run(): Promise<void> {
  process.exitCode = await runCommandLine(argv.slice(2), {
    version: readVersion(),
    terminal: {
      stdout,
      stderr,
      isWatched: stderr.isTTY === true,
      // By NO_COLOR, FORCE_COLOR and what kind of terminal it is.
      paint: createPaint(stdout.isTTY === true && stdout.hasColors()),
      ...(stdin.isTTY === true && stderr.isTTY === true && { ask })
    },
    onServe() {
      serving = true
      keepCodeOnce()
    }
  })
}

/** A server that lasts keeps its code early on, one that ends before that when it ends, if that is in order. */
function keepCodeOnce(): void {
  const timer = setTimeout(() => {
    process.off('exit', atEnd)
    keepCompiledCode()
  }, KEEP_AFTER_MS).unref()
  const atEnd = (code: number) => {
    clearTimeout(timer)
    if (code === 0) keepCompiledCode()
  }
  process.once('exit', atEnd)
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: stdin, output: stderr })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}
