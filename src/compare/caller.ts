import { wallNow } from '../core/model/clock.ts'
import type { Sender } from '../upstream/send.ts'
import type { ComparedCloud, Composed, Input } from './clouds/cloud.ts'
import { bodyOf, bytesOf, type Change, type Exchange } from './exchange.ts'

/** Calls to the other side, each of which is kept with its answer. */
export interface Caller {
  /** When the first call was made, by the wall clock. */
  readonly startedAt: number
  readonly exchanges: readonly Exchange[]
  /** Throws `UpstreamSilent`, or the signal's reason. */
  call(operation: string, input?: Input, change?: Change): Promise<Exchange>
  /** A request as it stands, for what no operation is. */
  send(request: Composed, operation: string | undefined, change?: Change): Promise<Exchange>
}

export interface CallerOptions {
  readonly cloud: ComparedCloud
  readonly sender: Sender
  /** Signs with a key that nobody has. */
  readonly strange: Sender
  readonly signal?: AbortSignal | undefined
  /** Default: the wall clock. */
  readonly now?: (() => number) | undefined
}

export function createCaller({ cloud, sender, strange, signal, now = wallNow }: CallerOptions): Caller {
  const exchanges: Exchange[] = []
  let startedAt = now()
  const caller: Caller = {
    get startedAt() {
      return startedAt
    },
    exchanges,
    async call(name, input = {}, change) {
      const operation = cloud.provider.operations.find((each) => each.name === name)
      if (!operation) throw new Error(`${cloud.provider.name} has no operation ${name}`)
      return caller.send(cloud.compose(operation, input), name, change)
    },
    async send(request, operation, change) {
      const sentAt = now()
      if (exchanges.length === 0) startedAt = sentAt
      const { method, url, headers, body } = request
      const answer = await (change?.strangeKey ? strange : sender).send(
        { method, path: url, headers: Object.fromEntries(headers), body: bytesOf(body), change },
        signal
      )
      const answered = bodyOf(answer.body)
      const exchange: Exchange = {
        at: sentAt - startedAt,
        took: Math.max(0, now() - sentAt),
        ...(operation !== undefined && { operation }),
        request,
        response: {
          status: answer.status,
          headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
          ...(answered && { body: answered })
        },
        change
      }
      exchanges.push(exchange)
      return exchange
    }
  }
  return caller
}
