import { jsonSchema } from '../../src/cli/schema.ts'
import type { JsonSchema } from '../../src/http/openapi/document.ts'
import { code, madeFrom, page, plain } from './markdown.ts'
import { membersTable, recordOf } from './schemas.ts'

/** Every member of a seed. */
export async function seedsPage(): Promise<string> {
  const schema = recordOf(await jsonSchema('seed', ''))
  return page(
    'Seeds',
    madeFrom('the JSON Schema of a seed, which `snapstand schema` writes'),
    'A document in YAML or JSON. Members are called what each cloud’s own answers call them. [How to](../how-to/seeds.md) write, load and export one; settings stand on [their own page](settings.md), faults on [theirs](faults.md).',
    sectionsOf('', schema)
  )
}

/** A table for each object, and one for each object in it. */
function sectionsOf(path: string, schema: JsonSchema): readonly string[] {
  if (path === 'settings' || path.startsWith('faults')) return []
  const members = Object.entries(recordOf(schema.properties))
  const inner = members.flatMap(([name, member]) => {
    const { at, of } = objectIn(path === '' ? name : `${path}.${name}`, recordOf(member))
    return sectionsOf(at, of)
  })
  if (members.length === 0) return []
  const { description } = schema
  const said = typeof description === 'string' ? plain(description) : ''
  return [path === '' ? '## The document' : `## ${code(path)}`, said, membersTable(schema, code), ...inner]
}

function objectIn(at: string, schema: JsonSchema): { readonly at: string; readonly of: JsonSchema } {
  return schema.type === 'array' ? objectIn(`${at}[]`, recordOf(schema.items)) : { at, of: schema }
}
