import { type Drawn, drawnOf } from './density.ts'
import type { Mark, Row } from './rows.ts'
import { type Span, ticksOf } from './span.ts'

export const ROW_PX = 30
export const AXIS_PX = 26

/** The colours of a theme, as its custom properties say. */
export type Colours = Readonly<Record<(typeof COLOURS)[number], string>>
const COLOURS = ['ink', 'quiet', 'line', 'panel', 'band', 'now', 'zenlayer', 'baidu', 'manual', 'bad'] as const

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ...{ ink: colour('ink'), quiet: colour('quiet'), line: colour('line'), panel: colour('panel') },
    ...{ band: colour('band'), now: colour('now'), bad: colour('bad'), manual: colour('manual') },
    ...{ zenlayer: colour('zenlayer'), baidu: colour('baidu') }
  }
}

export interface Scene {
  readonly rows: readonly Row[]
  readonly span: Span
  readonly now: number
  readonly width: number
  readonly height: number
  /** How far down the rows are scrolled. */
  readonly scrolled: number
  readonly colours: Colours
  /** What is pointed at. */
  readonly pointed: { readonly row: number; readonly mark: Mark } | undefined
}

/** Draws what is in sight of the rows: nothing else costs anything. */
export function draw(context: CanvasRenderingContext2D, scene: Scene): void {
  const { rows, span, width, height, scrolled, colours } = scene
  context.clearRect(0, 0, width, height)
  const first = Math.max(0, Math.floor(scrolled / ROW_PX))
  const last = Math.min(rows.length, Math.ceil((scrolled + height - AXIS_PX) / ROW_PX))
  const ticks = ticksOf(span, width / 92)
  context.fillStyle = colours.line
  for (const { at } of ticks) context.fillRect(Math.round(xOf(scene, at)), AXIS_PX, 1, height - AXIS_PX)
  context.save()
  context.beginPath()
  context.rect(0, AXIS_PX, width, height - AXIS_PX)
  context.clip()
  for (let index = first; index < last; index++) {
    const row = rows[index]
    if (row) drawRow(context, scene, row, index)
  }
  context.restore()
  drawAxis(context, scene, ticks)
}

function xOf({ span, width }: Pick<Scene, 'span' | 'width'>, at: number): number {
  return ((at - span.from) / (span.to - span.from)) * width
}

function drawRow(context: CanvasRenderingContext2D, scene: Scene, row: Row, index: number): void {
  const { width, scrolled, colours, pointed } = scene
  const top = AXIS_PX + index * ROW_PX - scrolled
  const middle = top + ROW_PX / 2
  const own = row.provider === 'baidu' ? colours.baidu : colours.zenlayer
  const begin = Math.max(0, xOf(scene, Math.max(row.createdAt, scene.span.from)))
  const end = Math.min(width, xOf(scene, Math.min(row.goneAt, scene.span.to)))
  if (row.kind === 'policy' || row.isBound) {
    context.fillStyle = colours.band
    context.fillRect(begin, row.kind === 'policy' ? top + 3 : top, Math.max(0, end - begin), ROW_PX)
  }
  context.fillStyle = colours.line
  context.fillRect(begin, Math.round(middle), Math.max(0, end - begin), 1)
  const drawn = drawnOf(row, scene.span, width)
  if (drawn.isDense) drawKept(context, scene, row, middle, own)
  else drawBars(context, scene, row, middle, own)
  drawParts(context, scene, drawn, top, own)
  if (drawn.coming) {
    const [from, to] = [xOf(scene, drawn.coming.from), xOf(scene, drawn.coming.to)]
    context.globalAlpha = 0.35
    context.fillStyle = own
    for (const y of [middle - 4, middle + 3]) context.fillRect(from, y, Math.max(1, to - from), 1)
    context.globalAlpha = 1
  }
  for (const mark of drawn.marks) drawMark(context, mark, xOf(scene, mark.at), middle, colours, own)
  if (pointed?.row !== index) return
  context.strokeStyle = colours.ink
  context.lineWidth = 1.5
  context.beginPath()
  context.arc(xOf(scene, pointed.mark.at), middle, 8, 0, 7)
  context.stroke()
}

/** Until when each snapshot is kept: where many are kept at once it is darker. */
function drawBars(context: CanvasRenderingContext2D, scene: Scene, row: Row, middle: number, own: string): void {
  context.globalAlpha = 0.16
  for (const { at, until, kind } of row.marks) {
    if (until === undefined) continue
    const begin = Math.max(0, xOf(scene, at))
    const end = Math.min(scene.width, xOf(scene, Math.min(until, scene.span.to)))
    if (end <= begin) continue
    context.fillStyle = kind === 'policy' ? own : scene.colours.manual
    context.fillRect(begin, middle - 2, end - begin, 5)
    if (until <= scene.span.to) {
      context.globalAlpha = 0.5
      context.fillRect(end - 1, middle - 4, 1, 9)
      context.globalAlpha = 0.16
    }
  }
  context.globalAlpha = 1
}

/** Of many: until when the last of them is kept. */
function drawKept(context: CanvasRenderingContext2D, scene: Scene, row: Row, middle: number, own: string): void {
  const last = row.marks.reduce((until, mark) => Math.max(until, mark.until ?? 0), 0)
  const begin = xOf(scene, scene.now)
  const end = Math.min(scene.width, xOf(scene, Math.min(last, scene.span.to)))
  context.globalAlpha = 0.25
  context.fillStyle = own
  context.fillRect(begin, middle - 2, Math.max(0, end - begin), 5)
  context.globalAlpha = 1
}

/** Too many to tell apart: the fuller, the taller. */
function drawParts(context: CanvasRenderingContext2D, scene: Scene, drawn: Drawn, top: number, own: string): void {
  for (const { from, to, count, automatic, odd } of drawn.parts) {
    const begin = xOf(scene, from)
    const end = xOf(scene, to)
    if (end < 0 || begin > scene.width) continue
    const tall = 4 + (ROW_PX - 10) * Math.sqrt(count / Math.max(1, drawn.most))
    const bottom = top + ROW_PX - 4
    const wide = Math.max(1, end - begin - (end - begin > 7 ? 1 : 0))
    context.globalAlpha = 0.85
    context.fillStyle = own
    context.fillRect(begin, bottom - tall, wide, tall)
    const byHand = tall * ((count - automatic) / count)
    context.fillStyle = scene.colours.manual
    if (byHand > 0) context.fillRect(begin, bottom - Math.max(2, byHand), wide, Math.max(2, byHand))
    context.fillStyle = scene.colours.bad
    if (odd > 0) context.fillRect(begin, bottom - tall - 2, wide, 2)
    context.globalAlpha = 1
  }
}

function drawMark(
  context: CanvasRenderingContext2D,
  { kind, state = '' }: Mark,
  x: number,
  y: number,
  colours: Colours,
  own: string
): void {
  context.lineWidth = 1.5
  context.beginPath()
  if (state === 'failed' || state === 'unavailable' || kind === 'skipped') {
    const size = kind === 'skipped' ? 3.5 : 4.5
    context.strokeStyle = kind === 'skipped' ? colours.quiet : colours.bad
    context.moveTo(x - size, y - size)
    context.lineTo(x + size, y + size)
    context.moveTo(x + size, y - size)
    context.lineTo(x - size, y + size)
    context.stroke()
    return
  }
  if (kind === 'fired') {
    context.fillStyle = own
    context.fillRect(x - 1, y - 6, 2, 12)
    return
  }
  if (kind === 'manual' || kind === 'copy') diamond(context, x, y, kind === 'copy' ? 3.5 : 5)
  else context.arc(x, y, kind === 'coming' ? 3 : 4, 0, 7)
  if (kind === 'coming') {
    context.strokeStyle = own
    context.globalAlpha = 0.75
    context.stroke()
    context.globalAlpha = 1
    return
  }
  const colour = kind === 'policy' ? own : colours.manual
  context.fillStyle = state === 'available' ? colour : colours.panel
  context.strokeStyle = state === 'available' ? colours.panel : colour
  context.fill()
  if (state !== 'available') context.setLineDash([2, 2])
  context.lineWidth = state === 'available' ? 1 : 1.5
  context.stroke()
  context.setLineDash([])
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.moveTo(x, y - size)
  context.lineTo(x + size, y)
  context.lineTo(x, y + size)
  context.lineTo(x - size, y)
  context.closePath()
}

function drawAxis(context: CanvasRenderingContext2D, scene: Scene, ticks: ReturnType<typeof ticksOf>): void {
  const { width, height, now, colours } = scene
  context.fillStyle = colours.panel
  context.fillRect(0, 0, width, AXIS_PX)
  context.fillStyle = colours.line
  context.fillRect(0, AXIS_PX - 1, width, 1)
  context.font = '11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace'
  context.textBaseline = 'middle'
  context.fillStyle = colours.quiet
  for (const { at, text } of ticks) context.fillText(text, xOf(scene, at) + 5, AXIS_PX / 2)
  const x = Math.round(xOf(scene, now))
  if (x < 0 || x > width) return
  context.fillStyle = colours.now
  context.fillRect(x - 1, 0, 2, height)
  context.beginPath()
  context.moveTo(x - 5, 0)
  context.lineTo(x + 5, 0)
  context.lineTo(x, 7)
  context.closePath()
  context.fill()
}

/** The mark that a point is at, if one is near. */
export function markAt(scene: Scene, x: number, y: number): { readonly row: number; readonly mark: Mark } | undefined {
  const row = Math.floor((y - AXIS_PX + scene.scrolled) / ROW_PX)
  let nearest: Mark | undefined
  let best = 9
  for (const mark of y < AXIS_PX ? [] : pointableIn(scene, row)) {
    const far = Math.abs(xOf(scene, mark.at) - x)
    if (far >= best) continue
    best = far
    nearest = mark
  }
  return nearest && { row, mark: nearest }
}

function pointableIn({ rows, span, width }: Scene, index: number): readonly Mark[] {
  const row = rows[index]
  return row ? drawnOf(row, span, width).marks : []
}
