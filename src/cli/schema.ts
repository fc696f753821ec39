import { configSchema } from '../config/schema.ts'
import { settingsOf } from '../core/model/rules.ts'
import { BadUsage } from '../documents/complaint.ts'
import { unknownName } from '../documents/words.ts'
import { seedSchema } from '../seed/check.ts'

/** What of a user's is written by a schema. */
export const DOCUMENTS = { seed: 'what a world starts with', config: 'what the server is told' } as const
type Document = keyof typeof DOCUMENTS

/** Words that our schemas carry for our own messages, and JSON Schema does not know. */
const OURS = ['expected', 'refusal', 'wrong', 'emptyIsGiven', 'emptyIsAbsent', 'ignored', 'evidence']

/** The JSON Schema of a seed or of a configuration file, as plain data. Throws `BadUsage` for any other name. */
export async function jsonSchema(name: string, version: string): Promise<object> {
  if (!isDocument(name)) throw new BadUsage([{ where: name, ...unknownName(name, Object.keys(DOCUMENTS)) }])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    // A name, and no address: nothing is to be asked for it.
    $id: `urn:snapstand:${version}:${name}`,
    title: `${name === 'seed' ? 'A seed' : 'A configuration file'} of Snapstand: ${DOCUMENTS[name]}`,
    ...(name === 'seed' ? await plainSeedSchema() : configSchema())
  }
}

function isDocument(name: string): name is Document {
  return Object.hasOwn(DOCUMENTS, name)
}

async function plainSeedSchema(): Promise<object> {
  const { clouds } = await import('../clouds.ts')
  const settings = settingsOf(Object.fromEntries(clouds.map((provider) => [provider.name, provider.rules])))
  return JSON.parse(
    JSON.stringify(seedSchema(clouds, settings), (name, value: unknown) => (OURS.includes(name) ? undefined : value))
  )
}
