import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Resource } from '../../client/index.ts'
import { useAsked } from '../asked.ts'
import { changes } from '../live.ts'
import { linkTo, opened } from '../place.ts'
import { here, server } from '../server.ts'
import { AsCommand } from '../ui/button.tsx'
import { Answer, Empty, Loading } from '../ui/states.tsx'
import { Columns } from './columns.tsx'
import { Detail } from './detail.tsx'
import { Rows } from './rows.tsx'
import { columnsFor, KINDS, type Kind, wordFor } from './words.ts'

const PAGE = 200
const MOST = 1000

/** What there is in each cloud, in its own words. */
export default function ResourcesView() {
  const clouds = useAsked((signal) => server.value.health({ signal }), [server.value])
  const known = clouds.value.value?.clouds
  if (!known)
    return (
      <Answer asked={clouds.value} what="the clouds">
        {() => <Loading what="the clouds" />}
      </Answer>
    )
  const [first = 'zenlayer'] = known
  const [provider = first, asked, id] = opened.value
  const kind = KINDS.find((each) => each === asked) ?? 'volumes'
  return (
    <div class={id === undefined ? '' : 'split'}>
      <section class="panel" aria-label="Resources">
        <header>
          <h1>Resources</h1>
          <Choice clouds={known} provider={provider} kind={kind} />
        </header>
        <List key={`${provider} ${kind}`} provider={provider} kind={kind} open={id} />
      </section>
      {id !== undefined && <Detail key={`${provider} ${kind} ${id}`} provider={provider} kind={kind} id={id} />}
    </div>
  )
}

function Choice({
  clouds,
  provider,
  kind
}: {
  readonly clouds: readonly string[]
  readonly provider: string
  readonly kind: Kind
}) {
  return (
    <div class="row kinds">
      {clouds.map((cloud) => (
        <nav key={cloud} class={`tabs is-${cloud}`} aria-label={cloud}>
          <span class="cloud-name">{cloud}</span>
          {KINDS.map((each) => (
            <a
              key={each}
              href={linkTo('resources', [cloud, each])}
              aria-current={cloud === provider && each === kind ? 'page' : undefined}
            >
              {wordFor(cloud, each)}
            </a>
          ))}
        </nav>
      ))}
    </div>
  )
}

function List({
  provider,
  kind,
  open
}: {
  readonly provider: string
  readonly kind: Kind
  readonly open: string | undefined
}) {
  const text = useSignal('')
  const limit = useSignal(PAGE)
  const columns = useSignal<readonly string[]>(columnsFor(provider, kind))
  const world = here.value
  const wanted = text.value.trim()
  const filter = { limit: limit.value, ...(wanted !== '' && { text: wanted }) }
  const asked = useAsked(
    (signal) => world.resources.list(provider, kind, filter, { signal }),
    [wanted, limit.value, changes.value],
    [world, provider, kind]
  )
  useEffect(() => {
    limit.value = PAGE
  }, [wanted])
  const listing = {
    label: `List ${wordFor(provider, kind)}`,
    method: 'GET',
    path: `/resources/${provider}/${kind}`,
    query: { limit: String(limit.value), ...(wanted !== '' && { text: wanted }) },
    run: async () => {}
  } as const
  return (
    <>
      <div class="row tools">
        <label class="find">
          <span class="hidden">Filter by id or name</span>
          <input
            type="search"
            placeholder="Filter by id or name"
            value={text.value}
            onInput={({ currentTarget }) => {
              text.value = currentTarget.value
            }}
          />
        </label>
        <Columns rows={asked.value.value?.resources ?? []} chosen={columns} />
        <AsCommand actions={[listing]} of="this list" />
      </div>
      <Answer asked={asked.value} what={wordFor(provider, kind)}>
        {({ resources, total }) =>
          resources.length === 0 ? (
            <Nothing provider={provider} kind={kind} isFiltered={wanted !== ''} />
          ) : (
            <>
              <Rows provider={provider} kind={kind} rows={resources} columns={columns.value} open={open} />
              <More shown={resources} total={total} limit={limit} />
            </>
          )
        }
      </Answer>
    </>
  )
}

function Nothing({
  provider,
  kind,
  isFiltered
}: {
  readonly provider: string
  readonly kind: Kind
  readonly isFiltered: boolean
}) {
  return (
    <Empty>
      {isFiltered
        ? `None of the ${wordFor(provider, kind)} has that in its id or name.`
        : `This world has no ${wordFor(provider, kind)} in ${provider}. A client of that cloud makes them; here they are looked at.`}
    </Empty>
  )
}

function More({
  shown,
  total,
  limit
}: {
  readonly shown: readonly Resource[]
  readonly total: number
  readonly limit: { value: number }
}) {
  return (
    <div class="row tools">
      <span class="quiet">
        {shown.length === total ? `${total} in all` : `the newest ${shown.length} of ${total}; filter to see others`}
      </span>
      {shown.length < total && limit.value < MOST && (
        <button
          type="button"
          class="button"
          onClick={() => {
            limit.value = Math.min(MOST, limit.value + PAGE)
          }}
        >
          Show more
        </button>
      )}
    </div>
  )
}
