import type { ConnectOptions, Server } from './handle.ts'
import { createWire } from './wire.ts'
import { createWorld } from './world.ts'

/** A server that runs somewhere. Nothing is sent before something is asked. */
export function connect(url: string, options: ConnectOptions = {}): Server {
  const wire = createWire(url, options)
  const close = async () => wire.close()
  return {
    url,
    world: (key = 'default') => createWorld(wire, key, options.keys ?? []),
    health: (asked) => wire.send('GET', '/health', { ...asked }),
    worlds: (asked) => wire.send('GET', '/worlds', { ...asked }),
    moves: (asked) => wire.send('GET', '/moves', { ...asked }),
    operations: (provider, asked) => wire.send('GET', '/operations', { query: { provider }, ...asked }),
    openApi: (cloud, asked) =>
      cloud === undefined
        ? wire.send('GET', '/openapi.json', { ...asked })
        : wire.send('GET', '/openapi/:file', { params: { file: `${cloud}.json` }, ...asked }),
    metrics: (asked) => wire.send('GET', '/metrics', { ...asked }),
    reset: (world, asked) => wire.send('POST', '/reset', { query: { world }, body: {}, ...asked }),
    close,
    [Symbol.asyncDispose]: close
  }
}
