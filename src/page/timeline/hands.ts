import { isFollowing, moved, type Span, span, zoomed } from './span.ts'

export interface Hands {
  /** Down by so many pixels. */
  scroll(by: number): void
  pointAt(x: number, y: number): void
  open(x: number, y: number): void
}

/** Wheel, mouse and fingers on the time line. Returns what lets go again. */
export function takeHandsOf(canvas: HTMLCanvasElement, hands: Hands): () => void {
  const fingers = new Map<number, { x: number; y: number }>()
  let hasMoved = false
  const width = () => canvas.clientWidth || 1
  const set = (view: Span) => {
    span.value = view
  }
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const sideways = event.shiftKey ? event.deltaY : event.deltaX
    if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      isFollowing.value = false
      set(moved(span.value, sideways / width()))
    } else set(zoomed(span.value, 1.0016 ** event.deltaY, event.offsetX / width()))
  }
  const down = (event: PointerEvent) => {
    hasMoved = false
    fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY })
    canvas.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId)
    const { offsetX: x, offsetY: y } = event
    if (!before) return hands.pointAt(x, y)
    const [one, other] = [...fingers.values()]
    if (one && other) {
      const still = before === one ? other : one
      const was = Math.abs(before.x - still.x)
      const is = Math.abs(x - still.x)
      if (was > 8 && is > 8) set(zoomed(span.value, was / is, still.x / width()))
    } else {
      if (Math.abs(x - before.x) < 3 && Math.abs(y - before.y) < 3 && !hasMoved) return
      if (x !== before.x) isFollowing.value = false
      set(moved(span.value, (before.x - x) / width()))
      hands.scroll(before.y - y)
    }
    hasMoved = true
    fingers.set(event.pointerId, { x, y })
  }
  const up = (event: PointerEvent) => {
    const wasDown = fingers.delete(event.pointerId)
    if (wasDown && !hasMoved && event.type === 'pointerup') hands.open(event.offsetX, event.offsetY)
  }
  const leave = () => hands.pointAt(-1, -1)
  canvas.addEventListener('wheel', wheel, { passive: false })
  canvas.addEventListener('pointerdown', down)
  canvas.addEventListener('pointermove', move)
  canvas.addEventListener('pointerup', up)
  canvas.addEventListener('pointercancel', up)
  canvas.addEventListener('pointerleave', leave)
  return () => {
    canvas.removeEventListener('wheel', wheel)
    canvas.removeEventListener('pointerdown', down)
    canvas.removeEventListener('pointermove', move)
    canvas.removeEventListener('pointerup', up)
    canvas.removeEventListener('pointercancel', up)
    canvas.removeEventListener('pointerleave', leave)
  }
}

/** What keys do; whether it was one of ours. */
export function press(key: string): boolean {
  const view = span.value
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      isFollowing.value = false
      span.value = moved(view, key === 'ArrowLeft' ? -0.15 : 0.15)
      return true
    case '+':
    case '=':
      span.value = zoomed(view, 1 / 1.5, 0.5)
      return true
    case '-':
      span.value = zoomed(view, 1.5, 0.5)
      return true
    default:
      return false
  }
}
