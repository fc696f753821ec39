import { createHash, createHmac } from 'node:crypto'

// A signer of ZC2-HMAC-SHA256 written from zenlayer.md section 2. It shares no code with src/, so that the two check
// each other.

export interface ToSign {
  readonly keyId: string
  readonly secret: string
  readonly host: string
  readonly body: string | Uint8Array
  readonly timestampS: number
  /** Default `application/json`. */
  readonly contentType?: string
  /** Signed too, beside content-type and host. */
  readonly extra?: Readonly<Record<string, string>>
  /** After the commas of Authorization; default one blank. */
  readonly blanks?: string
  /** Default is the constant `/`; a wrong one makes a wrong signature. */
  readonly uri?: string
  /** Default `ZC2-HMAC-SHA256`, in the string to sign and in Authorization. */
  readonly algorithm?: string
}

/** The headers of a signed request, names in lower case. */
export function signedHeaders(request: ToSign): Record<string, string> {
  const signed: Record<string, string> = {
    ...request.extra,
    'content-type': request.contentType ?? 'application/json',
    host: request.host
  }
  const names = Object.keys(signed)
    .map((name) => name.toLowerCase())
    .sort()
  let headerLines = ''
  for (const [name, value] of Object.entries(signed).sort((a, b) =>
    a[0].toLowerCase() < b[0].toLowerCase() ? -1 : 1
  )) {
    headerLines += name.toLowerCase().concat(':', value.trim(), '\n')
  }
  const payloadHash = createHash('sha256').update(request.body).digest('hex')
  const canonicalRequest = `POST\n${request.uri ?? '/'}\n\n${headerLines}\n${names.join(';')}\n${payloadHash}`
  const algorithm = request.algorithm ?? 'ZC2-HMAC-SHA256'
  const toSign = [algorithm, String(request.timestampS), sha256(canonicalRequest)].join('\n')
  const signature = createHmac('sha256', Buffer.from(request.secret)).update(toSign).digest('hex')
  const gap = `,${request.blanks ?? ' '}`
  return {
    ...signed,
    'x-zc-timestamp': String(request.timestampS),
    'x-zc-signature-method': algorithm,
    authorization:
      `${algorithm} ` +
      [`Credential=${request.keyId}`, `SignedHeaders=${names.join(';')}`, `Signature=${signature}`].join(gap)
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
