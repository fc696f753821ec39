import { isDeepStrictEqual } from 'node:util'
import type { Random } from '../random.ts'
import { type Client, jsonIn } from '../server/client.ts'
import { type Found, type Picture, pictureIn } from './picture.ts'

const CHECKPOINTS = ['one', 'two', 'three']
const DISKS = { zenlayer: '1700000000000000102', baidu: 'v-Starter2' }
const EXPORTS = 4
const MOST_KEPT = 100

/** What all who work on a server share until it is killed. */
export interface Load {
  readonly isOver: boolean
  /** Writes that were answered. */
  acknowledged: number
}

/** What a world must be. */
interface Model {
  /** Without it the world is not there. */
  readonly picture: Picture | undefined
  /** What each may hold: two pictures, where a kill left it open whether it was saved anew. */
  readonly checkpoints: ReadonlyMap<string, readonly Picture[]>
}

/** One thing that is done, and what the world must be when it is done. */
interface Step {
  readonly what: string
  run(client: Client): Promise<Model>
  /** The same, read from a world in which it may have been done; undefined: it has not. */
  done(found: Found): Model | undefined
}

/**
 * A world to which one thing after the other is done, by one client. A kill leaves it as the last acknowledged thing left
 * it, or as the one under way would have: nothing between.
 */
export interface Keeper {
  readonly world: string
  /** Goes on until it is over, or the connection breaks. */
  work(client: Client, load: Load): Promise<void>
  /** What is wrong with a world after a kill. */
  judge(found: Found): string | undefined
  /** Whether a checkpoint holds what was saved: it is made another world for that. */
  checkCheckpoint(client: Client): Promise<string | undefined>
}

export function createKeeper(world: string, random: Random): Keeper {
  let model: Model = { picture: undefined, checkpoints: new Map() }
  let starter: Picture | undefined
  let pending: Step | undefined
  let names = 0
  const exported: { readonly document: string; readonly picture: Picture }[] = []

  const now = (): Picture => model.picture ?? { snapshots: {}, now: '' }
  const withPicture = (picture: Picture): Model => ({ ...model, picture })
  const withSnapshot = (id: string, name: string): Model =>
    withPicture({ ...now(), snapshots: { ...now().snapshots, [id]: name } })

  const create = (cloud: keyof typeof DISKS): Step => {
    const name = `kept-${++names}`
    return {
      what: `create ${name} in ${cloud}`,
      async run(client) {
        const reply =
          cloud === 'zenlayer'
            ? await client.zenlayer(world, 'CreateSnapshot', { diskId: DISKS.zenlayer, snapshotName: name })
            : await client.baidu(world, 'POST', '/v2/snapshot', { volumeId: DISKS.baidu, snapshotName: name })
        return withSnapshot(`${cloud} ${Reflect.get(reply, 'snapshotId')}`, name)
      },
      done({ picture }) {
        const [id] = Object.entries(picture?.snapshots ?? {}).find(([, each]) => each === name) ?? []
        return id === undefined ? undefined : withSnapshot(id, name)
      }
    }
  }
  /** What the client can tell before: done is done. */
  const certain = (what: string, after: Model, run: (client: Client) => Promise<unknown>): Step => ({
    what,
    run: async (client) => {
      await run(client)
      return after
    },
    done: () => after
  })
  const remove = (id: string): Step => {
    const { [id]: _gone, ...snapshots } = now().snapshots
    const [cloud = '', snapshotId = ''] = id.split(' ')
    return certain(`delete ${id}`, withPicture({ ...now(), snapshots }), (client) =>
      cloud === 'zenlayer'
        ? client.zenlayer(world, 'DeleteSnapshots', { snapshotIds: [snapshotId] })
        : client.baidu(world, 'DELETE', `/v2/snapshot/${snapshotId}`)
    )
  }
  const advance = (): Step => {
    const from = now()
    return {
      what: 'advance by an hour',
      async run(client) {
        const report = jsonIn(await client.control('POST', `/clock/advance?world=${world}`, { by: 'PT1H' }))
        return withPicture({ ...from, now: String(Reflect.get(report, 'to')) })
      },
      done: ({ picture }) =>
        picture && picture.now > from.now ? withPicture({ ...from, now: picture.now }) : undefined
    }
  }
  const save = (name: string): Step =>
    certain(`save ${name}`, { ...model, checkpoints: new Map([...model.checkpoints, [name, [now()]]]) }, (client) =>
      client.control('PUT', `/checkpoints/${name}?world=${world}`)
    )
  const drop = (name: string): Step => {
    const checkpoints = new Map([...model.checkpoints].filter(([each]) => each !== name))
    return certain(`drop ${name}`, { ...model, checkpoints }, (client) =>
      client.control('DELETE', `/checkpoints/${name}?world=${world}`)
    )
  }
  const restore = (name: string, picture: Picture): Step =>
    certain(`restore ${name}`, withPicture(picture), (client) =>
      client.control('POST', `/checkpoints/${name}/restore?world=${world}`)
    )
  const take = ({ document, picture }: (typeof exported)[number]): Step =>
    certain('import', withPicture(picture), (client) => client.control('PUT', `/state?world=${world}`, document))
  const reset = (first: Picture): Step =>
    certain('reset', withPicture(first), (client) => client.control('POST', `/reset?world=${world}`))
  const forget = (): Step =>
    certain('delete the world', { picture: undefined, checkpoints: new Map() }, (client) =>
      client.control('DELETE', `/worlds/${world}`)
    )

  const next = (): Step => {
    const kept = Object.keys(now().snapshots)
    if (kept.length > MOST_KEPT) return remove(random.pick(kept))
    const saved = [...model.checkpoints].flatMap(([name, pictures]): [string, Picture][] => {
      const [picture] = pictures
      return picture && pictures.length === 1 ? [[name, picture]] : []
    })
    switch (random.below(12)) {
      case 0:
        return advance()
      case 1:
        return save(random.pick(CHECKPOINTS))
      case 2:
        return saved.length > 0 ? restore(...random.pick(saved)) : save(random.pick(CHECKPOINTS))
      case 3:
        return saved.length > 1 ? drop(random.pick(saved)[0]) : advance()
      case 4:
        return exported.length > 0 ? take(random.pick(exported)) : advance()
      case 5:
        return starter && random.chance(0.5) ? reset(starter) : create('baidu')
      case 6:
        return random.chance(0.5) ? forget() : create('zenlayer')
      case 7:
      case 8:
        return kept.length > 0 ? remove(random.pick(kept)) : create('zenlayer')
      default:
        return create(random.pick(['zenlayer', 'baidu']))
    }
  }
  /** A world that is not there comes into being by a call that changes something. */
  const begin = async (client: Client): Promise<void> => {
    pending = undefined
    await client.control('PUT', `/worlds/${world}`, { keep: true })
    const document = (await client.control('GET', `/state?world=${world}`)).body.toString()
    starter = pictureIn(document, world)
    model = { picture: starter, checkpoints: new Map() }
  }

  return {
    world,
    async work(client, load) {
      while (!load.isOver) {
        if (!model.picture) await begin(client)
        pending = next()
        model = await pending.run(client)
        pending = undefined
        load.acknowledged++
        if (model.picture && random.chance(0.02)) {
          const document = (await client.control('GET', `/state?world=${world}`)).body.toString()
          exported.push({ document, picture: model.picture })
          if (exported.length > EXPORTS) exported.shift()
        }
      }
    },
    judge(found) {
      const before = model
      const after = pending?.done(found)
      const what = pending?.what ?? 'nothing'
      pending = undefined
      if (after && isSame(after, found)) {
        model = isSame(before, found) ? either(before, after) : after
        return undefined
      }
      if (isSame(before, found)) return undefined
      // A world that had just begun, and was not read yet.
      if (!before.picture && found.picture && found.checkpoints.length === 0 && isEmpty(found.picture)) {
        model = { picture: found.picture, checkpoints: new Map() }
        return undefined
      }
      const expected = [shown(before), ...(after ? [shown(after)] : [])].join('\n  or       ')
      const is = shown({ picture: found.picture, names: found.checkpoints })
      return `world ${world}, while under way was: ${what}\n  expected ${expected}\n  found    ${is}`
    },
    async checkCheckpoint(client) {
      const saved = [...model.checkpoints]
      if (saved.length === 0) return undefined
      const [name, pictures] = random.pick(saved)
      const fork = `${world}-fork`
      await client.control('POST', `/checkpoints/${name}/restore?world=${world}`, { as: fork })
      const document = (await client.control('GET', `/state?world=${fork}`)).body.toString()
      await client.control('DELETE', `/worlds/${fork}`)
      const found = pictureIn(document, fork)
      const picture = pictures.find((each) => isDeepStrictEqual(found, each))
      if (picture) {
        model = { ...model, checkpoints: new Map([...model.checkpoints, [name, [picture]]]) }
        return undefined
      }
      const expected = pictures.map((each) => JSON.stringify(each)).join('\n  or       ')
      return `checkpoint ${name} of world ${world}\n  expected ${expected}\n  found    ${JSON.stringify(found)}`
    }
  }
}

function isSame({ picture, checkpoints }: Model, found: Found): boolean {
  return (
    isDeepStrictEqual(picture, found.picture) &&
    isDeepStrictEqual([...checkpoints.keys()].toSorted(), found.checkpoints)
  )
}

/** What was under way changed nothing that can be seen from outside: it may have been done, or not. */
function either(before: Model, after: Model): Model {
  const checkpoints = [...after.checkpoints].map(([name, pictures]): [string, readonly Picture[]] => {
    const others = (before.checkpoints.get(name) ?? []).filter(
      (each) => !pictures.some((picture) => isDeepStrictEqual(each, picture))
    )
    return [name, [...pictures, ...others]]
  })
  return { ...after, checkpoints: new Map(checkpoints) }
}

function isEmpty({ snapshots }: Picture): boolean {
  return Object.keys(snapshots).length === 0
}

function shown(model: Model | { readonly picture: Picture | undefined; readonly names: readonly string[] }): string {
  const names = 'names' in model ? model.names : [...model.checkpoints.keys()]
  return `${JSON.stringify(model.picture ?? 'no world')} with the checkpoints [${names.join(', ')}]`
}
