import { type TSchema, Type } from '@sinclair/typebox'
import { FAULTS_MAX, FaultForm } from '../core/model/fault-form.ts'
import type { SettingTable } from '../core/model/rules.ts'
import { BadUsage } from '../documents/complaint.ts'
import type { SourceDocument } from '../documents/document.ts'
import { clockInstant } from '../documents/instants.ts'
import { type PathWrong, Told } from '../documents/reading.ts'
import { inSlices } from '../documents/slices.ts'
import { walk } from '../documents/walk.ts'
import { shown, wordsOf } from '../documents/words.ts'
import { BadSeed } from '../providers/seed-room.ts'
import { badUsageOf, type Seed, type Seedable, seedOf } from './seed.ts'

const CLOSED = { additionalProperties: false }

/** The form of a whole seed document. */
export function seedSchema(providers: readonly Seedable[], settings: SettingTable): TSchema {
  const rooms = providers.map(({ name, seed }) => [name, Type.Optional(seed.schema)] as const)
  const forms = Object.entries(settings).map(([name, { form }]) => [name, Type.Optional(form)] as const)
  const clock = Type.Object(
    {
      mode: Type.Optional(Type.Union([Type.Literal('system'), Type.Literal('manual')])),
      at: Type.Optional(Type.String({ expected: clockInstant.expected }))
    },
    CLOSED
  )
  return Type.Object(
    {
      ...Object.fromEntries(rooms),
      settings: Type.Optional(Type.Object(Object.fromEntries(forms), CLOSED)),
      clock: Type.Optional(clock),
      faults: Type.Optional(
        Type.Array(faultForm(providers), {
          maxItems: FAULTS_MAX,
          description: 'Rules for what goes wrong, in the order in which they act.'
        })
      ),
      internal: Type.Optional(
        Type.Unknown({ description: 'The rows of an export: what is loaded uses them, a seed leaves them aside.' })
      )
    },
    CLOSED
  )
}

/** A rule, with the operations that there are, for editors; patterns are as good. */
function faultForm(providers: readonly Seedable[]): TSchema {
  const names = new Set(providers.flatMap(({ operations }) => operations.map(({ name }) => name)))
  const { operation } = FaultForm.properties
  return {
    ...FaultForm,
    properties: { ...FaultForm.properties, operation: { ...operation, examples: ['*', ...names] } }
  }
}

/** Takes a document for a seed; throws `BadUsage` with what is wrong with it, in the order of the file. */
export async function checkSeed(
  document: SourceDocument,
  providers: readonly Seedable[],
  settings: SettingTable
): Promise<Seed> {
  const { value } = document
  // Mostly a slip: a file that is empty yet, a name of a file that there is none of.
  if (value === undefined || value === null) {
    const expected = 'a world is emptied by {}, and put back to its starter seed by a reset'
    throw new BadUsage([{ where: document.file, reason: 'says nothing', expected }])
  }
  const wrongs = await inSlices(wrongsIn(value, seedSchema(providers, settings)))
  if (wrongs.first.length > 0) throw await badUsageOf(document, new BadSeed(wrongs))
  return seedOf(document, providers)
}

function* wrongsIn(value: unknown, schema: TSchema): Generator<undefined, Told<PathWrong>> {
  const wrongs = new Told<PathWrong>()
  const at = instantIn(value)
  if (at !== undefined && clockInstant.read(at) === undefined) {
    const words = { reason: `is ${shown(at)}`, expected: `expected ${clockInstant.expected}` }
    wrongs.add(() => ({ path: ['clock', 'at'], ...words }))
  }
  for (const finding of walk(schema, value)) {
    if (finding !== undefined) wrongs.add(() => ({ path: finding.path, ...wordsOf(finding) }))
    yield
  }
  return wrongs
}

/** Which day there is, no schema can say. */
function instantIn(value: unknown): string | undefined {
  const clock: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'clock') : undefined
  const at: unknown = typeof clock === 'object' && clock !== null ? Reflect.get(clock, 'at') : undefined
  return typeof at === 'string' ? at : undefined
}
