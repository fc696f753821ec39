import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RequestSummary, World } from '../../client/index.ts'
import type { Action } from '../actions.ts'
import { useAsked } from '../asked.ts'
import { onEvents } from '../live.ts'
import { linkTo, opened } from '../place.ts'
import { here, server } from '../server.ts'
import { AsCommand, Do } from '../ui/button.tsx'
import { At, Cloud, State } from '../ui/parts.tsx'
import { Answer, Empty } from '../ui/states.tsx'
import { Entry } from './entry.tsx'

const SHOWN = 200
const COALESCED_MS = 300
const CLOUDS = ['zenlayer', 'baidu']

interface Filter {
  readonly text: string
  readonly provider: string
  readonly operation: string
  readonly only: 'all' | 'refused' | 'served'
  /** A call that is refused before it is known who calls is of no world. */
  readonly of: 'this world' | 'everyone'
}

const CLEAR: Action = {
  label: 'Empty the journal',
  method: 'DELETE',
  path: '/requests',
  command: ['requests', 'clear'],
  run: () => here.value.requests.clear()
}

/** The calls of the clouds, live. */
export default function JournalView() {
  const filter = useSignal<Filter>({ text: '', provider: '', operation: '', only: 'all', of: 'this world' })
  const isPaused = useSignal(false)
  const everyone = server.value.world('*')
  const isEveryones = filter.value.of === 'everyone'
  const news = useNews(isPaused, isEveryones ? everyone : undefined)
  const [id] = opened.value
  const world = isEveryones ? everyone : here.value
  const { text, provider, operation, only } = filter.value
  const wanted = {
    limit: SHOWN,
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(provider !== '' && { provider }),
    ...(operation !== '' && { operation }),
    ...(only !== 'all' && { refusal: only === 'refused' })
  }
  const asked = useAsked(
    (signal) => world.requests.list(wanted, { signal }),
    [text, provider, operation, only, news.value],
    [here.value, isEveryones]
  )
  const told = asked.value.value
  const listing: Action = {
    label: 'List these calls',
    method: 'GET',
    path: '/requests',
    query: Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, String(value)])),
    command: ['requests', 'list'],
    run: async () => {}
  }
  return (
    <div class={id === undefined ? '' : 'split'}>
      <section class="panel" aria-label="Journal">
        <header>
          <h1>Journal</h1>
          <button
            type="button"
            class="button"
            aria-pressed={isPaused.value}
            onClick={() => {
              isPaused.value = !isPaused.value
              if (!isPaused.value) news.value++
            }}
          >
            {isPaused.value ? 'Paused' : 'Pause'}
          </button>
          <Do action={CLEAR} after={() => news.value++} />
          <AsCommand actions={[listing, CLEAR]} of="the journal" />
        </header>
        <Filters filter={filter} operations={Object.keys(told?.counts.operation ?? {})} />
        <Answer asked={asked.value} what="the journal">
          {({ requests, found, added, dropped }) => (
            <>
              {requests.length === 0 ? (
                <Empty>
                  {added === 0
                    ? 'No client has called in this world yet. Point one at this server with this world’s name as its key: what it sends shows here.'
                    : 'No call fits. Loosen the filter.'}
                </Empty>
              ) : (
                <Calls calls={requests} open={id} />
              )}
              <p class="quiet tools">
                {found} found of {added}
                {dropped > 0 && `, the oldest ${dropped} are no longer kept`}
                {found > SHOWN && `; the newest ${SHOWN} are shown`}
              </p>
            </>
          )}
        </Answer>
      </section>
      {id !== undefined && <Entry key={id} id={id} />}
    </div>
  )
}

/** Counts up when there are calls to show, a few times a second at the most; of all worlds, if that is given. */
function useNews(isPaused: Signal<boolean>, all: World | undefined): Signal<number> {
  const news = useSignal(0)
  const isAll = all !== undefined
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const come = () => {
      if (isPaused.value || timer !== undefined) return
      timer = setTimeout(() => {
        timer = undefined
        news.value++
      }, COALESCED_MS)
    }
    const ended = new AbortController()
    if (all) followCalls(all, ended.signal, come)
    const end = onEvents((events) => {
      if (events.some(({ type }) => type === 'request' || type === 'replaced' || type === 'missed')) come()
    })
    return () => {
      ended.abort()
      end()
      clearTimeout(timer)
    }
  }, [isAll])
  return news
}

async function followCalls(world: World, signal: AbortSignal, come: () => void): Promise<void> {
  try {
    for await (const _ of world.events({ types: ['request'] }, { signal })) come()
  } catch {
    // The server has gone: the page says so, and what is known stays.
  }
}

function Filters({ filter, operations }: { readonly filter: Signal<Filter>; readonly operations: readonly string[] }) {
  const change = (part: Partial<Filter>) => {
    filter.value = { ...filter.value, ...part }
  }
  const { text, provider, operation, only, of } = filter.value
  return (
    <div class="row tools">
      <label class="find">
        <span class="hidden">In the URL, the bodies, the reason</span>
        <input
          type="search"
          placeholder="In URL, bodies, reason"
          value={text}
          maxLength={1000}
          onInput={({ currentTarget }) => change({ text: currentTarget.value })}
        />
      </label>
      <label>
        <span class="hidden">Cloud</span>
        <select value={provider} onChange={({ currentTarget }) => change({ provider: currentTarget.value })}>
          <option value="">both clouds</option>
          {CLOUDS.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="hidden">Operation</span>
        <select value={operation} onChange={({ currentTarget }) => change({ operation: currentTarget.value })}>
          <option value="">every operation</option>
          {[...new Set([...operations, ...(operation === '' ? [] : [operation])])].toSorted().map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="segments">
        <legend class="hidden">Whose calls</legend>
        {(['this world', 'everyone'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={of === each} onClick={() => change({ of: each })}>
            {each}
          </button>
        ))}
      </fieldset>
      <fieldset class="segments">
        <legend class="hidden">Which calls</legend>
        {(['all', 'refused', 'served'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={only === each} onClick={() => change({ only: each })}>
            {each}
          </button>
        ))}
      </fieldset>
    </div>
  )
}

function Calls({ calls, open }: { readonly calls: readonly RequestSummary[]; readonly open: string | undefined }) {
  return (
    <div class="scrolls">
      <table class="list">
        <thead>
          <tr>
            {['at, UTC', 'cloud', 'operation', 'status', 'code', ...(open === undefined ? ['took', 'why'] : [])].map(
              (name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              )
            )}
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.id} class={call.id === open ? 'is-open' : ''}>
              <td>
                <At at={call.at} />
              </td>
              <td>
                <Cloud name={call.provider} />
              </td>
              <td>
                <a href={linkTo('journal', [call.id])}>{call.operation ?? `${call.method} ${call.url}`}</a>
              </td>
              <td>
                <State state={String(call.status)} tone={call.status < 400 ? 'good' : 'bad'} />
              </td>
              <td class="mono">{call.code}</td>
              {open === undefined && (
                <>
                  <td class="number">{call.durationMs.toFixed(1)} ms</td>
                  <td class="words">{whyOf(call)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What of it is worth a word, in one line. */
function whyOf({ refusal, fault, unused }: RequestSummary): string {
  if (fault !== undefined) return `the fault ${fault}`
  return refusal?.hint ?? (unused.length > 0 ? `sent and not used: ${unused.join(', ')}` : '')
}
