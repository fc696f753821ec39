// Builds the package: what needs nothing but better-sqlite3 to run, the public types, and the notices of what is bundled.
//   node build.js             everything
//   node build.js --if-stale  only if a source has changed since
//   node build.js --watch     and again at each change, with the server restarted; what follows are its flags
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const root = dirname(fileURLToPath(import.meta.url))
const at = (...parts) => join(root, ...parts)

/** Fastify asks for these only if it is given no validator, no serialiser, a logger, or an injected call. */
const ABSENT = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request', 'pino']
/** It loads these at once, but uses them only for TLS, HTTP/2 and plugins that name a version of Fastify. */
const UNUSED = ['node:http2', 'node:https', 'semver']
/** Of these it needs one function, and loading all of it takes a while. */
const SMALLER = {
  'node:perf_hooks': 'module.exports = { performance: { now: () => Number(process.hrtime.bigint()) / 1e6 } }'
}
/** Commander runs commands that are programs of their own; none of ours is. */
const UNUSED_BY_COMMANDER = ['node:child_process']

const absent = {
  name: 'absent',
  setup(build) {
    const without = (from, names) => {
      const importing = new RegExp(`[\\\\/]node_modules[\\\\/]${from}[\\\\/]`)
      build.onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path, importer }) =>
        importing.test(importer) ? { path, namespace: 'absent' } : undefined
      )
    }
    without('fastify', [...ABSENT, ...UNUSED, ...Object.keys(SMALLER)])
    without('commander', UNUSED_BY_COMMANDER)
    build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: SMALLER[path]
        ? SMALLER[path]
        : [...UNUSED, ...UNUSED_BY_COMMANDER].includes(path)
          ? 'module.exports = {}'
          : `throw new Error('${path} is not part of this build')`
    }))
  }
}

const yamlAsData = {
  name: 'yaml-as-data',
  setup(build) {
    build.onLoad({ filter: /\.yaml$/ }, async ({ path }) => {
      const { parse } = await import('yaml')
      return { contents: JSON.stringify(parse(await readFile(path, 'utf8'))), loader: 'json' }
    })
  }
}

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node22',
  external: ['better-sqlite3'],
  define: { VERSION: JSON.stringify(JSON.parse(await readFile(at('package.json'), 'utf8')).version) },
  plugins: [absent, yamlAsData],
  // Half the size is a third of the start; short lines keep what Node prints of a crash short too.
  minify: true,
  lineLimit: 200,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false
}
const ESM_REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);"

/** The library. What only some runs need (reading YAML) becomes a file that only they load. */
const library = {
  ...common,
  entryPoints: ['src/index.ts'],
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  // What was CommonJS asks for Node's own modules by `require`.
  banner: { js: ESM_REQUIRE }
}

/** The command line with the server: one script, a function that src/cli/launch.ts calls. */
const program = {
  ...common,
  entryPoints: { program: 'src/cli/main.ts' },
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
  define: { ...common.define, 'import.meta.url': 'programUrl' },
  banner: { js: '(function (require, module, programUrl) {' },
  footer: { js: '})' }
}

/** The engine of name patterns, which only the first pattern loads (src/core/model/patterns.ts). */
const patternEngine = {
  ...common,
  entryPoints: { patterns: 're2js' },
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' }
}

const launcher = (programFile) => ({
  ...common,
  entryPoints: { cli: 'src/cli/launch.ts' },
  format: 'esm',
  define: { ...common.define, PROGRAM: JSON.stringify(programFile) }
})

async function buildAll() {
  const stamp = await sourcesHash()
  await Promise.all([buildProgram(), writeTypes()])
  await replaceFile(at('.tmp/build-stamp'), stamp)
}

async function buildProgram() {
  const { build } = await import('esbuild')
  const engine = await build(patternEngine)
  const named = { PATTERN_ENGINE: JSON.stringify(`./${basename(engine.outputFiles[0].path)}`) }
  const [forPrograms, forImport] = await Promise.all(
    [program, library].map((each) => build({ ...each, define: { ...each.define, ...named } }))
  )
  const [script] = forPrograms.outputFiles
  const launch = await build(launcher(basename(script.path)))
  const results = [engine, forPrograms, forImport, launch]
  // The launcher comes last: it names the program that it starts.
  for (const { path, contents } of results.flatMap((result) => result.outputFiles)) await replaceFile(path, contents)
  await replaceFile(at('dist/THIRD-PARTY-NOTICES.txt'), await notices(results.map((result) => result.metafile)))
  await warmUp(script.path)
  const current = new Set(results.flatMap((result) => result.outputFiles.map(({ path }) => basename(path))))
  const kept = ['.cache', '.starter'].map((ending) => basename(script.path).replace(/\.cjs$/, ending))
  for (const file of await readdir(at('dist'))) {
    const isOurs = /\.(js|cjs|cache|starter)$/.test(file)
    if (isOurs && !current.has(file) && !kept.includes(file)) await rm(at('dist', file))
  }
}

/**
 * Keeps beside the program the planted starter seed, and the compiled code of one run. A Node of another version
 * compiles for itself, as ever.
 */
async function warmUp(script) {
  try {
    const starter = script.replace(/\.cjs$/, '.starter')
    await promisify(execFile)(process.execPath, [at('dist/cli.js'), 'starter', starter], { cwd: root, timeout: 60_000 })
    await promisify(execFile)(process.execPath, [at('warm-up.js'), script], { cwd: root, timeout: 60_000 })
  } catch (error) {
    console.warn(`The program has no compiled code beside it, so it starts more slowly: ${error.message}`)
  }
}

/** Each file appears at once: a server that starts meanwhile reads the old one or the new one. */
async function replaceFile(path, contents) {
  await mkdir(dirname(path), { recursive: true })
  const next = `${path}.${process.pid}.next`
  await writeFile(next, contents, { mode: path.endsWith('cli.js') ? 0o755 : 0o644 })
  await rename(next, path)
}

/** The licence of every package that has a part in the bundles. */
async function notices(metafiles) {
  const folders = new Set()
  for (const output of metafiles.flatMap(({ outputs }) => Object.values(outputs))) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const [, folder] = /^(?:.*\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? []
      if (folder && bytesInOutput > 0) folders.add(folder)
    }
  }
  const texts = ['Snapstand contains parts of the following packages.']
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(at(folder, 'package.json'), 'utf8'))
    const file = (await readdir(at(folder))).find((entry) => /^licen[cs]e/i.test(entry))
    const text = file ? await readFile(at(folder, file), 'utf8') : `Licence: ${license}`
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}`)
  }
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

/** The declarations that index.d.ts reaches, and no others: what they import must be ours or Node's. */
async function writeTypes() {
  await mkdir(at('.tmp'), { recursive: true })
  const folder = await mkdtemp(at('.tmp/types-'))
  try {
    const tsc = at('node_modules/.bin/tsc')
    // Not everything in the program can be declared, nor needs to be: only complaints about what is reached count.
    const arguments_ = ['-p', at('tsconfig.build.json'), '--outDir', folder]
    const { stdout } = await promisify(execFile)(tsc, arguments_, { cwd: root }).catch((error) => error)
    const reached = new Map()
    const open = ['index.ts']
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (reached.has(file)) continue
      const text = await readFile(join(folder, file.replace(/\.ts$/, '.d.ts')), 'utf8')
      const specifier = /\b((?:from|import\()\s*['"])([^'"]+)(?=['"])/g
      for (const [, , name] of text.matchAll(specifier)) {
        if (!name.startsWith('.')) throw new Error(`the public type ${file} imports ${name}`)
        open.push(join(dirname(file), name))
      }
      // Declarations name each other as the JavaScript that they stand for.
      reached.set(
        file,
        text.replace(specifier, (_, before, name) => before + name.replace(/\.ts$/, '.js'))
      )
    }
    const complaint = stdout.split('\n').find((line) => reached.has(relative('src', line.split('(')[0])))
    if (complaint) throw new Error(complaint)
    await rm(at('dist/types'), { recursive: true, force: true })
    for (const [file, text] of reached) await replaceFile(at('dist/types', file.replace(/\.ts$/, '.d.ts')), text)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function sourcesHash() {
  const entries = await Promise.all(['src', 'fixtures/seeds'].map((folder) => filesUnder(folder)))
  const hash = createHash('sha256').update(process.version)
  const files = [
    'build.js',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    ...entries.flat()
  ]
  for (const file of files.sort()) hash.update(`${file}\0`).update(await readFile(at(file)))
  return hash.digest('hex')
}

async function filesUnder(folder) {
  const entries = await readdir(at(folder), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

async function isStale() {
  const outputs = ['dist/cli.js', 'dist/index.js', 'dist/types/index.d.ts', '.tmp/build-stamp']
  if (!outputs.every((file) => existsSync(at(file)))) return true
  return (await readFile(at('.tmp/build-stamp'), 'utf8')) !== (await sourcesHash())
}

async function watch(flags) {
  const { context } = await import('esbuild')
  let server
  const restart = {
    name: 'restart',
    setup(build) {
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0) return
        await buildProgram()
        if (server?.exitCode === null) {
          const ended = new Promise((resolved) => server.once('exit', resolved))
          server.kill('SIGTERM')
          await ended
        }
        server = spawn(process.execPath, [at('dist/cli.js'), ...flags], { stdio: 'inherit' })
      })
    }
  }
  const watched = await context({ ...program, plugins: [...program.plugins, restart] })
  await watched.watch()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [mode, ...flags] = process.argv.slice(2)
  if (mode === '--watch') await watch(flags)
  else if (mode !== undefined && mode !== '--if-stale') throw new Error(`unknown flag ${mode}`)
  else if (mode === undefined || (await isStale())) await buildAll()
}
