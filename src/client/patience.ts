/** What Node's fetch takes beside the standard. In a browser there is none, and this is what would be asked of it. */
type Dispatcher = RequestInit extends { readonly dispatcher?: infer D }
  ? unknown extends D
    ? Composable
    : NonNullable<D>
  : Composable
interface Composable {
  destroy(): unknown
  compose(change: (dispatch: Dispatch) => Dispatch): Composable
}
type Dispatch = (call: object, handler: object) => boolean

/** From this undici on, which fetch of Node is, it keeps what sends for it in another place. */
const SECOND_PLACE_SINCE = 8

/**
 * Node's fetch gives up after five minutes without an answer, which a long advance may take. This is what sends for it,
 * whatever the program has set there (a proxy, a certificate), without the limit; elsewhere, in a browser, there is neither.
 */
export function patientDispatcher(): Dispatcher | undefined {
  const version = globalThis.process?.versions?.undici
  // Fetch is loaded when something of it is first asked for.
  if (version === undefined || globalThis.Headers === undefined) return undefined
  const place = Number.parseInt(version, 10) >= SECOND_PLACE_SINCE ? 2 : 1
  const kept: unknown = Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${place}`))
  if (!isComposable(kept)) return undefined
  return kept.compose(
    (dispatch) => (call, handler) => dispatch({ ...call, headersTimeout: 0, bodyTimeout: 0 }, handler)
  )
}

function isComposable(value: unknown): value is Dispatcher {
  return typeof value === 'object' && value !== null && 'compose' in value && typeof value.compose === 'function'
}
