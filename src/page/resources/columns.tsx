import type { Signal } from '@preact/signals'
import type { Resource } from '../../client/index.ts'

/** Which members stand in the table. */
export function Columns({
  rows,
  chosen
}: {
  readonly rows: readonly Resource[]
  readonly chosen: Signal<readonly string[]>
}) {
  const known = [...new Set(rows.flatMap(({ shown }) => Object.keys(shown)))]
  const all = [...new Set([...chosen.value, ...known])]
  return (
    <details class="menu columns">
      <summary>columns</summary>
      <ul>
        {all.map((name) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={chosen.value.includes(name)}
                onChange={({ currentTarget }) => {
                  chosen.value = currentTarget.checked
                    ? [...chosen.value, name]
                    : chosen.value.filter((each) => each !== name)
                }}
              />
              {name}
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}
