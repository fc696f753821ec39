import { operationOf, type Route } from '../../provider.ts'
import { errors } from '../errors.ts'
import { PREFIX, SERVICES, type Service } from '../protocol/read.ts'
import type { ZenlayerCloud } from '../rules/shapes.ts'

/** `operation` for the rows of this folder: they list and throw codes of `errors.ts` only. */
export const { operation } = operationOf<ZenlayerCloud>()(errors)

const at =
  (service: Service) =>
  (selector: string): Route => ({ method: 'POST', path: `${PREFIX}${service}`, selector })
/** Where an action of each service lives. */
export const zec = at('zec')
export const user = at('user')
export const zrm = at('zrm')

const [old, current] = SERVICES.zec
export const BOTH_VERSIONS = SERVICES.zec
export const OLD_VERSION = [old]
export const NEW_VERSION = [current]
export const USER_VERSION = SERVICES.user
export const ZRM_VERSION = SERVICES.zrm
