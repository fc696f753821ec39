import type { Document } from 'yaml'
// By name: `yaml` is CommonJS, and a bundle that loads it dynamically finds no names on it, only a default.
import { isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, parseDocument } from 'yaml'
import { DEPTH_MAX } from './depth.ts'
import { type Reading, Told, type Trouble } from './reading.ts'
import type { Path } from './walk.ts'

export interface YamlTask {
  readonly text: string
  /** Members whose places are wanted. */
  readonly paths: readonly Path[]
}

/** Reads YAML at once: nothing that somebody else waits for should be in the same thread (yaml-text.ts). */
export function readYaml(text: string, paths: readonly Path[] = []): Reading {
  // Duplicates are found below: `yaml` compares every key with every other.
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, merge: true })
  const troubles = new Told<Trouble>()
  for (const { pos, message } of document.errors) {
    troubles.add(() => ({ offset: pos[0], reason: `not well-formed: ${message}` }))
  }
  for (const trouble of troublesIn(document)) troubles.add(() => trouble)
  const isWhole = troubles.first.length === 0
  const value = isWhole ? plainValueOf(document, troubles) : undefined
  const offsets = isWhole ? paths.map((path) => offsetIn(document, path)) : []
  return { value, troubles: troubles.first, more: troubles.more, offsets }
}

function plainValueOf(document: Document, troubles: Told<Trouble>): unknown {
  try {
    return document.toJS()
  } catch (error) {
    // An alias without its anchor, or a few lines that aliases would blow up into gigabytes.
    troubles.add(() => ({ offset: 0, reason: error instanceof Error ? error.message : String(error) }))
    return undefined
  }
}

/** Members that come twice in one map (merge keys may: each merges something else), and what lies too deep. */
function* troublesIn(document: Document): Generator<Trouble> {
  const open: { readonly node: unknown; readonly path: Path }[] = [{ node: document.contents, path: [] }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next
    if (path.length > DEPTH_MAX) {
      yield { offset: startOf(node) ?? 0, reason: `is nested deeper than ${DEPTH_MAX} levels` }
      return
    }
    if (isSeq(node)) open.push(...node.items.map((item, index) => ({ node: item, path: [...path, index] })))
    if (!isMap(node)) continue
    const seen = new Set<string>()
    for (const { key, value } of node.items) {
      const name = nameOf(key)
      if (isCollection(isAlias(key) ? key.resolve(document) : key)) {
        yield { offset: startOf(key) ?? 0, path, reason: 'has a list or a map for a name' }
      }
      if (name === undefined) continue
      const member = [...path, name]
      if (seen.has(name)) yield { offset: startOf(key) ?? 0, path: member, reason: 'is named twice' }
      seen.add(name)
      open.push({ node: value, path: member })
    }
  }
}

/** Where a member begins: its key if it has one, since an unknown or misplaced name is most of what goes wrong. */
function offsetIn(document: Document, path: Path): number {
  let holder: unknown = document.contents
  let offset = startOf(holder) ?? 0
  for (const key of path) {
    if (isAlias(holder)) holder = holder.resolve(document)
    if (isSeq(holder)) holder = typeof key === 'number' ? holder.items[key] : undefined
    else if (isMap(holder)) holder = holder.items.find((pair) => nameOf(pair.key) === String(key))
    else break
    const start = startOf(isPair(holder) ? holder.key : holder)
    if (start === undefined) break
    offset = start
    if (isPair(holder)) holder = holder.value
  }
  return offset
}

/** A merge key has no name of its own. */
function nameOf(key: unknown): string | undefined {
  return isScalar(key) && typeof key.value !== 'symbol' ? String(key.value) : undefined
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
