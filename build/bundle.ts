import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { BuildOptions, BuildResult } from 'esbuild'
import { at, root } from './files.ts'
import { pageFile } from './page-file.ts'
import { absent, clientBeside, exchangesAsData, yamlAsData } from './plugins.ts'

/** What esbuild gives back for options that keep the files in memory and tell what is in them. */
export type Bundle = BuildResult<{ metafile: true; write: false }>

const { version }: { readonly version: string } = JSON.parse(await readFile(at('package.json'), 'utf8'))

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node22',
  external: ['better-sqlite3'],
  define: { VERSION: JSON.stringify(version) },
  plugins: [absent, yamlAsData],
  // Half the size is a third of the start; short lines keep what Node prints of a crash short too.
  minify: true,
  lineLimit: 200,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false
} as const satisfies BuildOptions

const ESM_REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);"

/** The library: a door, and what it loads; what only some runs need (reading YAML) becomes a file that only they load. */
const library = {
  ...common,
  entryPoints: ['src/index.ts'],
  format: 'esm',
  splitting: true,
  plugins: [...common.plugins, clientBeside],
  chunkNames: '[name]-[hash]',
  // What was CommonJS asks for Node's own modules by `require`.
  banner: { js: ESM_REQUIRE }
} as const satisfies BuildOptions

/** The client, for programs and pages: it brings all that it needs, and needs nothing of Node's. */
const client = {
  ...common,
  entryPoints: { client: 'src/client/index.ts' },
  format: 'esm',
  platform: 'browser',
  target: 'es2022'
} as const satisfies BuildOptions

/** The command line with the server: one script, a function that src/cli/launch.ts calls. */
export const program = {
  ...common,
  entryPoints: { program: 'src/cli/main.ts' },
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
  define: { ...common.define, 'import.meta.url': 'programUrl' },
  banner: { js: '(function (require, module, programUrl, keepCompiledCode) {' },
  footer: { js: '})' }
} as const satisfies BuildOptions

/** The engine of name patterns, which only the first pattern loads (src/core/model/patterns.ts). */
const patternEngine = {
  ...common,
  entryPoints: { patterns: 're2js' },
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' }
} as const satisfies BuildOptions

/** Reads YAML in a thread of its own (src/documents/yaml-text.ts). */
const yamlWorker = {
  ...common,
  entryPoints: { yaml: 'src/documents/yaml-worker.ts' },
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' }
} as const satisfies BuildOptions

/** What makes certificates, which only a start that needs a new one loads (src/tls/identity.ts). */
const certificates = {
  ...common,
  entryPoints: { certificates: 'src/tls/issue.ts' },
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' }
} as const satisfies BuildOptions

/** What the descriptions of the clouds show of fixtures/, which only they load (src/http/openapi/examples.ts). */
const examplesShown = {
  ...common,
  entryPoints: { examples: 'examples' },
  plugins: [exchangesAsData],
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' }
} as const satisfies BuildOptions

/** What counts for Prometheus, which only a start with metrics loads (src/metrics/metrics.ts). */
const metrics = {
  ...common,
  entryPoints: { metrics: 'src/metrics/registry.ts' },
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' }
} as const satisfies BuildOptions

/** What starts the program. Nodes that are too old for the rest read it, too, and say so. */
const launcher = (programFile: string) =>
  ({
    ...common,
    entryPoints: { cli: 'src/cli/launch.ts' },
    format: 'esm',
    target: 'node12.20',
    define: { ...common.define, PROGRAM: JSON.stringify(programFile) }
  }) as const satisfies BuildOptions

/** The page: hashed files that a browser keeps, and the one that names them. What only some views need they load. */
const page = {
  ...common,
  entryPoints: { app: 'src/page/main.tsx' },
  outdir: 'dist/page',
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  splitting: true,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.svg': 'file' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  plugins: [pageFile]
} as const satisfies BuildOptions

export interface Bundles {
  /** Where the command line's script will lie. */
  readonly script: string
  /** In the order in which their files are to appear: the launcher comes last, for it names the program that it starts. */
  readonly all: readonly Bundle[]
}

/** Everything of `dist` that is code, in memory. */
export async function bundle(): Promise<Bundles> {
  const { build } = await import('esbuild')
  const beside = await Promise.all([
    build(patternEngine),
    build(yamlWorker),
    build(certificates),
    build(metrics),
    build(examplesShown)
  ])
  const [engine, worker, issuer, counting, shown] = beside
  const named = {
    PATTERN_ENGINE: besideIt(engine),
    YAML_WORKER: besideIt(worker),
    CERTIFICATES: besideIt(issuer),
    METRICS: besideIt(counting),
    EXAMPLES: besideIt(shown)
  }
  const [forPrograms, forImport, forClients, forBrowsers] = await Promise.all([
    build({ ...program, define: { ...program.define, ...named } }),
    build({ ...library, define: { ...library.define, ...named } }),
    build(client),
    build(page)
  ])
  const script = onlyFile(forPrograms)
  const launch = await build(launcher(basename(script)))
  return { script, all: [...beside, forPrograms, forImport, forClients, forBrowsers, launch] }
}

/** The file of a bundle, as JavaScript names it from beside it. */
function besideIt(made: Bundle): string {
  return JSON.stringify(`./${basename(onlyFile(made))}`)
}

function onlyFile({ outputFiles: [file] }: Bundle): string {
  if (!file) throw new Error('esbuild made no file')
  return file.path
}
