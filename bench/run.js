// Runs a program written in TypeScript: bundled by esbuild, packages left outside.   node bench/run.js FILE [arguments]
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { parse } from 'yaml'

const [file, ...rest] = process.argv.slice(2)
if (file === undefined) throw new Error('node bench/run.js FILE [arguments]')
const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', '.cache', 'programs')
await mkdir(folder, { recursive: true })
const outfile = join(folder, `${file.replaceAll(/\W/g, '-')}.mjs`)
/** As the build does it: a YAML file is plain data. */
const yamlAsData = {
  name: 'yaml-as-data',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.yaml$/ }, async ({ path }) => ({
      contents: JSON.stringify(parse(await readFile(path, 'utf8'))),
      loader: 'json'
    }))
}
await build({
  entryPoints: [resolve(file)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  plugins: [yamlAsData]
})
process.argv = [process.argv[0] ?? 'node', outfile, ...rest]
await import(pathToFileURL(outfile).href)
