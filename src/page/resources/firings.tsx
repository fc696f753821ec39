import { useAsked } from '../asked.ts'
import { lengthOf, msOf } from '../instants.ts'
import { changes } from '../live.ts'
import { linkTo } from '../place.ts'
import { here } from '../server.ts'
import { At, Panel } from '../ui/parts.tsx'
import { Answer, Empty } from '../ui/states.tsx'

const LIMIT = 30

/** What a policy did, with reasons where it did not, and what it will do. */
export function Firings({ provider, id }: { readonly provider: string; readonly id: string }) {
  const world = here.value
  const asked = useAsked(
    (signal) => world.occurrences(provider, id, { limit: LIMIT }, { signal }),
    [changes.value],
    [world, provider, id]
  )
  return (
    <Panel title="Firings">
      <Answer asked={asked.value} what="its firings">
        {({ past, next, now }) =>
          past.length + next.length === 0 ? (
            <Empty>It never fires while no disk or volume is bound to it.</Empty>
          ) : (
            <ol class="calls">
              {next
                .slice(0, 5)
                .toReversed()
                .map(({ at, volumes }) => (
                  <li key={at}>
                    <At at={at} />
                    <span class="quiet">
                      in {lengthOf(msOf(at) - msOf(now))}, {volumes} bound
                    </span>
                  </li>
                ))}
              {past.toReversed().map(({ at, made, snapshots, skipped }) => (
                <li key={at}>
                  <At at={at} />
                  <span>
                    {made} made{snapshots.length < made ? `, ${snapshots.length} still there` : ''}
                    {skipped.map(({ reason, count, volumes }) => (
                      <span key={reason} class="why">
                        {count} skipped: {reason} (
                        {volumes.slice(0, 3).map((volume) => (
                          <a key={volume} href={linkTo('resources', [provider, 'volumes', volume])}>
                            {volume}{' '}
                          </a>
                        ))}
                        )
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ol>
          )
        }
      </Answer>
    </Panel>
  )
}
