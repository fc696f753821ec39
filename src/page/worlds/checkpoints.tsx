import { useSignal } from '@preact/signals'
import type { Checkpoint } from '../../client/index.ts'
import { perform } from '../actions.ts'
import { useAsked } from '../asked.ts'
import { changes } from '../live.ts'
import { goTo } from '../place.ts'
import { here } from '../server.ts'
import { AsCommand, Do } from '../ui/button.tsx'
import { At, Panel } from '../ui/parts.tsx'
import { Answer, Empty } from '../ui/states.tsx'
import { dropping, forking, restoring, saving } from './actions.ts'

/** Saved moments of this world: gone back to, or made into another world. */
export function Checkpoints() {
  const world = here.value
  const count = useSignal(0)
  const asked = useAsked((signal) => world.checkpoints.list({ signal }), [count.value, changes.value], [world])
  const again = () => count.value++
  return (
    <Panel title="Checkpoints" actions={<Save done={again} />}>
      <Answer asked={asked.value} what="the checkpoints">
        {(checkpoints) =>
          checkpoints.length === 0 ? (
            <Empty>Nothing is saved. Save this world before a test breaks it, and go back in a moment.</Empty>
          ) : (
            <div class="scrolls">
              <table class="list">
                <thead>
                  <tr>
                    <th scope="col">name</th>
                    <th scope="col">its time, UTC</th>
                    <th scope="col">size</th>
                    <th scope="col">
                      <span class="hidden">Actions</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {checkpoints.map((each) => (
                    <One key={each.name} checkpoint={each} done={again} />
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

function Save({ done }: { readonly done: () => void }) {
  const name = useSignal('')
  const action = saving(name.value.trim() || 'now')
  const save = async (event: Event) => {
    event.preventDefault()
    if (await perform(action, `Saved as ${name.value.trim() || 'now'}.`)) {
      name.value = ''
      done()
    }
  }
  return (
    <form class="row" onSubmit={save}>
      <label>
        <span class="hidden">Name of the checkpoint</span>
        <input
          placeholder="before-upgrade"
          value={name.value}
          spellcheck={false}
          onInput={({ currentTarget }) => {
            name.value = currentTarget.value
          }}
        />
      </label>
      <button type="submit" class="button main" disabled={name.value.trim() === ''}>
        Save
      </button>
      <AsCommand actions={[action]} of="saving" />
    </form>
  )
}

function One({
  checkpoint: { name, at, bytes },
  done
}: {
  readonly checkpoint: Checkpoint
  readonly done: () => void
}) {
  const as = useSignal('')
  const other = as.value.trim()
  const fork = async (event: Event) => {
    event.preventDefault()
    if (other !== '' && (await perform(forking(name, other)))) goTo('timeline', [], other)
  }
  return (
    <tr>
      <td>{name}</td>
      <td>
        <At at={at} />
      </td>
      <td class="number">{Math.ceil(bytes / 1024)} KiB</td>
      <td>
        <div class="row nowrap">
          <Do action={restoring(name)} done={`The world is as it was at ${name}.`}>
            Go back
          </Do>
          <form class="row" onSubmit={fork}>
            <label>
              <span class="hidden">Name of the world to make of {name}</span>
              <input
                class="short"
                placeholder="new world"
                value={as.value}
                spellcheck={false}
                onInput={({ currentTarget }) => {
                  as.value = currentTarget.value
                }}
              />
            </label>
            <button type="submit" class="button" disabled={other === ''}>
              Fork
            </button>
          </form>
          <Do action={dropping(name)} tone="plain" after={done}>
            Drop
          </Do>
          <AsCommand actions={[restoring(name), forking(name, other || 'new-world'), dropping(name)]} of={name} />
        </div>
      </td>
    </tr>
  )
}
