import { operationOf } from '../../operation-of.ts'
import type { Route } from '../../provider.ts'
import { errors, named } from '../errors.ts'
import { PREFIX, SERVICES, type Service } from '../protocol/read.ts'
import type { ZenlayerCloud } from '../rules/shapes.ts'

const { operation: plainOperation } = operationOf<ZenlayerCloud>()(errors)

/**
 * `operation` for the rows of this folder: they list and throw codes of `errors.ts` only, and their refusals name the
 * member and its value, unless the world wants general words.
 */
export const operation: typeof plainOperation = (row) => {
  const { run, ...rest } = plainOperation(row)
  return {
    ...rest,
    run: (call) =>
      run({
        ...call,
        fail(code, why) {
          const error = call.fail(code, why)
          return call.cloud.setting('zenlayer.plainMessages') ? error : named(error)
        }
      })
  }
}

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
