import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FiledExchange, Recording } from '../src/recording/reader.ts'
import type { Exchange } from './fixtures.ts'

const ROOT = fileURLToPath(new URL('../fixtures/recorded/', import.meta.url))

/** The folders of the recordings that this repository holds. */
export const recordingFolders: readonly string[] = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? join(ROOT, entry.name) : []
)

type Ours = Pick<Exchange, 'kind' | 'provider' | 'operation' | 'title' | 'response' | 'generated'>

/**
 * Which answers of ours the cloud itself does not give: another status or text for a code of an operation, or another type
 * for a member of its success. Each is named with the call that says so. A rehearsal says nothing about a cloud.
 */
export function outranked({ manifest, exchanges }: Recording, fixtures: readonly Ours[]): readonly string[] {
  if (manifest.rehearsal) return []
  const ours = fixtures.filter(({ kind, provider }) => kind === 'ours' && provider === manifest.cloud)
  return ours.flatMap((fixture) => {
    const { provider, operation, title } = fixture
    for (const recorded of exchanges.filter((each) => each.operation === operation)) {
      const difference = differenceOf(fixture, recorded)
      if (difference !== undefined) {
        return [`fixtures/${provider}/${operation}/${title}.yaml has to go: ${difference} (${recorded.file})`]
      }
    }
    return []
  })
}

function differenceOf({ response, generated = {} }: Ours, recorded: FiledExchange): string | undefined {
  const { status, body } = recorded.response
  const theirs: unknown = body && 'json' in body ? body.json : undefined
  const code = member(theirs, 'code')
  if (status >= 300) {
    if (code === undefined || code !== member(response.body, 'code')) return undefined
    if (status !== response.status) return `its status is ${response.status}, that of the cloud ${status}`
    const [our, their] = [member(response.body, 'message'), member(theirs, 'message')]
    const isSame = our === their || 'message' in generated
    return isSame ? undefined : `its message is ${JSON.stringify(our)}, that of the cloud ${JSON.stringify(their)}`
  }
  if (response.status >= 300) return undefined
  if (status !== response.status) return `its status is ${response.status}, that of the cloud ${status}`
  const types = typesIn(theirs)
  for (const [path, type] of typesIn(response.body)) {
    const other = types.get(path)
    if (other !== undefined && other !== type) return `its ${path || 'body'} is ${type}, that of the cloud ${other}`
  }
  return undefined
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Of each path the type of what stands there first; null may stand for any. */
function typesIn(value: unknown, path = '', types = new Map<string, string>()): ReadonlyMap<string, string> {
  if (value === null || value === undefined) return types
  const type = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
  if (!types.has(path)) types.set(path, type)
  if (Array.isArray(value)) for (const item of value) typesIn(item, `${path}[]`, types)
  else if (typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) typesIn(inner, path === '' ? name : `${path}.${name}`, types)
  }
  return types
}
