import { useSignal } from '@preact/signals'
import { useAsked } from '../asked.ts'
import { changes } from '../live.ts'
import { goTo, view, world } from '../place.ts'
import { server } from '../server.ts'

/** Which world this tab shows: any name will do, as a new access key makes a new world. */
export function WorldChoice() {
  const typed = useSignal<string | undefined>(undefined)
  const isOpen = useSignal(false)
  // Others may have come; which, is only asked when somebody looks.
  const asked = useAsked(
    (signal) => (isOpen.value ? server.value.worlds({ signal }) : Promise.resolve([])),
    [isOpen.value, isOpen.value && changes.value]
  )
  const choose = (event: Event) => {
    event.preventDefault()
    const name = (typed.value ?? '').trim()
    typed.value = undefined
    if (name !== '' && name !== world.value) goTo(view.value, [], name)
  }
  return (
    <form class="choice world" onSubmit={choose}>
      <label>
        <span class="label">world</span>
        <input
          list="worlds"
          value={typed.value ?? world.value}
          maxLength={255}
          spellcheck={false}
          autocomplete="off"
          onFocus={({ currentTarget }) => {
            isOpen.value = true
            currentTarget.select()
          }}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value
          }}
          onChange={choose}
        />
      </label>
      <datalist id="worlds">
        {(asked.value.value ?? []).map(({ id }) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </form>
  )
}
