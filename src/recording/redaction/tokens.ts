/** One piece of a JSON text: a string with its quotes, a number or word, a bracket, comma or colon, or blanks. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|\s+/gs

export interface Rewriting {
  /** A member's name, as it is meant. */
  name(name: string): string
  /** A text, and the name of the member that it is the value of, or in the list of; '' where there is none; `above`: those that it lies in. */
  text(text: string, name: string, above: readonly string[]): string
  /** A number, `true`, `false` or `null`, as it is written. */
  literal(literal: string, name: string): string
}

/**
 * Writes a JSON document anew, with other names and values but in the same letters where nothing changes. The document
 * must be one: it is not checked.
 */
export function rewriteJson(json: string, { name: rename, text, literal }: Rewriting): string {
  const tokens = json.match(TOKEN) ?? []
  /** The member that a holder is the value of; a list hands it on to its items. */
  const holders: { readonly isList: boolean; member: string }[] = []
  return tokens
    .map((token, index) => {
      const holder = holders.at(-1)
      const member = holder?.member ?? ''
      if (token === '{' || token === '[') {
        holders.push({ isList: token === '[', member: token === '[' ? member : '' })
        return token
      }
      if (token === '}' || token === ']') holders.pop()
      if (/^[}\],:\s]/.test(token)) return token
      if (!token.startsWith('"')) return literal(token, member)
      const before = meantBy(token)
      const isName = holder?.isList === false && followedByColon(tokens, index)
      if (isName) holder.member = before
      const after = isName ? rename(before) : text(before, member, above(holders))
      return after === before ? token : JSON.stringify(after)
    })
    .join('')
}

function above(holders: readonly { readonly member: string }[]): readonly string[] {
  return holders.slice(0, -1).map(({ member }) => member)
}

function followedByColon(tokens: readonly string[], index: number): boolean {
  const next = tokens[index + 1] ?? ''
  return next === ':' || (/^\s/.test(next) && tokens[index + 2] === ':')
}

function meantBy(token: string): string {
  const value: unknown = JSON.parse(token)
  return String(value)
}

/** The value of a JSON text, if writing it again says the same: no digit lost, no member twice, no other spelling of a number. */
export function valueIfSame(json: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(json)
    const [before, after] = [meaningsIn(json), meaningsIn(JSON.stringify(value))]
    const isSame = before.length === after.length && before.every((token, index) => token === after[index])
    return isSame ? { value } : undefined
  } catch {
    return undefined
  }
}

function meaningsIn(json: string): readonly string[] {
  return (json.match(TOKEN) ?? []).flatMap((token) => {
    if (/^\s/.test(token)) return []
    return token.startsWith('"') ? `"${meantBy(token)}` : token
  })
}

export function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
