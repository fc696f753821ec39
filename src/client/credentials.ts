/** A key that the server was started with, where it is not its own secret. */
export type Key =
  | { readonly id: string; readonly secret: string; readonly world?: string | undefined }
  | { readonly bearer: string; readonly world: string }

/** What the clients of both clouds want to be told, each in its own words. */
export interface Credentials {
  readonly zenlayer: {
    readonly scheme: 'http' | 'https'
    /** Without the scheme: `127.0.0.1:7420`. */
    readonly domain: string
    readonly endpoint: string
    readonly accessKeyId: string
    readonly accessKeyPassword: string
  }
  readonly baidu: {
    readonly endpoint: string
    readonly ak: string
    readonly sk: string
  }
}

/** Those of a world: of a key that names it, or of the key that is called as the world is, which is its own secret. */
export function credentialsOf(url: string, world: string, keys: readonly Key[]): Credentials {
  const { protocol, host, origin } = new URL(url)
  const { id, secret } = keyOf(world, keys)
  const scheme = protocol === 'https:' ? 'https' : 'http'
  return {
    zenlayer: { scheme, domain: host, endpoint: `${origin}/api/v2/zec`, accessKeyId: id, accessKeyPassword: secret },
    baidu: { endpoint: origin, ak: id, sk: secret }
  }
}

function keyOf(world: string, keys: readonly Key[]): { readonly id: string; readonly secret: string } {
  const named = keys.flatMap((key) => ('id' in key && (key.world ?? key.id) === world ? key : []))
  return named.at(-1) ?? { id: world, secret: world }
}
