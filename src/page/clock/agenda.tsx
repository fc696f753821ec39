import { useAsked } from '../asked.ts'
import { lengthOf, msOf } from '../instants.ts'
import { changes, now } from '../live.ts'
import { linkTo } from '../place.ts'
import { here } from '../server.ts'
import { At, Cloud, Panel } from '../ui/parts.tsx'
import { Answer, Empty } from '../ui/states.tsx'

const KINDS = { volume: 'volumes', snapshot: 'snapshots', policy: 'policies', instance: 'instances' } as const

/** What comes next. */
export function Agenda() {
  const world = here.value
  const asked = useAsked((signal) => world.agenda({ limit: 20 }, { signal }), [world, changes.value], [world])
  return (
    <Panel title="Agenda">
      <Answer asked={asked.value} what="what comes next">
        {({ agenda, more }) =>
          agenda.length === 0 ? (
            <Empty>
              Nothing is due. Bind a policy to a disk, or make something that takes time, and it shows here.
            </Empty>
          ) : (
            <ol class="agenda">
              {agenda.map(({ at, kind, provider, what, subject }) => (
                <li key={`${at} ${kind} ${subject}`}>
                  <At at={at} />
                  <span class="in">in {lengthOf(msOf(at) - now.value)}</span>
                  <span class="what">
                    <Cloud name={provider} />
                    <span class={`kind is-${kind}`}>
                      {what} {kind}
                    </span>
                    <a href={linkTo('resources', [provider, KINDS[what], subject])}>{subject}</a>
                  </span>
                </li>
              ))}
              {more && <li class="quiet">… and more</li>}
            </ol>
          )
        }
      </Answer>
    </Panel>
  )
}
