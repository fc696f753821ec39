import { ControlRefused, connect } from '../../client/index.ts'
import { configOf } from '../../config/config.ts'
import { optionSource } from '../../config/sources.ts'
import { BadUsage } from '../../documents/complaint.ts'
import type { Provider } from '../../providers/provider.ts'
import { serve } from '../../server.ts'
import { createSender, type Sender } from '../../upstream/send.ts'
import type { Answer } from '../differences/answers.ts'
import { bodyOf, type Change, valueIn } from '../exchange.ts'

/** A call as it is played. */
export interface Played {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly change?: Change | undefined
}

/** A Snapstand in this process, with one world whose time stands still until it is told. */
export interface Stage {
  /** Name and default of every setting. */
  readonly settings: Readonly<Record<string, unknown>>
  /** In place of all that the world holds. */
  prepare(seed: object): Promise<void>
  /** Lets time pass up to an instant; one that is past already changes nothing. */
  advanceTo(at: number): Promise<void>
  send(call: Played): Promise<Answer>
  close(): Promise<void>
}

const KEY = { id: 'compare', secret: 'the other half of compare' }
/** A key that no server knows. */
export const STRANGE_KEY = { keyId: 'nobody-has-this-key', secret: 'nor-this-secret' }

export async function openStage(provider: Provider): Promise<Stage> {
  const options = { port: 0, host: '127.0.0.1', clock: 'manual', auth: 'strict', keys: [KEY] }
  const config = configOf([optionSource(options)])
  const server = await serve(config, () => {})
  const client = connect(server.url)
  const { state } = client.world(KEY.id)
  const url = new URL(server.url)
  const signed = createSender(url, provider, { keyId: KEY.id, secret: KEY.secret })
  const strange = createSender(url, provider, STRANGE_KEY)
  return {
    settings: Object.fromEntries(
      Object.entries(server.core.settings).map(([name, setting]) => [name, setting.default])
    ),
    async prepare(seed) {
      await state.import(seed).catch((error: unknown) => {
        throw error instanceof ControlRefused ? noWorld(error) : error
      })
    },
    async advanceTo(at) {
      const world = server.core.world(KEY.id)
      if (at > world.now()) await world.advance({ to: at })
    },
    send: (call) => sendChanged(call.change?.strangeKey ? strange : signed, call),
    async close() {
      signed.close()
      strange.close()
      await client.close()
      await server.close()
    }
  }
}

/** What the answers show hangs together in a way that no world of ours can have. */
function noWorld({ problem, message }: ControlRefused): BadUsage {
  const wrongs = Array.isArray(problem.errors) ? problem.errors.map((each) => JSON.stringify(each)).join('; ') : message
  return new BadUsage([{ where: 'the world that the answers show', reason: `cannot be made: ${wrongs}` }])
}

/** A call with its change, and the answer. */
export async function sendChanged(sender: Sender, call: Played): Promise<Answer> {
  const { method, url: path, headers, body, change } = call
  const answer = await sender.send({ method, path, headers, body, change })
  return {
    status: answer.status,
    headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
    body: valueIn(bodyOf(answer.body))
  }
}
