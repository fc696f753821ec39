import { FaultForm } from '../../src/core/model/fault-form.ts'
import { createSchemaWriter } from '../../src/http/openapi/schemas.ts'
import { code, madeFrom, page, table } from './markdown.ts'
import { membersTable, recordOf } from './schemas.ts'

/** What happens then, with what one would not expect of each. */
const THEN = [
  ['"error": CODE', 'answers a code of the operation or one that all have, with its status and text'],
  ['"status": 502, "body": …', 'answers just that: a text as it is, anything else as JSON'],
  ['"connection": "reset"', 'answers nothing; `"close-early"` half an answer, `"hang"` nothing, until the client goes'],
  [
    '"outcome": "fails"',
    'lets the call succeed, and the disk or snapshot that it makes end in the cloud’s failed state'
  ],
  ['"delayMs": 500', 'lets the call wait before; alone, or beside any of these'],
  [
    '"rate": {"requests": 5, "perSeconds": 1}',
    'acts only beyond so many in a window of the world’s clock, by itself with Zenlayer’s throttling; Baidu documents none, so there it wants one of the others beside it'
  ],
  [
    '"after": true',
    'beside `error`, `status`, `connection` or `delayMs`: the work is done first, and only its answer is another, lost or late'
  ]
] as const

const WHICH =
  '`provider` and `operation` may be left out or `*`, an operation also a beginning (`Describe*`). `when` looks into the call: `body`, `query`, `params` (members of the path) want the members that they name, `resource` an id that is named anywhere. `skip` lets so many calls go first, `times` is how often it acts, `probability` draws from the world’s own sequence, so that a run repeats; `"enabled": false` switches it off. Of all rules the first acts that can, in the order of their making; a world’s own come before the server’s. A call is met once its signature and its input are found right.'

/** Every member of a rule. */
export function faultsPage(): string {
  const form = createSchemaWriter().of(FaultForm)
  const { when, then } = recordOf(form.properties)
  const missing = Object.keys(recordOf(recordOf(then).properties)).filter(
    (name) => !THEN.some(([what]) => what.includes(`"${name}"`))
  )
  if (missing.length > 0) throw new Error(`the page of faults does not say what then.${missing.join(', ')} does`)
  return page(
    'Faults',
    madeFrom('the form of a rule, src/core/model/fault-form.ts'),
    'A fault is a rule: which calls it meets, how often it acts, and what happens then. [How to](../how-to/faults.md) put one; the codes of each operation are on the pages of [Zenlayer](zenlayer.md) and [Baidu](baidu.md).',
    WHICH,
    '## A rule',
    membersTable(form, code),
    '## `when`',
    membersTable(recordOf(when), code),
    '## `then`',
    table(
      ['`then`', 'does'],
      THEN.map(([what, does]) => [code(what), does])
    ),
    membersTable(recordOf(then), code)
  )
}
