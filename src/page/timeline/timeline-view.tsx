import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { useAsked } from '../asked.ts'
import { Agenda } from '../clock/agenda.tsx'
import { DAY_MS, lengthOf } from '../instants.ts'
import { changes, clock, now } from '../live.ts'
import { here } from '../server.ts'
import { Answer, Empty, Loading } from '../ui/states.tsx'
import { Chart } from './chart.tsx'
import { Legend } from './legend.tsx'
import { rowsOf } from './rows.ts'
import { aroundNow, following, isFollowing, LENGTHS, type Span, span } from './span.ts'
import { Table } from './table.tsx'

const LANES = 60
/** As many as can be told apart, in the window that is asked for. */
const MARKS = 250
const SETTLED_MS = 120
const BEGIN_MS = 30 * DAY_MS

/** Disks and volumes of both clouds through time, and what comes next. */
export function TimelineView() {
  const isPlaced = useRef(false)
  const placed = useRef(0)
  const isTable = useSignal(false)
  const text = useSignal('')
  const page = useSignal(0)

  // Where the clock is, there the view begins; when it moves, the view goes along.
  useSignalEffect(() => {
    const at = now.value
    if (!clock.value) return
    if (!isPlaced.current) span.value = aroundNow(at, BEGIN_MS)
    else if (isFollowing.value) span.value = following(span.peek(), placed.current, at)
    isPlaced.current = true
    placed.current = at
  })

  const asked = useTimeline(text.value.trim(), page.value)
  const rows = useComputed(() => (asked.value.value ? rowsOf(asked.value.value) : []))
  if (!clock.value) return <Loading what="the clock of this world" />
  return (
    <div class="timeline">
      <section class="panel" aria-label="Time line">
        <header>
          <h1>Time line</h1>
          <label class="find">
            <span class="hidden">Find disks and volumes</span>
            <input
              type="search"
              placeholder="Find disks, volumes"
              value={text.value}
              onInput={({ currentTarget }) => {
                text.value = currentTarget.value
                page.value = 0
              }}
            />
          </label>
          <Lengths />
          <button
            type="button"
            class="button"
            aria-pressed={isTable.value}
            onClick={() => {
              isTable.value = !isTable.value
            }}
          >
            As a table
          </button>
        </header>
        <Answer asked={asked.value} what="the time line">
          {(told) => {
            if (rows.value.length === 0) {
              return (
                <Empty>
                  {text.value === ''
                    ? 'This world has no disk or volume. Make one by a client of either cloud.'
                    : 'No disk or volume has that in its id or name.'}
                </Empty>
              )
            }
            return (
              <>
                <Chart rows={rows.value} />
                <Legend />
                {told.total > LANES && <Pages total={told.total} page={page} />}
                {isTable.value && <Table rows={rows.value} span={span.value} />}
              </>
            )
          }}
        </Answer>
      </section>
      <Agenda />
    </div>
  )
}

/** What the server tells of the part of time in view, and as much on both sides; asked again when the view has settled. */
function useTimeline(text: string, page: number) {
  const world = here.value
  const settled = useSignal<Span>(span.peek())
  const timer = useRef(0)
  useSignalEffect(() => {
    const { from, to } = span.value
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      settled.value = { from, to }
    }, SETTLED_MS)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  const wanted = useComputed(() => {
    const { from, to } = settled.value
    const margin = (to - from) / 2
    return { from: new Date(Math.round(from - margin)), to: new Date(Math.round(to + margin)) }
  })
  const { from, to } = wanted.value
  return useAsked(
    (signal) =>
      world.timeline(
        { from, to, limit: LANES, offset: page * LANES, marks: MARKS, ...(text !== '' && { text }) },
        { signal }
      ),
    [from.getTime(), to.getTime(), text, page, changes.value],
    [world]
  )
}

function Lengths() {
  const length = span.value.to - span.value.from
  const nearest = LENGTHS.find(([, ms]) => Math.abs(ms - length) < ms * 0.05)
  return (
    <fieldset class="segments">
      <legend class="hidden">How much time is in view: {lengthOf(length)}</legend>
      {LENGTHS.map(([word, ms]) => (
        <button
          key={word}
          type="button"
          aria-pressed={nearest?.[0] === word}
          onClick={() => {
            const { from, to } = span.value
            const isNowSeen = now.value >= from && now.value <= to
            const middle = (from + to) / 2
            span.value = isNowSeen ? aroundNow(now.value, ms) : { from: middle - ms / 2, to: middle + ms / 2 }
          }}
        >
          {word}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={isFollowing.value}
        title="Go to now, and go along with it"
        onClick={() => {
          isFollowing.value = true
          span.value = aroundNow(now.value, length)
        }}
      >
        now
      </button>
    </fieldset>
  )
}

function Pages({ total, page }: { readonly total: number; readonly page: { value: number } }) {
  const last = Math.ceil(total / LANES) - 1
  return (
    <div class="row pages">
      <button type="button" class="button" disabled={page.value === 0} onClick={() => page.value--}>
        Before
      </button>
      <span>
        {page.value * LANES + 1} to {Math.min(total, (page.value + 1) * LANES)} of {total}
      </span>
      <button type="button" class="button" disabled={page.value >= last} onClick={() => page.value++}>
        After
      </button>
    </div>
  )
}
