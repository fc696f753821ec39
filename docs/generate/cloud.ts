import { type Evidence, sourceOf } from '../../src/providers/evidence.ts'
import type { Operation, Provider, Refusal, Route } from '../../src/providers/provider.ts'
import { code, madeFrom, page, plain, table } from './markdown.ts'

/** What is served of a cloud: each operation with its errors, and each error with the operations that answer it. */
export function cloudPage(provider: Provider): string {
  const { name, description, operations, catalogue, notServed } = provider
  const codes = Object.entries(catalogue)
  const common = codes.filter(([, { common: isCommon }]) => isCommon)
  return page(
    `${description.title}: operations and errors`,
    madeFrom(`the rows and the catalogue of src/providers/${name}/`),
    `A source is a section of [what is known of the cloud](../clouds/${name}.md). “How it is reached” tells the state or the input; a [fault](faults.md) reaches every one: \`{"provider":"${name}","operation":"…","then":{"error":"CODE"}}\`. A running server tells the same at \`/_snapstand/operations?provider=${name}\`, and describes it in OpenAPI at \`/_snapstand/openapi/${name}.json\`. What is not emulated at all: [${name}](../../src/providers/${name}/README.md).`,
    table(
      ['operation', 'does'],
      operations.map((operation) => [`[${operation.name}](#${operation.name.toLowerCase()})`, plain(operation.summary)])
    ),
    '## Errors of any operation',
    table(
      ['code', 'status', 'message', 'how it is reached', 'source'],
      common.map(([each, refusal]) => errorRow(each, refusal, refusal.reach))
    ),
    '## Errors by their code',
    'Without those of any operation.',
    table(
      ['code', 'status', 'message', 'operations'],
      codes
        .map(([each, refusal]) => ({ each, refusal, by: operations.filter(({ errors }) => errors.includes(each)) }))
        .filter(({ by }) => by.length > 0)
        .map(({ each, refusal, by }) => [
          code(each),
          `${refusal.status}`,
          plain(refusal.message),
          by.map(link).join(', ')
        ])
    ),
    notServed.length === 0
      ? ''
      : [
          '## Known, and not served',
          table(
            ['operation', 'why', 'source'],
            notServed.map(({ name: each, reason, source }) => [code(each), plain(reason), plain(source)])
          )
        ].join('\n\n'),
    '## Operations',
    operations.flatMap((operation) => sectionOf(provider, operation))
  )
}

function link({ name }: Operation): string {
  return `[${name}](#${name.toLowerCase()})`
}

function sectionOf({ catalogue }: Provider, operation: Operation): readonly string[] {
  const { name, summary, source, route, aliases, versions, notes, errors, wording, reach, reachEvidence, makes } =
    operation
  const rows = errors.flatMap((each) => {
    const known = catalogue[each]
    return known
      ? [errorRow(each, { ...known, ...wording[each] }, reach[each] ?? known.reach, reachEvidence[each])]
      : []
  })
  return [
    `### ${name}`,
    plain(summary),
    [
      `- ${[route, ...aliases].map((each) => code(shown(each))).join(', also ')}`,
      ...(versions ? [`- Versions ${versions.join(', ')}`] : []),
      `- Source: ${plain(source)}`,
      ...(makes ? [`- Makes a ${makes}, which a fault with the outcome \`fails\` lets fail`] : []),
      ...notes.map(({ text, evidence }) => `- ${plain(text)} *${plain(sourceOf(evidence))}*`)
    ].join('\n'),
    rows.length === 0 ? '' : table(['code', 'status', 'message', 'how it is reached', 'source'], rows)
  ]
}

/** The source is that of the operation's answering so, if it says one, else that of the code. */
function errorRow(
  name: string,
  { status, message, evidence }: Refusal,
  reach = '',
  ground: Evidence = evidence
): readonly string[] {
  return [code(name), `${status}`, plain(message), plain(reach), plain(sourceOf(ground))]
}

function shown({ method, path, selector }: Route): string {
  return `${method} ${path}${selector === undefined ? '' : ` ${selector}`}`
}
