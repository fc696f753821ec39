import { drop, notes } from '../actions.ts'
import { Do } from './button.tsx'

/** What was done, and what went wrong. */
export function Notes() {
  return (
    <div class="notes" role="status">
      {notes.value.map(({ id, tone, text, undo }) => (
        <div key={id} class={`note is-${tone}`}>
          <span>{text}</span>
          {undo && <Do action={undo} tone="plain" done={`${undo.label}: done.`} after={() => drop(id)} />}
          <button type="button" class="button plain" aria-label="Dismiss" onClick={() => drop(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  )
}
