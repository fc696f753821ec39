import { settingsOf } from '../core/model/rules.ts'
import { seedSchema } from '../seed/check.ts'

/** Words that our schemas carry for our own messages, and JSON Schema does not know. */
const OURS = ['expected', 'refusal', 'wrong', 'emptyIsGiven', 'emptyIsAbsent', 'ignored']

/** The JSON Schema of a seed document, as plain data: editors complete and check by it. */
export async function jsonSchema(): Promise<object> {
  const { clouds } = await import('../clouds.ts')
  const settings = settingsOf(Object.fromEntries(clouds.map((provider) => [provider.name, provider.rules])))
  const schema: object = JSON.parse(
    JSON.stringify(seedSchema(clouds, settings), (name, value: unknown) => (OURS.includes(name) ? undefined : value))
  )
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A seed of Snapstand: what a world starts with',
    ...schema
  }
}
