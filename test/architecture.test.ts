import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const src = join(root, 'src')

/** What of documents/ the clouds need. */
const DOCUMENTS = ['depth', 'instants', 'nearest', 'reading', 'text', 'walk', 'words', 'wrongs'].map(
  (name) => `documents/${name}.ts`
)
/** What the files of each room may import: rooms, single files, packages. Node's own modules are open to all. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // The five storeys of the core, imports only downward; who is outside sees the model and the way to make one.
  'core/model': ['core/model', '@sinclair/typebox', 're2js'],
  'core/store': ['core/model', 'core/store', 'better-sqlite3'],
  'core/verbs': ['core/model', 'core/store', 'core/verbs'],
  'core/time': ['core/model', 'core/store', 'core/verbs', 'core/time'],
  'core/worlds': ['core/model', 'core/store', 'core/verbs', 'core/time', 'core/worlds', '@sinclair/typebox'],
  core: ['core/model', 'core/store', 'core/verbs', 'core/time', 'core/worlds'],
  // YAML and JSON with positions, what is wrong with them, and the words for it.
  documents: ['documents', 'core/model', '@sinclair/typebox', 'yaml'],
  // The contract and what every cloud shares.
  providers: ['core/model', 'providers', ...DOCUMENTS, '@sinclair/typebox'],
  'providers/zenlayer': ['core/model', 'providers', 'providers/zenlayer', ...DOCUMENTS, '@sinclair/typebox'],
  'providers/baidu': ['core/model', 'providers', 'providers/baidu', ...DOCUMENTS, '@sinclair/typebox'],
  seed: ['core/model', 'providers', 'documents', 'seed', '@sinclair/typebox', 'starter.yaml'],
  // The control API as rows.
  doors: ['core/model', 'documents/instants.ts', 'doors', '@sinclair/typebox'],
  // The control API from outside: of the rows it knows the types, and nothing else of ours.
  client: ['doors', 'client'],
  // The page: what it knows of the server it knows by the client.
  page: ['client', 'page', 'preact', '@preact/signals'],
  config: ['core/model', 'providers', 'documents', 'config'],
  // Calls to a cloud itself.
  upstream: ['core/model', 'documents', 'providers', 'upstream'],
  // The other side beside this one. It plays what it compares in a server of its own.
  compare: [
    ...['core/model', 'documents', 'providers', 'config', 'client', 'recording', 'upstream', 'compare'],
    ...['@sinclair/typebox', 'clouds.ts', 'server.ts', 'providers/zenlayer/index.ts', 'providers/baidu/index.ts']
  ],
  // What the server shows to clients that insist on https.
  tls: ['core/model', 'documents', 'config', 'tls', '@peculiar/x509', 'reflect-metadata'],
  // What it counts of itself, for Prometheus.
  metrics: ['core/model', 'metrics', 'prom-client'],
  // Calls and answers of a cloud as a folder, and the proxy that makes one.
  recording: ['core/model', 'providers', 'documents', 'upstream', 'recording', '@sinclair/typebox'],
  cli: [
    ...['core/model', 'providers', 'documents', 'config', 'seed', 'doors', 'client'],
    ...['recording', 'upstream', 'compare', 'cli'],
    ...['commander', 'server.ts', 'clouds.ts']
  ],
  http: [
    ...['core/model', 'providers', 'documents', 'seed', 'doors', 'metrics', 'http'],
    ...['@sinclair/typebox', 'fastify', '@fastify/type-provider-typebox']
  ],
  // The library's door, the server, and the list of the clouds: what holds the rooms together.
  '': [
    '',
    'core/create-core.ts',
    'core/model',
    'providers',
    'documents',
    'config',
    'seed',
    'client',
    'http',
    'tls',
    'metrics'
  ]
}
/** The one door into a cloud's room. */
const PROVIDER_DOORS = ['providers/zenlayer/index.ts', 'providers/baidu/index.ts']

interface Source {
  readonly file: string
  readonly text: string
  /** Without comments and the contents of texts. */
  readonly code: string
}

const sources: readonly Source[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    return { file, text, code: codeOf(text) }
  })

function codeOf(text: string): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
  return text.replace(token, (found) => (found.startsWith('/') ? '' : "''"))
}

function importsOf(text: string): readonly string[] {
  const specifier = /(?:\bfrom |\bimport\(|^import )'([^'\n]+)'/gm
  return [...text.matchAll(specifier)].flatMap(([, name]) => name ?? [])
}

/** The longest room that a file lies in; '' for those directly under src/. */
function roomOf(file: string): string {
  const folder = dirname(file)
  const rooms = Object.keys(MAY_IMPORT).filter((room) => room !== '' && `${folder}/`.startsWith(`${room}/`))
  return rooms.sort((one, other) => other.length - one.length)[0] ?? ''
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/')
}

/** Whether a file may import something, by the map above. */
function isOpen(file: string, name: string): boolean {
  if (name.startsWith('node:')) return true
  const room = roomOf(file)
  const allowed = MAY_IMPORT[room] ?? []
  if (!name.startsWith('.')) return allowed.includes(packageOf(name))
  const target = relative(src, resolve(src, dirname(file), name))
  if (target.endsWith('.yaml')) return allowed.includes('starter.yaml')
  if (room === '' && PROVIDER_DOORS.includes(target)) return true
  return allowed.includes(roomOf(target)) ? roomOf(target) !== '' || room === '' : allowed.includes(target)
}

const strangers = sources.flatMap(({ file, text }) =>
  importsOf(text)
    .filter((name) => !isOpen(file, name))
    .map((name) => `${file} imports ${name}`)
)

test('the map of imports tells right from wrong', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(importsOf("import a from './a.ts'\nimport './b.ts'\nawait import('c')\nexport * from 'd'")).toEqual([
    './a.ts',
    './b.ts',
    'c',
    'd'
  ])
  const verdicts = [
    ['core/model/world.ts', '../../providers/provider.ts'],
    ['core/model/world.ts', '../../config/config.ts'],
    ['core/model/world.ts', 'fastify'],
    ['providers/provider.ts', './zenlayer/index.ts'],
    ['providers/baidu/seed/plant.ts', '../../zenlayer/rules/time.ts'],
    ['http/app.ts', '../providers/zenlayer/index.ts'],
    ['http/app.ts', '../config/config.ts'],
    ['http/app.ts', '../core/worlds/folder.ts'],
    ['http/app.ts', '../core/create-core.ts'],
    ['doors/clock.ts', '../http/problem.ts'],
    ['core/model/world.ts', '../store/store.ts'],
    ['core/store/store.ts', '../verbs/scope.ts'],
    ['core/verbs/scope.ts', '../time/tally.ts'],
    ['core/time/settle.ts', '../worlds/world.ts'],
    ['server.ts', './providers/zenlayer/rules/time.ts'],
    ['page/server.ts', '../doors/clock.ts'],
    ['server.ts', 'fastify']
  ].map(([file = '', name = '']) => isOpen(file, name))
  expect(verdicts).toEqual(verdicts.map(() => false))
  expect(isOpen('clouds.ts', './providers/zenlayer/index.ts')).toBe(true)
  expect(isOpen('http/app.ts', '../providers/provider.ts')).toBe(true)
  expect(isOpen('core/worlds/world.ts', '../store/store.ts')).toBe(true)
  expect(isOpen('server.ts', './core/create-core.ts')).toBe(true)
})

test('every file imports only what its room may', () => {
  expect(strangers).toEqual([])
})

/** What a cloud's folder holds, neither more nor less: who knows one cloud finds the way in the other. */
const ROOMS = [
  ...['README.md', 'errors.ts', 'index.ts', 'matters', 'operations', 'protocol', 'rules', 'seed', 'sources.ts', 'wire']
]

test('every cloud has the same rooms, by name', () => {
  const entries = readdirSync(join(src, 'providers'), { withFileTypes: true })
  // providers/wire is what any cloud that signs needs.
  const folders = entries.flatMap((entry) => (entry.isDirectory() && entry.name !== 'wire' ? entry.name : []))
  expect(folders.toSorted()).toEqual(['baidu', 'zenlayer'])
  for (const folder of folders) {
    expect(readdirSync(join(src, 'providers', folder)).toSorted(), folder).toEqual(ROOMS)
  }
})

test('core/ is five storeys and the way to make one', () => {
  const held = readdirSync(join(src, 'core')).toSorted()
  expect(held).toEqual(['README.md', 'create-core.ts', 'model', 'store', 'time', 'verbs', 'worlds'])
})

test('outside core/ only its model is imported, and the way to make one by what holds the rooms together', () => {
  const inside = (file: string) => file.startsWith('core/')
  const taken = sources.flatMap(({ file, text }) =>
    importsOf(text).flatMap((name) => {
      const target = name.startsWith('.') ? relative(src, resolve(src, dirname(file), name)) : ''
      return !inside(file) && inside(target) && !target.startsWith('core/model/') ? [[dirname(file), target]] : []
    })
  )
  expect(taken.length).toBeGreaterThan(0)
  expect(taken.filter(([folder, target]) => folder !== '.' || target !== 'core/create-core.ts')).toEqual([])
})

test('only http/ knows Fastify', () => {
  const knowing = sources.filter(({ text }) => importsOf(text).some((name) => /^@?fastify/.test(name)))
  expect(knowing.length).toBeGreaterThan(0)
  expect(knowing.map(({ file }) => file).filter((file) => !file.startsWith('http/'))).toEqual([])
})

/** By commands that ask a server of ours, and by record and compare, which alone call a cloud. The page asks where it came from. */
const CONNECTING = ['cli/ask-health.ts', 'client/wire.ts', 'upstream/pass.ts']

test('only these files open a connection', () => {
  const connecting = sources.filter(({ file, text, code }) => {
    const named = [...text.matchAll(/^import (?!type )\{([^}]*)\} from 'node:(?:https?|http2|net|tls|dgram)'/gm)]
    return (
      !file.startsWith('page/') &&
      (named.some(([, names = '']) => /\b(?:request|get|connect|createConnection|createSocket|Agent)\b/.test(names)) ||
        /\bimport\('node:(?:https?|http2|net|dgram)'\)/.test(text) ||
        /\bfetch\)?\(|\bnew (?:WebSocket|EventSource)\b/.test(code))
    )
  })
  expect(connecting.map(({ file }) => file).toSorted()).toEqual(CONNECTING)
})

test('a server loads nothing of record and compare', () => {
  const loaded = reached(['server.ts', 'index.ts', 'cli/main.ts'])
  expect(loaded.size).toBeGreaterThan(200)
  const strange = [...loaded].filter((file) => /^(?:recording|compare|upstream)\//.test(file))
  // An error that both commands know by its class, and nothing else.
  expect(strange).toEqual(['upstream/upstream-silent.ts'])
})

/** All files that these import at once, and those in turn; what is imported when it is needed, or for its types, is not. */
function reached(files: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>(files)
  for (const file of found) {
    const text = sources.find((source) => source.file === file)?.text ?? ''
    for (const [, name = ''] of text.matchAll(/^(?:import|export) (?!type )[^']*?from '(\.[^']+)'/gm)) {
      found.add(relative(src, resolve(src, dirname(file), name)))
    }
  }
  return found
}

test('only the store speaks SQL', () => {
  const speaking = sources.filter(({ text }) => /\b(SELECT|INSERT INTO|DELETE FROM|CREATE TABLE) /.test(text))
  expect(speaking.length).toBeGreaterThan(0)
  expect(speaking.map(({ file }) => file).filter((file) => !file.startsWith('core/store/'))).toEqual([])
})

test('one file reads the wall clock', () => {
  const reading = sources.filter(({ code }) => /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)/.test(code))
  expect(reading.map(({ file }) => file)).toEqual(['core/model/clock.ts'])
})

test('one file reads the environment, and one where this user keeps caches, for there is no configuration yet', () => {
  const reading = sources.filter(({ code }) => /\bprocess\.env\b/.test(code))
  expect(reading.map(({ file }) => file).toSorted()).toEqual(['cli/code-cache.ts', 'config/config.ts'])
})

test('no file has more than 300 lines', () => {
  const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > 300)
  expect(long.map(({ file }) => file)).toEqual([])
})

test('nothing is any, and no check is silenced', () => {
  const silenced = /(?<!\.)\bany\b|@ts-ignore|@ts-expect-error|@ts-nocheck|biome-ignore/
  expect(silenced.test(codeOf('const a: any = 1'))).toBe(true)
  expect(silenced.test(codeOf("const a = 'any' // any"))).toBe(false)
  const found = sources.filter(({ code, text }) => silenced.test(code) || /@ts-|biome-ignore/.test(text))
  expect(found.map(({ file }) => file)).toEqual([])
})

test('there are no enums, and no drawers for what has no place', () => {
  const enums = sources.filter(({ code }) => /\benum\s+\w+\s*\{/.test(code))
  const drawers = sources.filter(({ file }) => /(^|\/)(utils?|helpers?|services?|types|common)(\/|\.ts$)/.test(file))
  expect([...enums, ...drawers].map(({ file }) => file)).toEqual([])
})

test('the client takes nothing of the rows but their types', () => {
  const inside = sources.filter(({ file }) => file.startsWith('client/'))
  expect(inside.length).toBeGreaterThan(0)
  const taking = inside.flatMap(({ file, text }) =>
    [...text.matchAll(/^(?:import|export) (?!type )[^\n]*?from '(?!\.\/)[^']+'/gm)].map(([line]) => `${file}: ${line}`)
  )
  expect(taking).toEqual([])
})

test('importing a module does nothing, but for the command line, what launches it, and what looks at the Node', () => {
  const doing = sources.filter(({ code }) => /^(await |if |for |process\.|console\.|\w+\()/m.test(code))
  expect(doing.map(({ file }) => file).toSorted()).toEqual([
    'cli/launch.ts',
    'cli/main.ts',
    'needs-node.ts',
    'page/main.tsx'
  ])
})

test('the published package depends on better-sqlite3 alone, and its lock file names no registry', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({ dependencies: { 'better-sqlite3': expect.any(String) } })
  expect(Object.keys(Object(Object(manifest).dependencies))).toEqual(['better-sqlite3'])
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  expect(lock).not.toMatch(/"resolved":/)
})
