import type { Body, RecordedExchange } from '../recording/form.ts'
import type { Answer } from './differences/answers.ts'

/** One call to the other side, with what it answered. */
export interface Exchange extends RecordedExchange {
  /** Sent in another way than calls are as a rule: the same way on both sides. */
  readonly change?: Change | undefined
}

/** What is done to a call that was signed, before it goes out. */
export interface Change {
  /** Headers that are taken off, in lower case. */
  readonly without?: readonly string[]
  /** Headers that are put in place of those that were signed. */
  readonly headers?: Readonly<Record<string, string>>
  /** How far the clock is off by which it is signed. */
  readonly skewMs?: number
  /** It is signed with a key that nobody has. */
  readonly strangeKey?: true
}

/** The answer as it is compared. */
export function answerOf({ response: { status, headers, body } }: RecordedExchange): Answer {
  return { status, headers, body: valueIn(body) }
}

/** A body as a value: JSON parsed, all else a text. */
export function valueIn(body: Body | undefined): unknown {
  if (body === undefined) return undefined
  if ('json' in body) return body.json
  if ('text' in body) return body.text
  return 'base64' in body ? body.base64 : body.omitted
}

/** A body as it is sent. */
export function bytesOf(body: Body | undefined): Buffer {
  if (body === undefined || 'omitted' in body) return Buffer.alloc(0)
  if ('json' in body) return Buffer.from(JSON.stringify(body.json))
  return 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64')
}

/** Bytes that came as a body. */
export function bodyOf(bytes: Buffer): Body | undefined {
  if (bytes.length === 0) return undefined
  const text = bytes.toString('utf8')
  try {
    const json: unknown = JSON.parse(text)
    if (isShallow(json)) return { json }
  } catch {
    // It is a text, or bytes.
  }
  return Buffer.from(text).equals(bytes) ? { text } : { base64: bytes.toString('base64') }
}

/** No answer of a cloud is nearly as deep, and what walks through one must come back. */
const DEPTH_MAX = 100

function isShallow(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return false
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return true
}

export function isSuccess({ response: { status } }: RecordedExchange): boolean {
  return status >= 200 && status < 300
}

/** Whether an operation only looks, by what both clouds call such. */
export function isReading(operation: string | undefined): boolean {
  return /^(?:Describe|List|Get|Inquiry)/.test(operation ?? '')
}

/**
 * When a call is played: one that changes something when it was sent, one that looks when it was answered. So what is over
 * there is over here too, and calls that waited for it find it as they did.
 */
export function instantIn({ operation, at, took }: Exchange): number {
  return isReading(operation) ? at + took : at
}
