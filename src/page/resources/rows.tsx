import { useSignal } from '@preact/signals'
import type { Resource } from '../../client/index.ts'
import { linkTo } from '../place.ts'
import { At, Id, State, toneOf } from '../ui/parts.tsx'
import { type Kind, textOf } from './words.ts'

interface Order {
  readonly by: string
  readonly isDown: boolean
}
/** Texts up to this are kept on one line. */
const SHORT = 30
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/

export function Rows({
  provider,
  kind,
  rows,
  columns,
  open
}: {
  readonly provider: string
  readonly kind: Kind
  readonly rows: readonly Resource[]
  readonly columns: readonly string[]
  readonly open: string | undefined
}) {
  const order = useSignal<Order | undefined>(undefined)
  const sorted = sortedBy(rows, order.value)
  const turn = (by: string) => {
    order.value = { by, isDown: order.value?.by === by ? !order.value.isDown : false }
  }
  return (
    <div class="scrolls">
      <table class="list">
        <thead>
          <tr>
            {['name', 'id', ...columns].map((name) => (
              <th key={name} scope="col" aria-sort={sortOf(order.value, name)}>
                <button type="button" onClick={() => turn(name)}>
                  {name}
                  <span aria-hidden="true">{order.value?.by === name ? (order.value.isDown ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id} class={row.id === open ? 'is-open' : ''}>
              <td class={row.name.length < SHORT ? 'nowrap' : ''}>
                <a href={linkTo('resources', [provider, kind, row.id])}>{row.name || '(no name)'}</a>
              </td>
              <td>
                <Id id={row.id} />
              </td>
              {columns.map((name) => (
                <td key={name} class={textOf(row.shown[name]).length < SHORT ? '' : 'words'}>
                  <Cell name={name} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ name, row }: { readonly name: string; readonly row: Resource }) {
  const text = textOf(row.shown[name])
  if (/status$/i.test(name)) return <State state={text} tone={toneOf(row.state)} />
  return INSTANT.test(text) ? <At at={text} /> : <span class={text.length < SHORT ? 'nowrap' : ''}>{text}</span>
}

function sortOf(order: Order | undefined, name: string): 'ascending' | 'descending' | 'none' {
  if (order?.by !== name) return 'none'
  return order.isDown ? 'descending' : 'ascending'
}

function sortedBy(rows: readonly Resource[], order: Order | undefined): readonly Resource[] {
  if (!order) return rows
  const { by, isDown } = order
  const keyOf = (row: Resource) => (by === 'name' ? row.name : by === 'id' ? row.id : textOf(row.shown[by]))
  const compare = new Intl.Collator('en', { numeric: true }).compare
  const sorted = rows.toSorted((one, other) => compare(keyOf(one), keyOf(other)))
  return isDown ? sorted.reverse() : sorted
}
