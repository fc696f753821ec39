import type { Operation, Route } from '../../provider.ts'
import { decoded, parametersOf, segmentsOf, type Target } from '../../wire/uri.ts'
import type { KnownOperation } from '../matters/not-served.ts'

/** One way into an operation: its route, or an alias. */
interface Way {
  readonly operation: Operation
  readonly route: Route
}
interface Place {
  readonly path: string
  readonly segments: readonly string[]
  readonly ways: readonly Way[]
}

/** What a request line means. */
export type Meaning =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'uri' }
  | { readonly kind: 'version' }
  | { readonly kind: 'path' }
  /** An operation of the cloud that is not served; `wrong` is what its address would be called otherwise. */
  | { readonly kind: 'known'; readonly name: string; readonly wrong: 'path' | 'version' | 'action' }
  | { readonly kind: 'method'; readonly path: string; readonly methods: readonly string[] }
  | {
      readonly kind: 'action'
      readonly path: string
      readonly given: readonly string[]
      readonly actions: readonly string[]
    }

export interface RouteTable {
  /** Every way in as `PUT /v2/asp/:aspId?attach`. */
  readonly lines: readonly string[]
  meaning(method: string, target: Target): Meaning
}

export function routeTable(operations: readonly Operation[], known: readonly KnownOperation[]): RouteTable {
  const ways = operations.flatMap((operation) =>
    [operation.route, ...operation.aliases].map((route): Way => ({ operation, route }))
  )
  const placesByLength = placesOf(ways)
  const knownBySize = grouped(
    known.map(knownPlace).sort(byFixedWords),
    ({ method, segments }) => `${method} ${segments.length}`
  )
  const selectors = new Set(ways.flatMap(({ route }) => route.selector ?? []))
  // `/v3/asp` is no unknown path but an area that this version lacks: the areas of each version.
  const areas = new Set(ways.map(({ route }) => areaOf(route.path.slice(1).split('/'))))
  const versions = new Set(ways.map(({ route }) => route.path.split('/')[1] ?? ''))
  const meaning = (method: string, { path, query }: Target): Meaning => {
    const segments = segmentsOf(path)
    const keys = segments && decodedQuery(query)
    if (!segments || !keys) return { kind: 'uri' }
    const place = placesByLength.get(segments.length)?.find((one) => fits(one, segments))
    const other = knownBySize
      .get(`${method} ${segments.length}`)
      ?.find((one) => fits(one, segments) && one.isMeant(keys))
    if (!place) {
      const wrong = isWrongVersion(segments, versions, areas) ? 'version' : 'path'
      return other ? { kind: 'known', name: other.name, wrong } : { kind: wrong }
    }
    // `/v2/instance/price` is no instance called so, and `?toPrepay` no release.
    const rank = other ? byFixedWords(other, place) : 1
    if (other && rank <= 0) return { kind: 'known', name: other.name, wrong: rank < 0 ? 'path' : 'action' }
    const here = place.ways.filter(({ route }) => route.method === method)
    if (here.length === 0) return { kind: 'method', path: place.path, methods: methodsOf(place.ways) }
    const given = [...selectors].filter((selector) => isGiven(selector, keys))
    // `POST …?attach` is an attach with the wrong method, not a release.
    const meant = place.ways.filter(({ route }) => route.selector !== undefined && given.includes(route.selector))
    if (meant.length > 0 && meant.every(({ route }) => route.method !== method)) {
      return { kind: 'method', path: `${place.path}?${given.join('&')}`, methods: methodsOf(meant) }
    }
    const way = chosen(here, given)
    if (way) return { kind: 'operation', operation: way.operation, params: paramsOf(way.route, segments) }
    return { kind: 'action', path: place.path, given, actions: here.flatMap(({ route }) => route.selector ?? []) }
  }
  return {
    lines: ways.map(({ route }) => `${route.method} ${route.path}${route.selector ? `?${route.selector}` : ''}`),
    meaning
  }
}

/** Where an operation that is not served would be. */
function knownPlace({ name, route }: KnownOperation) {
  const { method, path, selector } = route
  return {
    name,
    method,
    segments: path
      .slice(1)
      .split('/')
      .map((word) => (word.startsWith(':') ? ':' : word)),
    isMeant: (keys: ReadonlyMap<string, string>) => selector === undefined || isGiven(selector, keys)
  }
}

function methodsOf(ways: readonly Way[]): readonly string[] {
  return [...new Set(ways.map(({ route }) => route.method))]
}

/** Places by their number of segments; where two fit, the one with the earlier fixed word comes first. */
function placesOf(ways: readonly Way[]): ReadonlyMap<number, readonly Place[]> {
  const places = grouped(ways, ({ route }) => route.path.replace(/:[^/]+/g, ':'))
  const sorted = [...places]
    .map(
      ([path, here]): Place => ({ path: here[0]?.route.path ?? path, segments: path.slice(1).split('/'), ways: here })
    )
    .sort(byFixedWords)
  return grouped(sorted, (place) => place.segments.length)
}

function grouped<K, T>(things: readonly T[], keyOf: (thing: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const thing of things) {
    const key = keyOf(thing)
    const group = groups.get(key)
    if (group) group.push(thing)
    else groups.set(key, [thing])
  }
  return groups
}

function byFixedWords(one: Pick<Place, 'segments'>, other: Pick<Place, 'segments'>): number {
  const differs = one.segments.findIndex((segment, index) => (segment === ':') !== (other.segments[index] === ':'))
  if (differs === -1) return 0
  return one.segments[differs] === ':' ? 1 : -1
}

function fits(place: Pick<Place, 'segments'>, segments: readonly string[]): boolean {
  return place.segments.every((word, index) => (word === ':' ? segments[index] !== '' : word === segments[index]))
}

/** Keys with their last value: of a repeated key the last one counts. */
function decodedQuery(query: string): ReadonlyMap<string, string> | undefined {
  const keys = new Map<string, string>()
  for (const parameter of parametersOf(query)) {
    const key = decoded(parameter.key)
    const value = decoded(parameter.value)
    if (key === undefined || value === undefined) return undefined
    keys.set(key, value)
  }
  return keys
}

/** A selector is a key, whose value doesn't count, or, where one is named (`action=AttachTags`), a key with that value. */
function isGiven(selector: string, keys: ReadonlyMap<string, string>): boolean {
  const mark = selector.indexOf('=')
  return mark === -1 ? keys.has(selector) : keys.get(selector.slice(0, mark)) === selector.slice(mark + 1)
}

/** Where actions differ by a key, exactly one of all known action keys must be there. */
function chosen(here: readonly Way[], given: readonly string[]): Way | undefined {
  if (here.every(({ route }) => route.selector === undefined)) return here[0]
  if (given.length > 1) return undefined
  return here.find(({ route }) => route.selector === given[0])
}

function paramsOf({ path }: Route, segments: readonly string[]): Readonly<Record<string, string>> {
  const words = path.slice(1).split('/')
  return Object.fromEntries(
    words.flatMap((word, index) => (word.startsWith(':') ? [[word.slice(1), segments[index] ?? '']] : []))
  )
}

function isWrongVersion(
  segments: readonly string[],
  versions: ReadonlySet<string>,
  areas: ReadonlySet<string>
): boolean {
  const version = segments[0] ?? ''
  if (!versions.has(version)) return true
  if (areas.has(areaOf(segments))) return false
  return [...versions].some((other) => areas.has(areaOf([other, ...segments.slice(1)])))
}

/** Version and first word: `v2/asp`. */
function areaOf(segments: readonly string[]): string {
  return segments.slice(0, 2).join('/')
}
