import { type TSchema, Type } from '@sinclair/typebox'
import { instant } from '../config/flags.ts'
import type { SettingTable } from '../core/model/rules.ts'
import { BadUsage } from '../documents/complaint.ts'
import type { SourceDocument } from '../documents/document.ts'
import { faultsOf } from '../documents/seed-wrongs.ts'
import { complaintsOf, type Seed, type Seedable, seedOf } from './seed.ts'

const CLOSED = { additionalProperties: false }

/** The form of a whole seed document. */
export function seedSchema(providers: readonly Seedable[], settings: SettingTable): TSchema {
  const rooms = providers.map(({ name, seed }) => [name, Type.Optional(seed.schema)] as const)
  const forms = Object.entries(settings).map(([name, { form }]) => [name, Type.Optional(form)] as const)
  const clock = Type.Object(
    {
      mode: Type.Optional(Type.Union([Type.Literal('system'), Type.Literal('manual')])),
      at: Type.Optional(Type.String({ expected: instant.expected }))
    },
    CLOSED
  )
  return Type.Object(
    {
      ...Object.fromEntries(rooms),
      settings: Type.Optional(Type.Object(Object.fromEntries(forms), CLOSED)),
      clock: Type.Optional(clock),
      internal: Type.Optional(
        Type.Unknown({ description: 'The rows of an export: what is loaded uses them, a seed leaves them aside.' })
      )
    },
    CLOSED
  )
}

/** Takes a document for a seed; throws `BadUsage` with every fault of it, in the order of the file. */
export function checkSeed(document: SourceDocument, providers: readonly Seedable[], settings: SettingTable): Seed {
  const value = document.value ?? {}
  const faults = [...faultsOf(seedSchema(providers, settings), value)]
  const at = instantIn(value)
  if (at !== undefined && instant.read(at) === undefined) {
    faults.push({ path: ['clock', 'at'], reason: `is ${JSON.stringify(at)}`, expected: `expected ${instant.expected}` })
  }
  if (faults.length > 0) throw new BadUsage(complaintsOf(document, faults))
  return seedOf(document, providers)
}

/** Which day there is, no schema can say. */
function instantIn(value: unknown): string | undefined {
  const clock: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'clock') : undefined
  const at: unknown = typeof clock === 'object' && clock !== null ? Reflect.get(clock, 'at') : undefined
  return typeof at === 'string' ? at : undefined
}
