// Runs a program written in TypeScript: bundled by esbuild, packages left outside.   node bench/run.ts FILE [arguments]
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { yamlAsData } from '../build/plugins.ts'

const [file, ...rest] = process.argv.slice(2)
if (file === undefined) throw new Error('node bench/run.ts FILE [arguments]')
const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', '.cache', 'programs')
await mkdir(folder, { recursive: true })
const outfile = join(folder, `${file.replaceAll(/\W/g, '-')}.mjs`)
await build({
  entryPoints: [resolve(file)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  sourcemap: 'inline',
  plugins: [yamlAsData]
})
process.argv = [process.argv[0] ?? 'node', outfile, ...rest]
await import(pathToFileURL(outfile).href)
