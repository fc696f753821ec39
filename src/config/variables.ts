import type { Complaint } from '../documents/complaint.ts'
import { unknownName } from '../documents/words.ts'
import { FLAGS, variableOf } from './flags.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const PREFIX = 'SNAPSTAND_'
/** What commands that drive a running server read. */
export const URL_VARIABLE = `${PREFIX}URL`
export const WORLD_VARIABLE = `${PREFIX}WORLD`

/** What Kubernetes sets in every pod beside a service called `snapstand`, or `snapstand-…`, and Docker beside a link. */
const OF_SERVICES =
  /_SERVICE_HOST$|_SERVICE_PORT(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$|^SNAPSTAND_(?:NAME|ENV_\w+)$/
const ADDRESS = /^(?:tcp|udp|sctp):\/\//

/** Whether a variable was set by somebody who has never heard of us. */
export function isOfService(name: string, value: string): boolean {
  return OF_SERVICES.test(name) || (/(?:^|_)PORT$/.test(name) && ADDRESS.test(value))
}

/** Variables that look like ours and are read by nothing. */
export function strangersIn(env: Environment): readonly Complaint[] {
  const known = [...Object.values(FLAGS).map(variableOf), URL_VARIABLE, WORLD_VARIABLE]
  return Object.entries(env)
    .filter(([name, value = '']) => name.startsWith(PREFIX) && !known.includes(name) && !isOfService(name, value))
    .map(([name]) => ({ where: name, ...unknownName(name, known, PREFIX) }))
}
