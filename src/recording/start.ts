import { once } from 'node:events'
import type { Credentials } from '../providers/clients.ts'
import type { Provider } from '../providers/provider.ts'
import { createProxy } from './proxy.ts'
import { createRecorder, type Outcome, type RecorderOptions } from './recorder.ts'
import { createRecordingWriter } from './writer.ts'

export interface RecordingOptions {
  readonly provider: Provider
  readonly upstream: URL
  /** Without any, calls go on with the signature that they came with. */
  readonly credentials?: Credentials | undefined
  readonly words?: readonly string[]
  readonly ca?: string | undefined
  readonly folder: string
  /** 0: a free one. */
  readonly port: number
  readonly tool: string
  readonly origin?: RecorderOptions['origin']
  /** What happens, call by call. */
  tell?(event: RecordingEvent): void
}

export type RecordingEvent = { readonly number: number; readonly operation: string | undefined } & (
  | { readonly kind: 'kept' | 'withheld'; readonly status: number; readonly tookMs: number }
  /** Not answered, or answered and not written: `reason` says it. */
  | { readonly kind: 'failed'; readonly reason: string }
)

export interface RunningRecording {
  /** Where clients are to be pointed. */
  readonly url: string
  /** Ends it when what is under way is done, and finishes its manifest. */
  close(): Promise<Outcome & { readonly failed: number }>
}

/** A port of this machine that passes calls on to a cloud and keeps them in a folder. Throws `BadUsage`, and what keeps it from listening. */
export async function startRecording(options: RecordingOptions): Promise<RunningRecording> {
  const { provider, upstream, credentials, words = [], folder, port, tool, origin, ca, tell } = options
  const protocol = provider.protocolFor(provider.operations)
  const writer = await createRecordingWriter(folder)
  const recorder = await createRecorder({ provider, protocol, upstream, credentials, words, tool, writer, origin })
  let failed = 0
  const proxy = createProxy({
    ...{ provider, protocol, upstream, credentials, ca },
    next: recorder.next,
    async answered(number, captured, requests) {
      const { operation, response, took } = captured
      try {
        const isKept = await recorder.keep(number, captured, requests)
        tell?.({ kind: isKept ? 'kept' : 'withheld', number, operation, status: response.status, tookMs: took })
      } catch (error) {
        failed++
        const reason = `it was answered, and cannot be written: ${error instanceof Error ? error.message : error}`
        tell?.({ kind: 'failed', number, operation, reason })
      }
    },
    failed(number, operation, reason) {
      failed++
      tell?.({ kind: 'failed', number, operation, reason })
    }
  })
  proxy.server.listen(port, '127.0.0.1')
  await once(proxy.server, 'listening').catch(async (error: unknown) => {
    // So that the same command with another port is not told that there is a recording.
    await writer.removeManifest()
    throw error
  })
  const address = proxy.server.address()
  const listening = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${listening}`,
    async close() {
      await proxy.close()
      return { ...(await recorder.close()), failed }
    }
  }
}
