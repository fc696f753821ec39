import { isKeyName } from '../core/model/world-names.ts'
import type { AuthMode, Keyring } from '../providers/provider.ts'

/** A key of the configuration: an access key with its secret, or a bearer token, which always names its world. */
export type KeyEntry =
  | { readonly id: string; readonly secret: string; readonly world?: string }
  | { readonly bearer: string; readonly world: string }

/** The keys that the server knows. Of two entries for one key the later counts. */
export function createKeyring(mode: AuthMode, entries: readonly KeyEntry[]): Keyring {
  const keys = new Map<string, { readonly secret: string; readonly world?: string }>()
  const bearers = new Map<string, string>()
  for (const entry of entries) {
    if ('bearer' in entry) bearers.set(entry.bearer, entry.world)
    else keys.set(entry.id, entry)
  }
  const secrets = [...keys].flatMap(([id, { secret }]) => (secret === id ? [] : [secret]))
  return {
    mode,
    secrets: [...secrets, ...bearers.keys()],
    secretOf: (keyId) => keys.get(keyId)?.secret,
    worldOf: (keyId) => keys.get(keyId)?.world ?? keyId,
    worldOfBearer: (token) => bearers.get(token)
  }
}

/** `id:secret` or `id:secret:world`. */
export function readKey(text: string): KeyEntry | undefined {
  const [id, secret, world, ...rest] = text.split(':')
  if (id === undefined || secret === undefined || secret === '' || rest.length > 0) return undefined
  if (!isKeyName(id)) return undefined
  if (world === undefined) return { id, secret }
  return isKeyName(world) ? { id, secret, world } : undefined
}

/** `token:world`; the world is what follows the last colon, for a token may hold some. */
export function readBearer(text: string): KeyEntry | undefined {
  const colon = text.lastIndexOf(':')
  const bearer = text.slice(0, Math.max(colon, 0))
  const world = text.slice(colon + 1)
  return bearer === '' || !isKeyName(world) ? undefined : { bearer, world }
}

/** An entry of `keys` in a configuration file: an object, or the text that the flag takes. */
export function readKeyEntry(value: unknown): KeyEntry | undefined {
  if (typeof value === 'string') return readKey(value)
  if (typeof value !== 'object' || value === null) return undefined
  const { id, secret, bearer, world, ...rest }: Readonly<Record<string, unknown>> = { ...value }
  if (Object.keys(rest).length > 0) return undefined
  if (world !== undefined && (typeof world !== 'string' || !isKeyName(world))) return undefined
  if (typeof bearer === 'string' && bearer !== '') {
    return id === undefined && secret === undefined && world !== undefined ? { bearer, world } : undefined
  }
  if (bearer !== undefined || typeof id !== 'string' || !isKeyName(id)) return undefined
  if (typeof secret !== 'string' || secret === '') return undefined
  return world === undefined ? { id, secret } : { id, secret, world }
}

/** All that a configuration keeps secret. */
export function secretsOf(config: {
  readonly keys: readonly KeyEntry[]
  readonly controlToken: string | undefined
}): readonly string[] {
  const { secrets } = createKeyring('verify', config.keys)
  return config.controlToken === undefined ? secrets : [...secrets, config.controlToken]
}
