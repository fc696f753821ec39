import { DEPTH_MAX } from './depth.ts'
import { type Reading, Told, type Trouble } from './reading.ts'
import type { Path } from './walk.ts'

/** Nothing that is meant has as much in one piece, and one piece is not interrupted. */
const MEMBERS_MAX = 100_000
const TEXT_MAX = 4 * 1024 ** 2
const BLANKS_MAX = 1024 ** 2
/** How many values lie between two chances to pause. */
const STEPS = 500

/** A place that somebody asks for, and those below it. */
interface Wanted {
  at: number | undefined
  readonly below: Map<string | number, Wanted>
}

/** An object or a list that is not at its end yet. */
interface Open {
  readonly list: unknown[] | undefined
  readonly members: Record<string, unknown>
  readonly wanted: Wanted | undefined
  count: number
  key: string
}

class NotJson extends Error {
  readonly at: number
  constructor(at: number, reason: string) {
    super(reason)
    this.at = at
  }
}

/**
 * Reads JSON as `JSON.parse` does, but so that it can be interrupted (62 MB hold everybody up for half a second), that it
 * tells a member that comes twice, and that it knows where things stand.
 */
export function* readJson(text: string, paths: readonly Path[] = []): Generator<undefined, Reading> {
  const wanted = newWanted()
  for (const path of paths) path.reduce(wantedBelow, wanted)
  const troubles = new Told<Trouble>()
  try {
    const value = yield* documentIn(new Scanner(text), wanted, troubles)
    const offsets = paths.map((path) => offsetOf(wanted, path))
    return { value, troubles: troubles.first, more: troubles.more, offsets }
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
    return { value: undefined, troubles: [{ offset: error.at, reason: error.message }], more: 0, offsets: [] }
  }
}

function* documentIn(scanner: Scanner, wanted: Wanted, troubles: Told<Trouble>): Generator<undefined, unknown> {
  const open: Open[] = []
  scanner.skipBlanks()
  wanted.at = scanner.at
  for (let steps = 1; ; steps++) {
    if (steps % STEPS === 0) yield undefined
    const holder = open.at(-1)
    const here = holder ? placeOf(holder, scanner) : wanted
    let value: unknown
    const bracket = scanner.text[scanner.at]
    if (bracket === '{' || bracket === '[') {
      if (open.length >= DEPTH_MAX) throw new NotJson(scanner.at, `is nested deeper than ${DEPTH_MAX} levels`)
      const container = { list: bracket === '[' ? [] : undefined, members: {}, wanted: here, count: 0, key: '' }
      scanner.at++
      scanner.skipBlanks()
      if (!scanner.takes(bracket === '{' ? '}' : ']')) {
        open.push(container)
        if (bracket === '{') nextKey(scanner, container, open, troubles)
        continue
      }
      value = container.list ?? container.members
    } else {
      value = scanner.scalar()
    }
    // A value has ended, and with it each holder that ends here.
    for (let above = open.at(-1); ; above = open.at(-1)) {
      scanner.skipBlanks()
      if (!above) {
        if (scanner.at < scanner.text.length) throw scanner.unexpected('the end')
        return value
      }
      attach(above, value)
      if (scanner.takes(',')) {
        scanner.skipBlanks()
        if (!above.list) nextKey(scanner, above, open, troubles)
        break
      }
      if (!scanner.takes(above.list ? ']' : '}')) throw scanner.unexpected(above.list ? '"," or "]"' : '"," or "}"')
      value = above.list ?? above.members
      open.pop()
    }
  }
}

/** Reads `"name":`, up to the value. */
function nextKey(scanner: Scanner, holder: Open, open: readonly Open[], troubles: Told<Trouble>): void {
  const at = scanner.at
  const key = scanner.key()
  if (++holder.count > MEMBERS_MAX) throw new NotJson(at, `has more than ${MEMBERS_MAX} members`)
  if (Object.hasOwn(holder.members, key)) {
    const pathHere = () => [...open.slice(0, -1).map((above) => above.list?.length ?? above.key), key]
    troubles.add(() => ({ offset: at, path: pathHere(), reason: 'is named twice' }))
  }
  holder.key = key
  const place = holder.wanted?.below.get(key)
  if (place) place.at = at
}

/** Where the next value of a holder is noted, if anybody asks for it. */
function placeOf({ list, wanted, key }: Open, { at }: Scanner): Wanted | undefined {
  if (!list) return wanted?.below.get(key)
  const place = wanted?.below.get(list.length)
  if (place) place.at = at
  return place
}

function attach({ list, members, key }: Open, value: unknown): void {
  if (list) list.push(value)
  // Setting it would change what the object inherits from.
  else if (key === '__proto__') Object.defineProperty(members, key, { value, enumerable: true, configurable: true })
  else members[key] = value
}

const NUMBER = /-?(?:0|[1-9]\d{0,999})(?:\.\d{1,999})?(?:[eE][+-]?\d{1,9})?/y
/** A backslash, or a control character: all that comes before the blank. */
const NOT_PLAIN = /[^ -[\]-\uffff]/
const WORDS = new Map<string, unknown>([
  ['t', true],
  ['f', false],
  ['n', null]
])

class Scanner {
  readonly text: string
  at = 0
  constructor(text: string) {
    this.text = text
  }

  skipBlanks(): void {
    const end = this.at + BLANKS_MAX
    for (let code = this.text.charCodeAt(this.at); ; code = this.text.charCodeAt(++this.at)) {
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      if (this.at > end) throw new NotJson(this.at, 'goes on with more blanks than anyone means')
    }
  }

  takes(character: string): boolean {
    const isNext = this.text[this.at] === character
    if (isNext) this.at++
    return isNext
  }

  key(): string {
    if (this.text[this.at] !== '"') throw this.unexpected('a name in double quotes')
    const key = this.string()
    this.skipBlanks()
    if (!this.takes(':')) throw this.unexpected('":"')
    this.skipBlanks()
    return key
  }

  scalar(): unknown {
    const first = this.text[this.at] ?? ''
    if (first === '"') return this.string()
    if (WORDS.has(first)) {
      const value = WORDS.get(first)
      const word = String(value)
      if (!this.text.startsWith(word, this.at)) throw this.unexpected('a value')
      this.at += word.length
      return value
    }
    NUMBER.lastIndex = this.at
    const [number] = NUMBER.exec(this.text) ?? []
    if (number === undefined) throw this.unexpected('a value')
    this.at += number.length
    return Number(number)
  }

  string(): string {
    const start = this.at
    let end = this.text.indexOf('"', start + 1)
    while (end !== -1 && end - start <= TEXT_MAX && this.isEscaped(end)) end = this.text.indexOf('"', end + 1)
    if (end === -1) throw new NotJson(this.text.length, 'ends in the middle of a text')
    if (end - start > TEXT_MAX) throw new NotJson(start, `holds a text of more than ${TEXT_MAX / 1024 ** 2} MiB`)
    this.at = end + 1
    const inner = this.text.slice(start + 1, end)
    if (!NOT_PLAIN.test(inner)) return inner
    try {
      return String(JSON.parse(this.text.slice(start, end + 1)))
    } catch {
      throw new NotJson(start, 'is no JSON: this text holds a bare line break, or an escape that there is not')
    }
  }

  /** Whether an odd number of backslashes stands before. */
  isEscaped(end: number): boolean {
    let start = end
    while (this.text[start - 1] === '\\') start--
    return (end - start) % 2 === 1
  }

  unexpected(expected: string): NotJson {
    if (this.at >= this.text.length) return new NotJson(this.at, `ends in the middle: ${expected} is missing`)
    const found = JSON.stringify(this.text.slice(this.at, this.at + 10))
    return new NotJson(this.at, `is no JSON: ${expected} is expected here, not ${found}`)
  }
}

function newWanted(): Wanted {
  return { at: undefined, below: new Map() }
}

function wantedBelow(above: Wanted, key: string | number): Wanted {
  const place = above.below.get(key) ?? newWanted()
  above.below.set(key, place)
  return place
}

/** Where a member begins, or its nearest holder where it is missing. */
function offsetOf(wanted: Wanted, path: Path): number {
  let offset = wanted.at ?? 0
  let place: Wanted | undefined = wanted
  for (const key of path) {
    place = place.below.get(key)
    if (place?.at === undefined) break
    offset = place.at
  }
  return offset
}
