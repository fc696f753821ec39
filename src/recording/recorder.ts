import { wallNow } from '../core/model/clock.ts'
import type { Credentials } from '../providers/clients.ts'
import type { Keyring, Protocol, Provider, RawRequest } from '../providers/provider.ts'
import { HIDDEN } from '../providers/recorded.ts'
import { type Captured, lettersIn, shownExchange } from './exchange.ts'
import type { Manifest, RecordedExchange } from './form.ts'
import { leaksIn } from './redaction/leaks.ts'
import { createRedactor } from './redaction/redactor.ts'
import type { Known } from './redaction/secrets.ts'
import type { RecordingWriter } from './writer.ts'

export interface RecorderOptions {
  readonly provider: Provider
  readonly protocol: Protocol
  readonly upstream: URL
  readonly credentials: Credentials | undefined
  /** What is replaced wherever it stands: `--redact`. */
  readonly words: readonly string[]
  /** `snapstand 0.1.0, Node 24.11.0`. */
  readonly tool: string
  readonly writer: RecordingWriter
  /** What the other side started with, where that is known. */
  readonly origin?: { readonly seed?: object; readonly settings?: Readonly<Record<string, unknown>> } | undefined
}

/** What a recording came to. */
export interface Outcome {
  readonly kept: number
  /** The files that were not written, or were taken back: what is secret was in them. */
  readonly withheld: readonly string[]
  readonly redacted: Manifest['redacted']
}

/** Keeps exchanges in a folder, with everything replaced that must not be told. */
export interface Recorder {
  /** The number of a call, as it comes. */
  next(): number
  /** `requests`: the call as the client sent it, and as it was passed on. Whether it was written. */
  keep(number: number, captured: Captured, requests: readonly RawRequest[]): Promise<boolean>
  close(): Promise<Outcome>
}

/** Who records knows no keys: what a call says of itself is all there is. */
const NO_KEYS: Keyring = {
  mode: 'off',
  secretOf: () => undefined,
  worldOf: (keyId) => keyId,
  secrets: [],
  worldOfBearer: () => undefined
}

/** Begins a recording: its manifest is there from now on. */
export async function createRecorder(options: RecorderOptions): Promise<Recorder> {
  const { provider, protocol, upstream, writer, origin } = options
  const isOwn = provider.recorded.isOwnHost(upstream.hostname)
  const redactor = createRedactor({ known: knownAt(options, isOwn), ids: provider.recorded.ids })
  const { secrets, names } = redactor
  /** With how many secrets were known then. */
  const written = new Map<number, { readonly operation: string | undefined; readonly known: number }>()
  const withheld: string[] = []
  const clients = new Set<string>()
  let startedAt = wallNow()
  let calls = 0
  const seed = origin?.seed && asDocument(redactor.text(JSON.stringify(origin.seed)))

  const manifest = (): Manifest => ({
    form: 1,
    kind: 'recorded',
    ...(!isOwn && { rehearsal: true }),
    cloud: provider.name,
    recordedOn: new Date(startedAt).toISOString().slice(0, 10),
    startedAt: new Date(startedAt).toISOString(),
    tool: options.tool,
    clients: [...clients].toSorted(),
    upstream: isOwn ? upstream.hostname : STAND_IN,
    exchanges: written.size,
    withheld: withheld.length,
    redacted: Object.fromEntries(Object.entries(names.counts).toSorted()),
    ...(seed && { seed }),
    ...(origin?.settings && { settings: origin.settings })
  })

  /** One after the other, so that the manifest counts what is there. */
  let last: Promise<unknown> = writer.writeManifest(manifest())
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }

  function learn(requests: readonly RawRequest[]): void {
    for (const request of requests) {
      for (const text of [...protocol.secrets(request, NO_KEYS), protocol.claim(request) ?? '']) {
        if (text !== HIDDEN) secrets.add({ text, instead: HIDDEN, kind: 'secret' })
      }
    }
  }

  /** undefined: it would tell something, however often it is replaced. */
  function shown(captured: Captured): RecordedExchange | undefined {
    const exchange = shownExchange(captured, redactor, provider.recorded)
    if (leaksIn(lettersIn(exchange), secrets.all).length === 0) return exchange
    // What is secret may have been told only later in it.
    const again = shownExchange(captured, redactor, provider.recorded)
    return leaksIn(lettersIn(again), secrets.all).length === 0 ? again : undefined
  }

  await last
  return {
    next() {
      calls++
      if (calls === 1) startedAt = wallNow()
      return calls
    },
    keep: (number, captured, requests) =>
      inTurn(async () => {
        learn(requests)
        const exchange = shown(captured)
        if (exchange) {
          await writer.write(number, exchange)
          written.set(number, { operation: exchange.operation, known: secrets.count })
          // As it is shown there, and so looked through.
          const agent = exchange.request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1]
          const product = /^[\w.+-]+(?:\/[\w.+-]+)?/.exec(agent ?? '')?.[0]
          if (product !== undefined) clients.add(product)
        } else withheld.push(writer.nameOf(number, captured.operation))
        await writer.writeManifest(manifest())
        return exchange !== undefined
      }),
    close: () =>
      inTurn(async () => {
        // What a later call told to be secret may stand in an earlier one.
        for (const [number, { operation, known }] of written) {
          const since = secrets.since(known)
          if (since.length === 0 || leaksIn(lettersIn(await writer.read(number, operation)), since).length === 0)
            continue
          await writer.remove(number, operation)
          written.delete(number)
          withheld.push(writer.nameOf(number, operation))
        }
        const whole = manifest()
        await writer.writeManifest(whole)
        return { kept: written.size, withheld: withheld.toSorted(), redacted: whole.redacted }
      })
  }
}

/** What stands for a host that is none of the cloud's. */
const STAND_IN = 'upstream.example'

function knownAt({ upstream, credentials, words }: RecorderOptions, isOwn: boolean): readonly Known[] {
  const { keyId, secret, sessionToken = '' } = credentials ?? { keyId: '', secret: '' }
  return [
    ...[secret, sessionToken, keyId].map((text): Known => ({ text, instead: HIDDEN, kind: 'secret' })),
    ...words.map((text, index): Known => ({ text, instead: `redacted-${index + 1}`, kind: 'word' })),
    ...(isOwn ? [] : [upstream.host, upstream.hostname]).map(
      (text): Known => ({ text, instead: STAND_IN, kind: 'host' })
    )
  ]
}

function asDocument(json: string): object | undefined {
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null ? value : undefined
}
