import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** Fastify asks for these only if it is given no validator, no serialiser, a logger, or an injected call. */
const ABSENT = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request', 'pino']
/** It loads these at once, but uses them only for TLS, HTTP/2 and plugins that name a version of Fastify. */
const UNUSED = ['node:http2', 'node:https', 'semver']
/** Of these it needs one function, and loading all of it takes a while. */
const SMALLER: Readonly<Record<string, string>> = {
  'node:perf_hooks': 'module.exports = { performance: { now: () => Number(process.hrtime.bigint()) / 1e6 } }'
}
/** Commander runs commands that are programs of their own; none of ours is. */
const UNUSED_BY_COMMANDER = ['node:child_process']

/** Leaves out what packages import and Snapstand never uses. */
export const absent: Plugin = {
  name: 'absent',
  setup(build) {
    const without = (from: string, names: readonly string[]) => {
      const importing = new RegExp(`[\\\\/]node_modules[\\\\/]${from}[\\\\/]`)
      build.onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path, importer }) =>
        importing.test(importer) ? { path, namespace: 'absent' } : undefined
      )
    }
    without('fastify', [...ABSENT, ...UNUSED, ...Object.keys(SMALLER)])
    without('commander', UNUSED_BY_COMMANDER)
    build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({ contents: inPlaceOf(path) }))
  }
}

function inPlaceOf(name: string): string {
  if (SMALLER[name] !== undefined) return SMALLER[name]
  if ([...UNUSED, ...UNUSED_BY_COMMANDER].includes(name)) return 'module.exports = {}'
  return `throw new Error('${name} is not part of this build')`
}

/** The library takes the client from the file that programs import, so that a refusal is of one class wherever it is from. */
export const clientBeside: Plugin = {
  name: 'client-beside',
  setup(build) {
    build.onResolve({ filter: /\/client\/index\.ts$/ }, () => ({ path: './client.js', external: true }))
  }
}

/** A YAML file is imported as plain data. */
export const yamlAsData: Plugin = {
  name: 'yaml-as-data',
  setup(build) {
    build.onLoad({ filter: /\.yaml$/ }, async ({ path }) => {
      const { parse } = await import('yaml')
      return { contents: JSON.stringify(parse(await readFile(path, 'utf8'))), loader: 'json' }
    })
  }
}

/** The exchanges of `fixtures/` as plain data, whatever they are asked for by. */
export const exchangesAsData: Plugin = {
  name: 'exchanges-as-data',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path }) => ({ path, namespace: 'exchanges' }))
    build.onLoad({ filter: /.*/, namespace: 'exchanges' }, async () => {
      const { examples } = await import('./examples.ts')
      return { contents: JSON.stringify(await examples()), loader: 'json' }
    })
  }
}
