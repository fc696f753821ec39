import { readVersion } from '../config/version.ts'
import { runCommandLine } from './program.ts'
import { createPaint } from './terminal.ts'

const { argv, stdout, stderr } = process

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
      paint: createPaint(stdout.isTTY === true && stdout.hasColors())
    },
    onServe() {
      serving = true
    }
  })
}
