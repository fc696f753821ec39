import { useSignal } from '@preact/signals'
import { type Action, perform } from '../actions.ts'
import { instantFrom, lengthOf, msOf, onHover, shownAt } from '../instants.ts'
import { clock, now } from '../live.ts'
import { here } from '../server.ts'
import { AsCommand, Do } from '../ui/button.tsx'

function advancing(label: string, how: { readonly by?: string; readonly to?: string; readonly toNext?: true }): Action {
  const { by, to } = how
  return {
    label,
    method: 'POST',
    path: '/clock/advance',
    body: how,
    command: ['advance', by ?? to ?? 'next'],
    run: () => here.value.clock.advance(by ?? (to === undefined ? 'next' : { to }))
  }
}

const STEPS = [
  advancing('+1 h', { by: 'PT1H' }),
  advancing('+1 d', { by: 'P1D' }),
  advancing('+1 week', { by: 'P7D' }),
  advancing('Next event', { toNext: true })
]
const STOP: Action = {
  label: 'Stop',
  method: 'POST',
  path: '/clock/stop',
  body: {},
  run: () => here.value.clock.stop()
}

function modeChange(mode: 'system' | 'manual'): Action {
  return {
    label: mode === 'manual' ? 'Hold the clock' : 'Let it run',
    method: 'PUT',
    path: '/clock',
    body: { mode },
    command: ['clock', mode],
    run: () => here.value.clock.set({ mode })
  }
}

/** The world's clock, and hands on it. */
export function ClockBar() {
  const shown = clock.value
  const mode = shown?.mode === 'manual' ? modeChange('system') : modeChange('manual')
  return (
    <section class="clock" aria-label="Clock">
      <div class="reading">
        <time class="instant" dateTime={shown && new Date(now.value).toISOString()} title={shown && onHover(now.value)}>
          {shown ? shownAt(now.value) : '– – –'}
        </time>
        <span class="zone">UTC</span>
        <span class={`mode is-${shown?.mode ?? 'unknown'}`}>{shown?.mode ?? '…'}</span>
      </div>
      {shown?.advancing ? (
        <Advancing from={shown.at} to={msOf(shown.advancing.to)} />
      ) : (
        <div class="row">
          {STEPS.map((action) => (
            <Do key={action.label} action={action} />
          ))}
          <ToInstant />
          <Do action={mode} tone="plain" />
          <AsCommand actions={[...STEPS, mode]} of="moving the clock" />
        </div>
      )}
    </section>
  )
}

/** A long advance: how far it is, and a way to end it. */
function Advancing({ from, to }: { readonly from: number; readonly to: number }) {
  const begun = useSignal(from)
  if (from < begun.value) begun.value = from
  const part = to > begun.value ? (from - begun.value) / (to - begun.value) : 1
  return (
    <div class="row advancing">
      <progress max={1} value={part} aria-label="How far the advance is" />
      <span>
        to {shownAt(to)}, {lengthOf(to - from)} to go
      </span>
      <Do action={STOP} tone="bad" />
      <AsCommand actions={[STOP]} of="stopping it" />
    </div>
  )
}

function ToInstant() {
  const text = useSignal('')
  const instant = instantFrom(text.value)
  const isWrong = text.value.trim() !== '' && instant === undefined
  const go = async (event: Event) => {
    event.preventDefault()
    if (instant === undefined) return
    if (await perform(advancing('To an instant', { to: instant }))) text.value = ''
  }
  return (
    <form class="to" onSubmit={go}>
      <label>
        <span class="hidden">To an instant, in UTC</span>
        <input
          value={text.value}
          placeholder="2026-02-01 09:00"
          aria-invalid={isWrong}
          title={isWrong ? 'A date, or a date and a time: 2026-02-01 09:00' : 'To an instant, in UTC'}
          spellcheck={false}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value
          }}
        />
      </label>
      <button type="submit" class="button" disabled={instant === undefined}>
        Go to
      </button>
    </form>
  )
}
