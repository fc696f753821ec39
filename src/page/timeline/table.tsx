import { linkTo } from '../place.ts'
import { At, Cloud } from '../ui/parts.tsx'
import { type Row, wordsOf } from './rows.ts'
import type { Span } from './span.ts'

const MOST = 500

/** The time line in words: all that is in view, in the order of time. */
export function Table({ rows, span: { from, to } }: { readonly rows: readonly Row[]; readonly span: Span }) {
  const lines = rows
    .flatMap((row) => [
      ...row.marks.map((mark) => ({ row, at: mark.at, until: mark.until, id: mark.id, words: wordsOf(mark) })),
      ...row.parts.map((part) => ({
        ...{ row, at: part.from, until: part.until, id: undefined },
        words: `${part.count} snapshots, ${part.automatic} of them automatic`
      }))
    ])
    .filter(({ at, until = at }) => at <= to && until >= from)
    .toSorted((one, other) => one.at - other.at)
  return (
    <div class="scrolls">
      <table class="list">
        <caption>
          {lines.length > MOST
            ? `The first ${MOST} of ${lines.length}; zoom in to see the others.`
            : `${lines.length} in view`}
        </caption>
        <thead>
          <tr>
            <th scope="col">at, UTC</th>
            <th scope="col">of</th>
            <th scope="col">cloud</th>
            <th scope="col">what</th>
            <th scope="col">kept until</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, MOST).map(({ row, at, until, id, words }, index) => (
            <tr key={`${row.key} ${at} ${id ?? index}`}>
              <td>
                <At at={at} />
              </td>
              <td>{row.name || row.id}</td>
              <td>
                <Cloud name={row.provider} />
              </td>
              <td>
                {id === undefined ? words : <a href={linkTo('resources', [row.provider, 'snapshots', id])}>{words}</a>}
              </td>
              <td>{until === undefined ? '' : until === Number.POSITIVE_INFINITY ? 'for ever' : <At at={until} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
