import { type ChildProcess, spawn } from 'node:child_process'
import type { Plugin } from 'esbuild'
import { program } from './bundle.ts'
import { at } from './files.ts'
import { writeProgram } from './program.ts'

/** Builds at every change, and starts the server again with these flags. */
export async function watch(flags: readonly string[]): Promise<void> {
  const { context } = await import('esbuild')
  let server: ChildProcess | undefined
  const restart: Plugin = {
    name: 'restart',
    setup(build) {
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0) return
        await writeProgram()
        if (server) await ended(server)
        server = spawn(process.execPath, [at('dist/cli.js'), ...flags], { stdio: 'inherit' })
      })
    }
  }
  const watched = await context({ ...program, plugins: [...program.plugins, restart] })
  await watched.watch()
}

function ended(server: ChildProcess): Promise<unknown> | undefined {
  if (server.exitCode !== null || server.signalCode !== null) return undefined
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  return ended
}
