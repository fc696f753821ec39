import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { lengthOf, shownAt } from '../instants.ts'
import { now } from '../live.ts'
import { goTo, linkTo } from '../place.ts'
import { repaints } from '../theme.ts'
import { State } from '../ui/parts.tsx'
import { AXIS_PX, coloursOf, draw, markAt, ROW_PX, type Scene } from './draw.ts'
import { press, takeHandsOf } from './hands.ts'
import { type Mark, type Row, wordsOf } from './rows.ts'
import { aroundNow, isFollowing, span } from './span.ts'

/** Lanes with what lies on them, drawn; the names stand beside it as text. */
export function Chart({ rows }: { readonly rows: readonly Row[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const given = useSignal(rows)
  given.value = rows
  const size = useSignal({ width: 0, height: 0 })
  const scrolled = useSignal(0)
  const pointed = useSignal<Scene['pointed']>(undefined)
  const scene = useComputed(() => ({
    rows: given.value,
    span: span.value,
    now: now.value,
    ...size.value,
    scrolled: scrolled.value,
    pointed: pointed.value,
    repaints: repaints.value
  }))

  useEffect(() => {
    const [element, scrolling] = [canvas.current, scroller.current]
    if (!element || !scrolling) return
    const watch = new ResizeObserver(() => {
      size.value = { width: element.clientWidth, height: element.clientHeight }
    })
    watch.observe(element)
    const at = (x: number, y: number) => markAt({ ...scene.peek(), colours: coloursOf(element) }, x, y)
    const letGo = takeHandsOf(element, {
      scroll: (by) => {
        scrolling.scrollTop += by
      },
      pointAt: (x, y) => {
        pointed.value = at(x, y)
      },
      open(x, y) {
        const found = at(x, y)
        pointed.value = found
        const row = found && given.peek()[found.row]
        if (row && found.mark.id !== undefined) goTo('resources', [row.provider, 'snapshots', found.mark.id])
      }
    })
    return () => {
      watch.disconnect()
      letGo()
    }
  }, [])

  // Whatever has changed, it is drawn once a frame.
  const frame = useRef(0)
  useSignalEffect(() => {
    const shown = scene.value
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => {
      const element = canvas.current
      const context = element?.getContext('2d')
      if (!element || !context || shown.width === 0) return
      const ratio = devicePixelRatio
      const [wide, high] = [Math.round(shown.width * ratio), Math.round(shown.height * ratio)]
      if (element.width !== wide || element.height !== high) {
        element.width = wide
        element.height = high
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      draw(context, { ...shown, colours: coloursOf(element) })
    })
  })

  return (
    <div
      class="chart"
      ref={scroller}
      onScroll={({ currentTarget }) => {
        scrolled.value = currentTarget.scrollTop
      }}
    >
      <ul class="lanes">
        {rows.map((row) => (
          <Label key={row.key} row={row} />
        ))}
      </ul>
      <div
        class="sheet"
        tabIndex={0}
        role="application"
        aria-label="Time line. Arrow keys move it, plus and minus zoom, Home goes to now. As a table, it is told in words."
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          if (event.key === 'Home') {
            isFollowing.value = true
            span.value = aroundNow(now.value, span.value.to - span.value.from)
          } else if (!press(event.key)) return
          event.preventDefault()
        }}
      >
        <canvas ref={canvas} />
        <Pointed rows={rows} pointed={pointed.value} width={size.value.width} scrolled={scrolled.value} />
      </div>
    </div>
  )
}

function Label({ row }: { readonly row: Row }) {
  const { kind, provider, id, name, state, isBound } = row
  return (
    <li class={`${kind} is-${provider} ${isBound ? 'bound' : ''}`}>
      <a href={linkTo('resources', [provider, kind === 'policy' ? 'policies' : 'volumes', id])} title={`${name} ${id}`}>
        {name || id}
      </a>
      {state !== '' && state !== 'idle' && kind === 'volume' && <State state={state} />}
    </li>
  )
}

/** What the pointer is at, in words. */
function Pointed({
  rows,
  pointed,
  width,
  scrolled
}: {
  readonly rows: readonly Row[]
  readonly pointed: { readonly row: number; readonly mark: Mark } | undefined
  readonly width: number
  readonly scrolled: number
}) {
  const row = pointed && rows[pointed.row]
  if (!pointed || !row) return null
  const { mark } = pointed
  const { from, to } = span.value
  const x = ((mark.at - from) / (to - from)) * width
  const style = {
    transform: `translate(${Math.max(8, Math.min(width - 260, x - 125))}px, ${AXIS_PX + (pointed.row + 1) * ROW_PX - scrolled + 2}px)`
  }
  return (
    <div class="tip" style={style}>
      <b>{shownAt(mark.at)} UTC</b>
      <span>{wordsOf(mark)}</span>
      {mark.id !== undefined && <code>{mark.id}</code>}
      {mark.until !== undefined && (
        <span>
          {mark.until === Number.POSITIVE_INFINITY
            ? 'kept for ever'
            : `until ${shownAt(mark.until)}, kept ${lengthOf(mark.until - mark.at)}`}
        </span>
      )}
    </div>
  )
}
