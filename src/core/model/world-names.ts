import { hash } from 'node:crypto'

/** The world of calls that name none. */
export const DEFAULT_WORLD = 'default'
/** Where one is named, this means all of them. */
export const ALL_WORLDS = '*'
/** Of a world that a control call names. */
export const WORLD_NAME_MAX = 256

const OF_TOKEN = /^bearer-[0-9a-f]{12}$/

/** The world that a bearer token names: a token is a secret, while a key id is a name. */
export function worldOfToken(token: string): string {
  return `bearer-${hash('sha256', token, 'hex').slice(0, 12)}`
}

/** Whether an access key, and so its world, may be called this. */
export function isKeyName(name: string): boolean {
  return name !== '' && name !== ALL_WORLDS && !OF_TOKEN.test(name)
}
