import { operationOf, type Route } from '../../provider.ts'
import { errors } from '../errors.ts'
import type { ZenlayerCloud } from '../shapes.ts'

/** `operation` for the rows of this folder: they list and throw codes of `errors.ts` only. */
export const { operation } = operationOf<ZenlayerCloud>()(errors)

/** Where an action of service `zec` lives. */
export function zec(selector: string): Route {
  return { method: 'POST', path: '/api/v2/zec', selector }
}
export const BOTH_VERSIONS = ['2024-04-01', '2025-09-01'] as const
export const OLD_VERSION = ['2024-04-01'] as const
export const NEW_VERSION = ['2025-09-01'] as const

export function user(selector: string): Route {
  return { method: 'POST', path: '/api/v2/user', selector }
}
export const USER_VERSION = ['2024-05-29'] as const

export function zrm(selector: string): Route {
  return { method: 'POST', path: '/api/v2/zrm', selector }
}
export const ZRM_VERSION = ['2025-10-14'] as const
