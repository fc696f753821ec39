import type { Worlds } from '../../client/index.ts'
import { type Action, note, perform } from '../actions.ts'
import { useAsked } from '../asked.ts'
import { changes } from '../live.ts'
import { goTo, linkTo, world } from '../place.ts'
import { server } from '../server.ts'
import { AsCommand, Do } from '../ui/button.tsx'
import { At, Panel, State } from '../ui/parts.tsx'
import { Answer, Empty } from '../ui/states.tsx'
import { BEFORE_RESET, RESET, restoring } from './actions.ts'
import { Checkpoints } from './checkpoints.tsx'
import { StateFile } from './state-file.tsx'

/** All worlds of the server, and what can be done with the one of this tab. */
export default function WorldsView() {
  return (
    <div class="columns-2">
      <div class="stack">
        <Here />
        <Checkpoints />
        <StateFile />
      </div>
      <All />
    </div>
  )
}

function Here() {
  const reset = async () => {
    if (await perform(RESET)) {
      note('good', 'The world is as new. What it was is kept as a checkpoint.', restoring(BEFORE_RESET, 'Undo'))
    }
  }
  return (
    <section class="panel" aria-label="This world">
      <header>
        <h1>
          World <code>{world.value}</code>
        </h1>
        <button type="button" class="button bad" onClick={reset}>
          Reset
        </button>
        <AsCommand actions={[RESET]} of="resetting this world" />
      </header>
      <p class="inside quiet">
        An access key names a world: clients that call with the key <code>{world.value}</code> and itself as secret are
        here. A reset goes back to the starter seed and empties the journal; the checkpoint <code>{BEFORE_RESET}</code>{' '}
        is saved before.
      </p>
    </section>
  )
}

type Summary = Worlds[number]

function All() {
  const asked = useAsked((signal) => server.value.worlds({ signal }), [server.value, changes.value])
  return (
    <Panel title="All worlds">
      <Answer asked={asked.value} what="the worlds">
        {(worlds) =>
          worlds.length === 0 ? (
            <Empty>There is none yet. The first call that changes something makes one.</Empty>
          ) : (
            <div class="scrolls">
              <table class="list">
                <thead>
                  <tr>
                    <th scope="col">world</th>
                    <th scope="col">its time, UTC</th>
                    <th scope="col">clock</th>
                    <th scope="col">calls</th>
                    <th scope="col">keep</th>
                    <th scope="col">
                      <span class="hidden">Forget</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {worlds.map((each) => (
                    <One key={each.id} summary={each} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
    </Panel>
  )
}

function One({ summary: { id, now, mode, calls, keep, damaged } }: { readonly summary: Summary }) {
  const path = `/worlds/${encodeURIComponent(id)}`
  const keeping: Action = {
    label: keep ? 'Let go' : 'Keep',
    method: 'PUT',
    path,
    body: { keep: !keep },
    run: async () => {
      await server.value.world(id).keep(!keep)
      changes.value++
    }
  }
  const forgetting: Action = {
    label: 'Forget',
    method: 'DELETE',
    path,
    command: ['worlds', 'delete', id],
    run: async () => {
      await server.value.world(id).delete()
      changes.value++
      if (id === world.value) goTo('worlds')
    }
  }
  return (
    <tr class={id === world.value ? 'is-open' : ''}>
      <td>
        <a href={linkTo('timeline', [], id)}>{id}</a>
        {damaged && <State state={`damaged: ${damaged.reason}`} />}
      </td>
      <td>
        <At at={now} />
      </td>
      <td>{mode}</td>
      <td class="number">{calls}</td>
      <td>
        <label>
          <span class="hidden">Keep {id}, whatever --max-worlds says</span>
          <input type="checkbox" checked={keep} onChange={() => perform(keeping)} />
        </label>
      </td>
      <td>
        <Do action={forgetting} tone="plain" done={`${id} is forgotten.`} />
      </td>
    </tr>
  )
}
