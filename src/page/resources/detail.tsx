import type { ResourceDetail } from '../../client/index.ts'
import { useAsked } from '../asked.ts'
import { changes } from '../live.ts'
import { linkTo } from '../place.ts'
import { here } from '../server.ts'
import { At, Facts, Id, Panel, State } from '../ui/parts.tsx'
import { Answer, Empty } from '../ui/states.tsx'
import { Content } from './content.tsx'
import { Firings } from './firings.tsx'
import { type Kind, textOf, wordFor } from './words.ts'

/** One resource: where it comes from, what came of it, what was done to it. */
export function Detail({
  provider,
  kind,
  id
}: {
  readonly provider: string
  readonly kind: Kind
  readonly id: string
}) {
  const world = here.value
  const asked = useAsked((signal) => world.resources.get(provider, kind, id, { signal }), [changes.value], [world])
  return (
    <div class="stack">
      <Panel
        title={`${provider} ${wordFor(provider, kind)}`}
        actions={
          <a class="button" href={linkTo('resources', [provider, kind])}>
            Close
          </a>
        }
      >
        <Answer asked={asked.value} what={id}>
          {(detail) => <Told detail={detail} />}
        </Answer>
      </Panel>
      {kind === 'policies' && <Firings provider={provider} id={id} />}
      <Calls id={id} />
    </div>
  )
}

function Told({ detail }: { readonly detail: ResourceDetail }) {
  const { provider, kind, id, name, state, createdAt, content, shown } = detail
  return (
    <div class="inside stack">
      <h3 class="title">{name || '(no name)'}</h3>
      <Facts
        rows={[
          ['id', <Id key="id" id={id} />],
          ['state', <State key="state" state={state} />],
          ['made at', <At key="at" at={createdAt} />]
        ]}
      />
      {(kind === 'volumes' || kind === 'snapshots') && (
        <Content provider={provider} id={id} content={content} isOwn={kind === 'volumes'} />
      )}
      <Lineage detail={detail} />
      <details open>
        <summary>As {provider} shows it</summary>
        <Facts rows={Object.entries(shown).map(([member, value]) => [member, textOf(value) || '–'] as const)} />
      </details>
    </div>
  )
}

const WORDS = {
  volume: 'made of',
  policy: 'policy',
  instance: 'attached to',
  source: 'made from',
  bound: 'bound to it',
  attached: 'attached to it',
  made: 'made'
} as const

function Lineage({ detail: { provider, related } }: { readonly detail: ResourceDetail }) {
  if (related.length === 0) return null
  const kinds = [...new Set(related.map(({ is }) => is))]
  return (
    <section aria-label="Lineage">
      <h3>Lineage</h3>
      <Facts
        rows={kinds.map((is) => [
          WORDS[is],
          <Kin key={is} provider={provider} kin={related.filter((each) => each.is === is)} />
        ])}
      />
    </section>
  )
}

const KIN_SHOWN = 8

function Kin({ provider, kin }: { readonly provider: string; readonly kin: ResourceDetail['related'] }) {
  const lines = kin.map((each) => (
    <li key={each.id}>
      <a href={linkTo('resources', [provider, each.kind, each.id])}>{each.name || each.id}</a>{' '}
      <State state={each.state} />
    </li>
  ))
  return (
    <>
      <ul class="plain">{lines.slice(0, KIN_SHOWN)}</ul>
      {lines.length > KIN_SHOWN && (
        <details>
          <summary>and {lines.length - KIN_SHOWN} more</summary>
          <ul class="plain">{lines.slice(KIN_SHOWN)}</ul>
        </details>
      )}
    </>
  )
}

const CALLS = 20

/** The calls that named it, or got it. */
function Calls({ id }: { readonly id: string }) {
  const world = here.value
  const asked = useAsked(
    (signal) => world.requests.list({ resource: id, limit: CALLS }, { signal }),
    [id, changes.value],
    [world]
  )
  return (
    <Panel title="Calls that touched it">
      <Answer asked={asked.value} what="the calls">
        {({ requests, found }) =>
          requests.length === 0 ? (
            <Empty>The journal has no call that named it.</Empty>
          ) : (
            <ul class="calls">
              {requests.map((call) => (
                <li key={call.id}>
                  <a href={linkTo('journal', [call.id])}>{call.operation ?? call.method}</a>
                  <State state={String(call.status)} tone={call.status < 400 ? 'good' : 'bad'} />
                  <At at={call.at} />
                </li>
              ))}
              {found > CALLS && <li class="quiet">and {found - CALLS} before them</li>}
            </ul>
          )
        }
      </Answer>
    </Panel>
  )
}
