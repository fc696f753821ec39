import { HIDDEN, type Recorded } from '../providers/recorded.ts'
import { pairsOf, type RawHeaders } from '../upstream/raw-headers.ts'
import { lettersOf, shownBody } from './bodies.ts'
import type { Headers, RecordedExchange } from './form.ts'
import type { Redactor } from './redaction/redactor.ts'

/** A call and its answer, as they went over the wire. */
export interface Captured {
  readonly at: number
  readonly took: number
  readonly operation: string | undefined
  /** As the cloud got it. */
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: RawHeaders
    readonly body: Buffer
  }
  /** Without a body where it is too large to be kept. */
  readonly response: { readonly status: number; readonly headers: RawHeaders; readonly body: Buffer | undefined }
}

/** What a recording shows of an exchange. Headers come first: what they tell to be secret is known in the bodies. */
export function shownExchange(
  { at, took, operation, request, response }: Captured,
  redactor: Redactor,
  cloud: Recorded
): RecordedExchange {
  const asked = shownHeaders(request.headers, redactor, cloud)
  const answered = shownHeaders(response.headers, redactor, cloud)
  const url = shownUrl(request.url, redactor, cloud)
  const sent = shownBody(request.body, valuesIn(request.headers), redactor)
  const got = shownBody(response.body, valuesIn(response.headers), redactor)
  return {
    at,
    took,
    ...(operation !== undefined && { operation }),
    request: { method: redactor.text(request.method), url, headers: asked, ...(sent && { body: sent }) },
    response: { status: response.status, headers: answered, ...(got && { body: got }) }
  }
}

/** All of an exchange that came over the wire. */
export function lettersIn({ request, response }: RecordedExchange): string {
  const headers = [...request.headers, ...response.headers].map(([name, value]) => `${name}: ${value}`)
  return [request.method, request.url, ...headers, lettersOf(request.body), lettersOf(response.body)].join('\n')
}

function shownHeaders(raw: RawHeaders, redactor: Redactor, cloud: Recorded): Headers {
  return pairsOf(raw).map(([name, value]) => {
    switch (name.toLowerCase()) {
      case 'authorization':
        redactor.names.count('secret')
        return [name, redactor.text(cloud.withoutSecrets(value))]
      case 'cookie':
        learnCookies(value.split(';'), redactor)
        return [name, redactor.named(name, value)]
      case 'set-cookie':
        // What follows the first semicolon are attributes.
        learnCookies(value.split(';', 1), redactor)
        return [name, redactor.named(name, value)]
      default:
        return [redactor.text(name), redactor.named(name, value)]
    }
  })
}

/** A signature may stand in the query, and is as telling there. */
function shownUrl(url: string, redactor: Redactor, cloud: Recorded): string {
  const signed = /(?<=[?&]authorization=)[^&#]*/i
  const hidden = signed.test(url)
  const shown = redactor.url(url)
  if (!hidden) return shown
  const authorization = cloud.withoutSecrets(decoded(signed.exec(url)?.[0] ?? ''))
  return shown.replace(signed, () => encodeURIComponent(redactor.text(authorization)))
}

/** A cookie's own value is secret without its name, too. */
function learnCookies(cookies: readonly string[], redactor: Redactor): void {
  for (const cookie of cookies) {
    const text = cookie.slice(cookie.indexOf('=') + 1).trim()
    if (text.length >= COOKIE_MIN) redactor.secrets.add({ text, instead: HIDDEN, kind: 'secret' })
  }
}
const COOKIE_MIN = 8

function valuesIn(raw: RawHeaders): (name: string) => string {
  const pairs = pairsOf(raw)
  return (wanted) => pairs.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
