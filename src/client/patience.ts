type Dispatcher = NonNullable<RequestInit['dispatcher']>

/** Where the fetch of Node keeps what sends for it. */
const GLOBAL_DISPATCHER = Symbol.for('undici.globalDispatcher.1')

/**
 * Node's fetch gives up after five minutes without an answer, which a long advance may take. What waits longer is made by
 * the class of what it has; elsewhere, in a browser, there is neither the limit nor this.
 */
export function patientDispatcher(): Dispatcher | undefined {
  // Fetch is loaded when something of it is first asked for.
  if (globalThis.Headers === undefined) return undefined
  const dispatcher: unknown = Reflect.get(globalThis, GLOBAL_DISPATCHER)
  if (!isAgent(dispatcher)) return undefined
  const patient: unknown = Reflect.construct(dispatcher.constructor, [{ headersTimeout: 0, bodyTimeout: 0 }])
  return isAgent(patient) ? patient : undefined
}

function isAgent(value: unknown): value is Dispatcher {
  return typeof value === 'object' && value?.constructor.name === 'Agent'
}
