import { resolve } from 'node:path'

// Figures run bundled (bench/run.ts), from the repository's folder.
export const SNAPSTAND = resolve('dist/cli.js')
export const bare = (name: string) => resolve(`bench/bare/${name}.js`)

/** A clock that stands still: no delays, nothing falls due. */
export const FLAGS = ['--port', '0', '--clock', 'manual', '--log-level', 'error']
