import { credentialsOf, type Key } from './credentials.ts'
import { followEvents } from './events.ts'
import type { AdvanceBy, InstantLike, VolumeContent, World, WorldMove, WorldState } from './handle.ts'
import { ControlRefused } from './refusals.ts'
import type { Wire } from './wire.ts'

const TYPES = { json: 'application/json', yaml: 'application/yaml' }

/** One world, by the doors that are about one. */
export function createWorld(wire: Wire, key: string, keys: readonly Key[]): World {
  const world = key
  return {
    key,
    credentials: credentialsOf(wire.url, key, keys),
    clock: {
      get: (options) => wire.send('GET', '/clock', { query: { world }, ...options }),
      set: ({ mode, now }, options) =>
        wire.send('PUT', '/clock', { query: { world }, body: { mode, now: instantText(now) }, ...options }),
      advance: (how, options) =>
        wire.send('POST', '/clock/advance', { query: { world }, body: wayOf(how), ...options }),
      stop: (options) => wire.send('POST', '/clock/stop', { query: { world }, body: {}, ...options })
    },
    faults: {
      list: (options) => wire.send('GET', '/faults', { query: { world }, ...options }),
      put: (id, rule, options) =>
        wire.send('PUT', '/faults/:id', { params: { id }, query: { world }, body: rule, ...options }),
      delete: async (id, options) =>
        void (await wire.send('DELETE', '/faults/:id', { params: { id }, query: { world }, ...options })),
      clear: async (options) => void (await wire.send('DELETE', '/faults', { query: { world }, ...options }))
    },
    requests: {
      list: ({ after, before, ...filter } = {}, options) =>
        wire.send('GET', '/requests', {
          query: { ...filter, world, after: instantText(after), before: instantText(before) },
          ...options
        }),
      get: (id, options) => wire.send('GET', '/requests/:id', { params: { id }, query: { world }, ...options }),
      curl: (id, options) => wire.send('GET', '/requests/:id/curl', { params: { id }, query: { world }, ...options }),
      expect: ({ after, ...expected }, options) =>
        wire.send('POST', '/requests/expect', {
          query: { world },
          body: { ...expected, after: instantText(after) },
          ...options
        }),
      clear: async (options) => void (await wire.send('DELETE', '/requests', { query: { world }, ...options }))
    },
    checkpoints: {
      list: (options) => wire.send('GET', '/checkpoints', { query: { world }, ...options }),
      save: (name, options) =>
        wire.send('PUT', '/checkpoints/:name', { params: { name }, query: { world }, body: {}, ...options }),
      restore: (name, { as, ...options } = {}) =>
        wire.send('POST', '/checkpoints/:name/restore', {
          params: { name },
          query: { world },
          body: { as },
          ...options
        }),
      drop: async (name, options) =>
        void (await wire.send('DELETE', '/checkpoints/:name', { params: { name }, query: { world }, ...options })),
      async fork(name, as, options) {
        const sent = { params: { name }, query: { world }, body: { as }, ...options }
        await wire.send('POST', '/checkpoints/:name/restore', sent)
        return createWorld(wire, as, keys)
      }
    },
    settings: {
      get: (options) => wire.send('GET', '/settings', { query: { world }, ...options }),
      patch: (changes, options) => wire.send('PATCH', '/settings', { query: { world }, body: changes, ...options })
    },
    state: stateOf(wire, world),
    move: moveOf(wire, world),
    agenda: (query, options) => wire.send('GET', '/agenda', { query: { ...query, world }, ...options }),
    occurrences: (provider, id, { after, limit } = {}, options) =>
      wire.send('GET', '/:provider/policies/:id/occurrences', {
        params: { provider, id },
        query: { world, limit, after: instantText(after) },
        ...options
      }),
    timeline: ({ from, to, ...filter } = {}, options) =>
      wire.send('GET', '/timeline', {
        query: { ...filter, world, from: instantText(from), to: instantText(to) },
        ...options
      }),
    resources: {
      list: (provider, kind, filter = {}, options) =>
        wire.send('GET', '/resources/:provider/:kind', {
          params: { provider, kind },
          query: { ...filter, world },
          ...options
        }),
      get: (provider, kind, id, options) =>
        wire.send('GET', '/resources/:provider/:kind/:id', {
          params: { provider, kind, id },
          query: { world },
          ...options
        })
    },
    content: (provider, id) => contentOf(wire, world, { provider, id }),
    events: (filter = {}, options = {}) => followEvents(wire, world, filter, options),
    reset: (options) => wire.send('POST', '/reset', { query: { world }, body: {}, ...options }),
    delete: (options) => wasThere(wire.send('DELETE', '/worlds/:id', { params: { id: world }, ...options })),
    keep: (keep = true, options) =>
      wire.send('PUT', '/worlds/:id', { params: { id: world }, body: { keep }, ...options })
  }
}

/** Whether there was something to take away. */
async function wasThere(taking: Promise<unknown>): Promise<boolean> {
  try {
    await taking
    return true
  } catch (error) {
    if (error instanceof ControlRefused && error.status === 404) return false
    throw error
  }
}

function moveOf(wire: Wire, world: string): WorldMove {
  const params = { id: world }
  return {
    begin: (how, options) => wire.send('PUT', '/moves/:id', { params, body: how, ...options }),
    finish: async (move, options) =>
      void (await wire.send('POST', '/moves/:id/finish', { params, body: { move }, ...options })),
    giveUp: (move, options) => wasThere(wire.send('DELETE', '/moves/:id', { params, query: { move }, ...options }))
  }
}

function stateOf(wire: Wire, world: string): WorldState {
  return {
    export: (options) => wire.send('GET', '/state', { query: { world }, type: TYPES.json, ...options }),
    async stream(form, options) {
      const { body } = await wire.open('GET', '/state', { query: { world }, type: TYPES[form], ...options })
      return body ?? new ReadableStream({ start: (controller) => controller.close() })
    },
    import: (state, { move, ...options } = {}) =>
      wire.send('PUT', '/state', {
        query: { world, move },
        text: typeof state === 'string' ? state : JSON.stringify(state),
        ...options
      })
  }
}

function contentOf(
  wire: Wire,
  world: string,
  params: { readonly provider: string; readonly id: string }
): VolumeContent {
  const path = '/:provider/volumes/:id/content'
  return {
    get: (options) => wire.send('GET', path, { params, query: { world }, ...options }),
    set: async (text, options) => void (await wire.send('PUT', path, { params, query: { world }, text, ...options }))
  }
}

function wayOf(how: AdvanceBy): { readonly by?: string; readonly to?: string | undefined; readonly toNext?: true } {
  if (how === 'next') return { toNext: true }
  if (typeof how === 'string') return { by: how }
  return 'to' in how ? { to: instantText(how.to) } : how
}

function instantText(at: InstantLike | undefined): string | undefined {
  return at instanceof Date ? at.toISOString() : at
}
