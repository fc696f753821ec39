import { readFile } from 'node:fs/promises'
import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import { at } from './files.ts'

/** `Static<…>` of TypeBox, which is not part of the package, or a nearer name of the same. */
const STATIC = /^export type (\w+) = Static<typeof \1>$/gm

/** The types of a source file that are those of its schemas, written out. */
export async function schemaTypes(file: string): Promise<string> {
  const source = await readFile(at('src', file), 'utf8')
  const schemas: Readonly<Record<string, unknown>> = await import(at('src', file))
  const types = [...source.matchAll(STATIC)].map(([, name = '']) => {
    const schema = schemas[name]
    if (!KindGuard.IsSchema(schema)) throw new Error(`${file} exports no schema ${name}`)
    return `${commentOf(source, name)}export type ${name} = ${typeOf(schema, '')};\n`
  })
  return `${types.join('')}export {};\n`
}

/** What the source says of a schema. */
function commentOf(source: string, name: string): string {
  const [comment = ''] = new RegExp(`/\\*\\*(?:(?!\\*/)[^])*\\*/\\n(?=export const ${name} =)`).exec(source) ?? []
  return comment
}

function typeOf(schema: TSchema, indent: string): string {
  if (KindGuard.IsString(schema)) return 'string'
  if (KindGuard.IsInteger(schema) || KindGuard.IsNumber(schema)) return 'number'
  if (KindGuard.IsBoolean(schema)) return 'boolean'
  if (KindGuard.IsNull(schema)) return 'null'
  if (KindGuard.IsUnknown(schema)) return 'unknown'
  if (KindGuard.IsLiteral(schema)) return JSON.stringify(schema.const)
  if (KindGuard.IsUnion(schema)) return schema.anyOf.map((each) => typeOf(each, indent)).join(' | ')
  if (KindGuard.IsArray(schema)) return `Array<${typeOf(schema.items, indent)}>`
  if (KindGuard.IsRecord(schema)) return `Record<string, ${typeOf(valuesOf(schema), indent)}>`
  if (KindGuard.IsObject(schema)) return objectOf(schema, indent)
  throw new Error(`no type is written for ${JSON.stringify(schema)}`)
}

function valuesOf({ patternProperties }: { readonly patternProperties: Readonly<Record<string, TSchema>> }): TSchema {
  const [value] = Object.values(patternProperties)
  if (!value) throw new Error('a record has one pattern')
  return value
}

function objectOf({ properties }: TObject, indent: string): string {
  const inner = `${indent}    `
  const members = Object.entries(properties).map(([name, member]) => {
    const { description } = member
    const comment = typeof description === 'string' ? `${inner}/** ${description.replaceAll('*/', '*\\/')} */\n` : ''
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
    return `${comment}${inner}${key}${KindGuard.IsOptional(member) ? '?' : ''}: ${typeOf(member, inner)};\n`
  })
  return members.length === 0 ? '{}' : `{\n${members.join('')}${indent}}`
}
