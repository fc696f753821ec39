import type { FastifyInstance } from 'fastify'
import { createKeyring } from '../../src/config/keys.ts'
import type { Core } from '../../src/core/model/core.ts'
import type { World } from '../../src/core/model/world.ts'
import { buildApp } from '../../src/http/app.ts'
import type { Operation } from '../../src/providers/provider.ts'
import type { CallReal } from '../../test/oracle/history.ts'
import { field, type Plan } from '../../test/oracle/naive.ts'
import { shownByBaidu, shownByZenlayer } from '../../test/oracle/real.ts'
import { clouds } from '../fuzz/clouds.ts'
import type { CloudName } from '../requests/signing.ts'

/** Calls plans through the whole server. */
export interface Caller {
  readonly call: CallReal
  calls(): number
  /** The states in which things were seen: `zenlayer disk IN_USE`. */
  readonly states: ReadonlySet<string>
  close(): Promise<void>
}

/** ChangeDisksAttach is there at the older version only. */
const VERSION = '2025-09-01'

export function createCaller(core: Core): Caller {
  const app = buildApp({ core, providers: clouds, keys: createKeyring('off', []) })
  const states = new Set<string>()
  let calls = 0
  return {
    async call(world, cloud, plan) {
      calls++
      const reply = await inject(app, world.id, cloud, rowOf(cloud, plan), plan)
      const answer: unknown = reply.body === '' ? undefined : JSON.parse(reply.body)
      if (reply.statusCode !== 200) return { refusal: String(Reflect.get(Object(answer), 'code')), reply: undefined }
      look(world, states)
      return { refusal: undefined, reply: cloud === 'zenlayer' ? Reflect.get(Object(answer), 'response') : answer }
    },
    calls: () => calls,
    states,
    close: () => app.close()
  }
}

function rowOf(cloud: CloudName, { operation }: Plan): Operation {
  const row = clouds.find(({ name }) => name === cloud)?.operations.find(({ name }) => name === operation)
  if (!row) throw new Error(`${cloud} has no operation ${operation}`)
  return row
}

function inject(app: FastifyInstance, key: string, cloud: CloudName, row: Operation, plan: Plan) {
  const { route, aliases, versions } = row
  const { path, method, selector } = [route, ...aliases].find((each) => each.method === plan.method) ?? route
  const payload = JSON.stringify(plan.body ?? {})
  if (cloud === 'zenlayer') {
    const authorization = `ZC2-HMAC-SHA256 Credential=${key}, SignedHeaders=content-type;host, Signature=0`
    const version = versions?.includes(VERSION) === false ? (versions.at(-1) ?? VERSION) : VERSION
    const headers = {
      'content-type': 'application/json',
      'x-zc-action': row.name,
      'x-zc-version': version,
      authorization
    }
    return app.inject({ method, url: path, headers, payload })
  }
  const filled = path.replace(/:(\w+)/g, (_, name: string) => String(Reflect.get(plan.params ?? {}, name)))
  const url = selector === undefined ? filled : `${filled}?${selector}`
  const authorization = `bce-auth-v1/${key}/2026-01-05T08:00:00Z/1800/host/0`
  return app.inject({ method, url, headers: { authorization }, payload })
}

/** Notes in which states things are. */
function look(world: World, states: Set<string>): void {
  const { disks, snapshots } = shownByZenlayer(world).shown
  for (const { diskStatus } of disks) states.add(`zenlayer disk ${diskStatus}`)
  for (const { status } of snapshots) states.add(`zenlayer snapshot ${status}`)
  const baidu = shownByBaidu(world).shown
  for (const volume of baidu.volumes) states.add(`baidu volume ${field(volume, 'status')}`)
  for (const { status } of baidu.snapshots) states.add(`baidu snapshot ${status}`)
}
