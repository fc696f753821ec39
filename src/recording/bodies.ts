import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { Body } from './form.ts'
import { isPacked, type Redactor } from './redaction/redactor.ts'
import { isJson, valueIfSame } from './redaction/tokens.ts'

/** Larger ones are passed on, and not kept. */
export const BODY_MAX = 8 * 1024 ** 2
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What a recording shows of a body. undefined: there is none. */
export function shownBody(
  body: Buffer | undefined,
  headerOf: (name: string) => string,
  redactor: Redactor
): Body | undefined {
  if (body === undefined) return { omitted: `more than ${BODY_MAX} bytes` }
  if (body.length === 0) return undefined
  const encoding = headerOf('content-encoding').trim().toLowerCase()
  const plain = decompressed(body, encoding)
  if (plain === undefined) return { omitted: `${body.length} bytes in the encoding ${redactor.text(encoding)}` }
  if (plain.length === 0) return undefined
  const text = textOf(plain)
  if (text === undefined && isPacked(plain)) return { omitted: `${body.length} bytes that are packed` }
  if (text === undefined) {
    const bytes = Buffer.from(redactor.text(plain.toString('latin1')), 'latin1')
    return { base64: bytes.toString('base64') }
  }
  const isForm = headerOf('content-type').startsWith('application/x-www-form-urlencoded') && !isJson(text)
  const after = isForm ? redactor.parameters(text) : redactor.text(text)
  const same = isJson(after) ? valueIfSame(after) : undefined
  return same ? { json: same.value } : { text: after }
}

/** undefined: it is in an encoding that is not read, or in none that it says, or larger than anybody keeps. */
function decompressed(body: Buffer, encoding: string): Buffer | undefined {
  const options = { maxOutputLength: BODY_MAX }
  try {
    switch (encoding) {
      case '':
      case 'identity':
        return body
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, options)
      case 'deflate':
        return inflateSync(body, options)
      case 'br':
        return brotliDecompressSync(body, options)
      default:
        return undefined
    }
  } catch {
    return undefined
  }
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** The letters of a body, for who looks for something in them. */
export function lettersOf(body: Body | undefined): string {
  if (body === undefined) return ''
  if ('json' in body) return JSON.stringify(body.json)
  if ('text' in body) return body.text
  return 'base64' in body ? Buffer.from(body.base64, 'base64').toString('latin1') : body.omitted
}
