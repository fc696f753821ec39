import { hostOf } from '../access.ts'
import type { HttpContext } from '../context.ts'
import type { Call } from './call.ts'
import { isPreflight } from './cors.ts'

/** Who asks is not let in; the message says what would let it in. */
export class NotAdmitted extends Error {
  /** The header that tells. */
  readonly field: string
  constructor(field: string, hint: string) {
    super(hint)
    this.field = `header.${field.toLowerCase()}`
  }
}

/**
 * A page of another site is let in by `--cors` only. Who names no key gets a world all the same, so it has to call by a
 * name of this machine: a page can have its own name point here, but not take another. Throws `NotAdmitted`.
 */
export function admit({ access, keys }: HttpContext, { cloud, line }: Call): void {
  const { headers } = line
  const { origin, host } = headers
  const stranger = access.strangerIn(headers)
  // A preflight that is let in never comes here.
  if ((stranger && access.letsIn(headers) === undefined) || isPreflight(line)) {
    const { field, value } = stranger ?? { field: 'Origin', value: origin }
    throw new NotAdmitted(
      field,
      `A page of ${origin ?? 'another site'} is asking (${field}: ${value}); start the server with --cors ${origin ?? "'*'"} to let it in.`
    )
  }
  // With authentication off, a malformed Authorization is none; else it is refused as what it is.
  const isUnsigned = (keys.mode === 'off' || headers.authorization === undefined) && cloud.protocol.claim(line) === null
  // A browser always names the Host.
  if (isUnsigned && host !== undefined && !access.isByOwnHost(headers)) {
    const name = hostOf(host)
    throw new NotAdmitted(
      'Host',
      `A call without credentials is served on a loopback Host only, not on ${JSON.stringify(name)}; sign it, or start the server with --control-host ${name || 'NAME'}.`
    )
  }
}
