import type { RawRequest } from '../../provider.ts'
import { targetOf, withoutEndpointSlash } from '../../wire/uri.ts'
import { type Canonical, canonicalQuery, canonicalUri } from './canonical.ts'

/** A way of signing that is not this cloud's own, though public clients have it: what is different, and what it is called. */
export interface Habit {
  readonly canonical: Canonical
  readonly habit: string
}

const PLUS = 'a blank in the query sent as + and signed as %20'
const SLASH = 'the path signed without the slash that its endpoint ends in'

/** The forms that a client may have signed that means the same request. None where the request gives no occasion. */
export function* habitsOf({ url }: RawRequest, canonical: Canonical): Generator<Habit> {
  const { path, query } = targetOf(url)
  // Cloud: signers in several languages send a query as forms are written, and sign it as baidu.md 2.2 says.
  const spaced = query.includes('+') ? canonicalQuery(query.replaceAll('+', '%20')) : undefined
  const plain = withoutEndpointSlash(path)
  // Cloud: the JavaScript SDK puts endpoint and path together as they are, and signs the path.
  const uri = plain === path ? undefined : canonicalUri(plain)
  if (spaced !== undefined) yield { canonical: { ...canonical, query: spaced }, habit: PLUS }
  if (uri !== undefined) yield { canonical: { ...canonical, uri }, habit: SLASH }
  if (spaced !== undefined && uri !== undefined) {
    yield { canonical: { ...canonical, query: spaced, uri }, habit: `${PLUS}; ${SLASH}` }
  }
}
