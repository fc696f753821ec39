import type { Door } from '../../src/doors/door.ts'
import { DOORS } from '../../src/doors/index.ts'
import { controlDocument } from '../../src/http/openapi/control.ts'
import type { JsonSchema } from '../../src/http/openapi/document.ts'
import { createSchemaWriter } from '../../src/http/openapi/schemas.ts'
import { code, madeFrom, page, plain, table } from './markdown.ts'
import { membersTable, recordOf, saidOf, typeOf } from './schemas.ts'

const ABOUT = {
  server: 'the server',
  world: 'one world',
  worlds: 'one world, or with `*` all of them'
} as const satisfies Record<Door['about'], string>

/** Every call of the control API: what is sent, what is answered, what refuses it. */
export function controlApiPage(): string {
  const { components, info, paths } = controlDocument(DOORS, { url: '', version: '' })
  const link = (name: string) => `[${name}](#${name.toLowerCase()})`
  const calls = DOORS.flatMap((door) => {
    const { [door.method.toLowerCase()]: operation } = recordOf(paths[templated(door.path)])
    return sectionOf(door, recordOf(operation), link)
  })
  const forms = Object.entries(components.schemas).flatMap(([name, schema]) => [
    `### ${name}`,
    typeof schema.description === 'string' ? plain(schema.description) : '',
    membersTable(schema, link) || typeOf(schema, link)
  ])
  return page(
    'Control API',
    madeFrom('the rows of src/doors/, as /_snapstand/openapi.json'),
    'All paths are under `/_snapstand`. A running server describes the same in OpenAPI at `/_snapstand/openapi.json`.',
    info.description,
    'Any call may be refused with 400, 401, 403, 408, 413, 415, 421, 500 or 503; what each is refused with besides stands below it.',
    table(
      ['call', 'does'],
      DOORS.map((door) => [`[${door.method} ${door.path}](#${door.name.toLowerCase()})`, plain(door.summary)])
    ),
    '## Calls',
    calls,
    '## Forms',
    forms
  )
}

function sectionOf(door: Door, operation: JsonSchema, link: (name: string) => string): readonly string[] {
  const { name, method, path, summary, notes = [], about, refusals } = door
  const body = recordOf(operation.requestBody)
  const answer = recordOf(recordOf(operation.responses)[String(door.answer.status)])
  return [
    `### ${name}`,
    `\`${method} ${path}\`: ${plain(summary)}`,
    [
      ...notes.map((note) => `- ${plain(note)}`),
      `- About ${ABOUT[about]}.`,
      ...(body.content === undefined ? [] : [`- Sent: ${contentOf(body, link)}.`]),
      `- Answered: ${door.answer.status === 204 ? 'nothing (204)' : contentOf(answer, link)}.`,
      ...(refusals.length === 0 ? [] : [`- Refused with ${refusals.join(', ')}, besides what any call may be.`])
    ].join('\n'),
    parametersOf(door, link)
  ]
}

function contentOf({ content }: JsonSchema, link: (name: string) => string): string {
  return Object.entries(recordOf(content))
    .map(([type, media]) => {
      const { contentSchema, ...schema } = recordOf(recordOf(media).schema)
      const of = contentSchema === undefined ? schema : recordOf(contentSchema)
      return type === 'application/json' ? typeOf(of, link) : `${code(type)}${of.$ref ? ` of ${typeOf(of, link)}` : ''}`
    })
    .join(', or ')
}

/** What stands in the path, the query and the headers; `world` is the same everywhere. */
function parametersOf({ request }: Door, link: (name: string) => string): string {
  const writer = createSchemaWriter()
  const rows = [
    { where: 'path', members: request.params },
    { where: 'query', members: request.query },
    { where: 'header', members: request.headers }
  ].flatMap(({ where, members }) =>
    Object.entries(members?.properties ?? {})
      .filter(([name]) => name !== 'world')
      .map(([name, schema]) => {
        const of = writer.of(schema)
        const isRequired = members?.required?.includes(name) ?? false
        return [code(name), where, typeOf(of, link), isRequired ? 'yes' : '', saidOf(of)]
      })
  )
  return rows.length === 0 ? '' : table(['parameter', 'in', 'type', 'required', 'what it is'], rows)
}

function templated(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}')
}
