import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Fault } from '../../client/index.ts'
import type { Action } from '../actions.ts'
import { useAsked } from '../asked.ts'
import { onEvents } from '../live.ts'
import { here } from '../server.ts'
import { AsCommand, Do } from '../ui/button.tsx'
import { Panel } from '../ui/parts.tsx'
import { Answer, Empty } from '../ui/states.tsx'
import { RuleForm } from './rule-form.tsx'
import { dropping, scopeOf, turned, wordsFor } from './rules.ts'

const CLEAR: Action = {
  label: 'Drop all',
  method: 'DELETE',
  path: '/faults',
  command: ['faults', 'clear'],
  run: () => here.value.faults.clear()
}

/** Rules that let calls fail, and how often they did. */
export default function FaultsView() {
  const world = here.value
  const count = useSignal(0)
  const again = () => count.value++
  // Met and acted are counted by calls.
  useEffect(
    () =>
      onEvents((events) => {
        if (events.some(({ type }) => type === 'fault' || type === 'replaced' || type === 'request')) count.value++
      }),
    []
  )
  const asked = useAsked((signal) => world.faults.list({ signal }), [count.value], [world])
  return (
    <div class="columns-2">
      <section class="panel" aria-label="Faults">
        <header>
          <h1>Faults</h1>
          <Do action={CLEAR} after={again} />
          <AsCommand actions={[CLEAR]} of="dropping all" />
        </header>
        <Answer asked={asked.value} what="the faults">
          {(faults) =>
            faults.length === 0 ? (
              <Empty>Every call is served as it should be. Make a rule, and the calls that it meets fail.</Empty>
            ) : (
              <div class="scrolls">
                <table class="list">
                  <thead>
                    <tr>
                      {['rule', 'calls', 'then', 'when', 'met', 'acted'].map((name) => (
                        <th key={name} scope="col">
                          {name}
                        </th>
                      ))}
                      <th scope="col">
                        <span class="hidden">Actions</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {faults.map((fault) => (
                      <Rule key={`${fault.world} ${fault.id}`} fault={fault} done={again} />
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Answer>
      </section>
      <Panel title="A new rule">
        <RuleForm done={again} />
      </Panel>
    </div>
  )
}

function Rule({ fault, done }: { readonly fault: Fault; readonly done: () => void }) {
  const { id, world, provider, operation, enabled, met, acted } = fault
  const isServers = world === '*'
  return (
    <tr class={enabled ? '' : 'is-off'}>
      <td>
        {id}
        {isServers && <span class="quiet"> (all worlds)</span>}
      </td>
      <td>
        {provider} {operation}
      </td>
      <td>{wordsFor(fault)}</td>
      <td>{scopeOf(fault)}</td>
      <td class="number">{met}</td>
      <td class="number">{acted}</td>
      <td>
        <div class="row nowrap">
          {!isServers && (
            <>
              <Do action={turned(fault)} after={done}>
                {enabled ? 'Turn off' : 'Turn on'}
              </Do>
              <Do action={dropping(id)} tone="plain" after={done}>
                Drop
              </Do>
              <AsCommand actions={[turned(fault), dropping(id)]} of={id} />
            </>
          )}
        </div>
      </td>
    </tr>
  )
}
