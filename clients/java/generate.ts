// Writes src/main/java/io/github/snapstand/answers/ from the OpenAPI document of a running server; a test holds the records
// against it.
//   node clients/java/generate.ts http://127.0.0.1:7420
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const PACKAGE = 'io.github.snapstand.answers'
const folder = join(import.meta.dirname, 'src', 'main', 'java', ...PACKAGE.split('.'))

/** What is read here of a schema. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: unknown
  readonly required?: readonly string[]
  readonly description?: string
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}
interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** What has no name of its own in the document is called by where it stands first, or as it is here. */
const NAMES: Readonly<Record<string, string>> = {
  HealthDamaged: 'DamagedWorld',
  WorldSummaryAdvancing: 'Advancing',
  WorldSummaryDamaged: 'Damage',
  ResetReportFailed: 'FailedReset',
  OccurrencesPast: 'PastOccurrence',
  OccurrencesPastSkipped: 'Skipped',
  PastOccurrenceSkipped: 'Skipped',
  OccurrencesNext: 'NextOccurrence',
  TimelinePolicies: 'LanePolicy',
  LanePolicyPast: 'LaneFiring',
  TimelineLanes: 'Lane',
  LaneSnapshots: 'LaneSnapshot',
  LaneParts: 'LanePart',
  ResourceDetailRelated: 'Related',
  RequestsCounts: 'RequestCounts',
  OperationRoute: 'Route',
  OperationErrors: 'DocumentedError',
  DocumentedErrorByFault: 'ErrorFault',
  ErrorFaultThen: 'ErrorFaultThen',
  OperationsBehaviours: 'Behaviour',
  OperationsNotServed: 'NotServed',
  FaultThenRate: 'FaultRate'
}
/** What each is, in a sentence. */
const ABOUT: Readonly<Record<string, string>> = {
  AdvanceReport: 'What an advance came to.',
  AdvanceStop: 'The clock after a stop.',
  Advancing: 'An advance that is under way: where to, and how far it is.',
  Agenda: 'What will happen next in a world.',
  AgendaEntry: 'One thing that will happen in a world.',
  Behaviour: 'The default of a setting, or what time does.',
  Checkpoint: 'A world as it was at an instant.',
  Clock: 'The clock of a world.',
  ClockEvent: 'The clock was set, or an advance moves it.',
  CompletedEvent: 'What took its time has ended.',
  CreatedEvent: 'A resource is there now.',
  Damage: 'Why a world cannot be served.',
  DamagedWorld: 'A world that cannot be served, and why.',
  DocumentedError: 'An error that a cloud documents.',
  ErrorFault: 'A rule that lets the next calls answer an error.',
  ErrorFaultThen: 'What that rule does.',
  Event: "Something that happened, at an instant of the world's clock.",
  Evidence: 'What something rests on: who says so, from what it was concluded, or why it was chosen.',
  EvidenceCounts: 'How many of an operation, its members, errors, states and notes rest on what.',
  Expected: 'The calls that were found.',
  ExpiredEvent: "A snapshot's time is over.",
  FailedReset: 'A world that could not be reset.',
  Fault: 'A rule, and what it came to.',
  FaultEvent: 'A fault did something to a call.',
  FaultRate: 'How many calls go through.',
  FaultThen: 'What happens to a call that a rule meets.',
  FaultWhen: 'Which calls are met: all that is named must be there.',
  FiredEvent: "A policy's instant came.",
  Health: 'What a server says of itself.',
  ImportReport: 'What was put in place of the world.',
  JournalEntry: 'What one call was, and why it was answered so.',
  Lane: 'A volume through time.',
  LaneFiring: 'What a policy did at an instant.',
  LanePart: 'How many snapshots there are in a part of a lane.',
  LanePolicy: 'A policy that lanes are bound to.',
  LaneSnapshot: 'A snapshot on a lane.',
  EvidencedMembers: 'What is sent and answered that rests on the same: body.diskId, answer.snapshotId.',
  MissedEvent: 'Events that were asked for are no longer kept. It is told unasked.',
  Move: 'A world that is moved to another server, or from one, or that has left.',
  NextEvent: 'What will happen next in a world.',
  NextOccurrence: 'An instant at which a policy will fire.',
  NotServed: 'An operation that the cloud has and Snapstand has not.',
  Occurrences: 'What a policy did and will do.',
  Operation: 'An operation of a cloud: what it and all of it rests on, and how each of its errors is reached.',
  Operations: 'What is served of each cloud, and what is not.',
  PastOccurrence: 'What a policy did at an instant.',
  Related: 'What a resource has to do with another.',
  ReplacedEvent: 'The world has another state now, or is no more: what a reader knew of it is void.',
  RequestCounts: 'How many calls there were of what.',
  RequestEvent: 'A call of a cloud was answered.',
  RequestSummary: 'What one call of a cloud was, without its bodies.',
  Requests: 'Calls of the journal.',
  ResetReport: 'Which worlds were reset.',
  Resource: 'A disk or volume, a snapshot, a policy or an instance.',
  ResourceDetail: 'One resource, what it was made from and what it made.',
  Resources: 'What a world has in a cloud.',
  Route: 'Where an operation is called.',
  Setting: 'A setting of a world, with its default and where it comes from.',
  Skipped: 'Why a firing passed over volumes, and over how many.',
  SkippedEvent: 'A firing passed over a volume.',
  Statement: 'Something that an operation does, and what that rests on.',
  Timeline: 'Volumes through time: a lane for each, with the snapshots that are there within a window.',
  Why: 'Why a call was refused: what the cloud never tells.',
  WorldCheckpoint: 'A checkpoint, and the world that was saved or is as it was then.',
  WorldSummary: 'A world in the list of all.'
}
/** Answers that are handed on as they come, and what is told in exceptions. */
const NOT_WRITTEN = new Set(['OpenApiDocument', 'State', 'Problem'])
/** Files of that folder that are written by hand. */
const KEPT = new Set(['package-info.java', 'Named.java', 'Variant.java'])
const KEYWORDS = new Set(['default', 'class', 'package', 'native', 'switch', 'case'])
const INSTANT = 'An instant in ISO 8601 with a time zone.'

const files = new Map<string, string>()
const names = new Map<string, string>()

const [url] = process.argv.slice(2)
if (url === undefined) {
  console.error('name the URL of a running server: node clients/java/generate.ts http://127.0.0.1:7420')
  process.exit(2)
}
const document = (await (await fetch(new URL('/_snapstand/openapi.json', url))).json()) as Document
const sent = new Set(
  Object.values(document.paths).flatMap((path) =>
    Object.values(path).flatMap(({ requestBody }) => nameOf(requestBody?.content?.['application/json']?.schema) ?? [])
  )
)
for (const [name, schema] of Object.entries(document.components.schemas)) {
  if (!sent.has(name) && !NOT_WRITTEN.has(name) && !name.endsWith('Answer')) declare(name, schema)
}
mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) if (!KEPT.has(file)) rmSync(join(folder, file))
for (const [name, text] of files) writeFileSync(join(folder, `${name}.java`), text)
console.log(`${files.size} files in ${folder}`)

function nameOf(schema: Schema | undefined): string | undefined {
  return schema?.$ref?.split('/').at(-1)
}

/** A record, or an interface with a record for each alternative. */
function declare(name: string, schema: Schema): void {
  if (schema.anyOf) declareUnion(name, schema, schema.anyOf)
  else declareRecord(name, schema, '', '')
}

function declareUnion(name: string, schema: Schema, alternatives: readonly Schema[]): void {
  const [first] = alternatives
  const told = Object.entries(first?.properties ?? {}).find(([, member]) => member.const !== undefined)?.[0]
  if (told === undefined) throw new Error(`${name}: nothing tells its alternatives from each other`)
  const common = Object.entries(first?.properties ?? {}).filter(([member, its]) =>
    alternatives.every(
      ({ properties = {} }) => properties[member] && typeOf(properties[member], '') === typeOf(its, '')
    )
  )
  const own = alternatives.map((each) => {
    const word = String(each.properties?.[told]?.const)
    const record = `${word.charAt(0).toUpperCase()}${word.slice(1)}${name}`
    declareRecord(record, each, ` implements ${name}`, `@Variant(member = "${told}", value = "${word}")\n`)
    return record
  })
  const other = `Other${name}`
  const rest: Schema = { type: 'object', additionalProperties: true, description: 'All that was told.' }
  declareRecord(
    other,
    {
      properties: { ...Object.fromEntries(common), members: rest },
      description: `One that this client does not know: the server is newer than it.`
    },
    ` implements ${name}`,
    `@Variant(member = "${told}", value = "")\n`
  )
  const accessors = common.map(([member, its]) => {
    const text =
      member === told
        ? `Which it is: {@code ${alternatives.map((each) => each.properties?.[told]?.const).join(', ')}}.`
        : its.description
    return `${doc(text ?? 'As the API calls it.', '    ')}    ${typeOf(its, '')} ${javaName(member)}();\n`
  })
  write(
    name,
    `${doc(aboutOf(name, schema), '')}public sealed interface ${name}\n        permits ${[...own, other].join(',\n                ')} {\n${accessors.join('\n')}}\n`
  )
}

function declareRecord(name: string, schema: Schema, interfaces: string, annotations: string): void {
  const members = Object.entries(schema.properties ?? {})
  const required = new Set(schema.required ?? [])
  const parameters = members.map(([member, its]) => {
    const type = typeOf(its, `${name}${member.charAt(0).toUpperCase()}${member.slice(1)}`, required.has(member))
    return `${member === javaName(member) ? '' : `@Named("${member}") `}${type} ${javaName(member)}`
  })
  const tags = members.flatMap(([member, its]) => {
    const values = its.enum ?? its.items?.enum
    const text = [
      its.description?.replaceAll(INSTANT, '').trim(),
      values ? `One of ${values.join(', ')}.` : undefined,
      required.has(member) || isList(its) ? undefined : 'Null: not told.'
    ]
    const said = text.filter(Boolean).join(' ')
    return said === '' ? [] : ` * @param ${javaName(member)} ${escaped(said)}`
  })
  const about = escaped(aboutOf(name, schema))
  const head = ['/**', ` * ${about}`, ...(tags.length > 0 ? [' *', ...tags] : []), ' */'].flatMap((line) =>
    wrapped(line)
  )
  const list = parameters.length > 0 ? `\n    ${parameters.join(',\n    ')}` : ''
  write(name, `${head.join('\n')}\n${annotations}public record ${name}(${list})${interfaces} {}\n`)
}

function isList({ type, patternProperties, additionalProperties }: Schema): boolean {
  return type === 'array' || patternProperties !== undefined || additionalProperties !== undefined
}

/** `isSure`: it is always told, so a primitive type holds it. */
function typeOf(schema: Schema, path: string, isSure = false): string {
  const named = nameOf(schema)
  if (named !== undefined) return named
  const { type, anyOf } = schema
  if (anyOf) {
    const rest = anyOf.filter((each) => each.type !== 'null')
    const [only] = rest
    if (rest.length === 1 && only) return typeOf(only, path)
    return rest.every((each) => each.properties) ? innerOf(schema, path) : 'Object'
  }
  if (Array.isArray(type)) {
    const rest = type.filter((each) => each !== 'null')
    return rest.length === 1 ? typeOf({ ...schema, type: rest[0] }, path) : 'Object'
  }
  if (type === 'array') return `List<${typeOf(schema.items ?? {}, path)}>`
  if (type === 'object') {
    if (schema.properties && !schema.additionalProperties) return innerOf(schema, path)
    const [held = {}] = Object.values(schema.patternProperties ?? {})
    return `Map<String, ${typeOf(held, path)}>`
  }
  if (type === 'string') return schema.description?.includes(INSTANT) ? 'Instant' : 'String'
  if (type === 'integer') {
    const isLong = /(bytes|uptimeMs)$/i.test(path)
    return isSure ? (isLong ? 'long' : 'int') : isLong ? 'Long' : 'Integer'
  }
  if (type === 'number') return isSure ? 'double' : 'Double'
  if (type === 'boolean') return isSure ? 'boolean' : 'Boolean'
  if (typeof schema.const === 'string') return 'String'
  return 'Object'
}

/** The type of what has no name in the document; what is the same in several places is declared once. */
function innerOf(schema: Schema, path: string): string {
  const form = JSON.stringify(schema.properties ?? schema.anyOf, (key, value) =>
    key === 'description' || key === 'examples' ? undefined : value
  )
  const known = names.get(form)
  if (known !== undefined) return known
  const name = NAMES[path] ?? path
  names.set(form, name)
  declare(name, schema)
  return name
}

function write(name: string, text: string): void {
  const imports = ['List', 'Map']
    .filter((each) => text.includes(`${each}<`))
    .map((each) => `import java.util.${each};\n`)
  if (/\bInstant[ >]/.test(text)) imports.unshift('import java.time.Instant;\n')
  const gap = imports.length > 0 ? '\n' : ''
  files.set(
    name,
    `// Written by generate.ts: change nothing here.\npackage ${PACKAGE};\n\n${imports.join('')}${gap}${text}`
  )
}

function javaName(member: string): string {
  return KEYWORDS.has(member) ? `${member}Value` : member
}

function aboutOf(name: string, { description }: Schema): string {
  const about = ABOUT[name] ?? description
  if (about === undefined) throw new Error(`${name}: ABOUT has no sentence for it`)
  return about
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '&#64;')
    .replaceAll('*/', '*&#47;')
    .replace(/`([^`]+)`/g, '{@code $1}')
}

function doc(text: string, indent: string): string {
  return `${wrapped(`${indent}/** ${escaped(text).replaceAll('{&#64;', '{@')} */`, `${indent} * `).join('\n')}\n`
}

/** Lines of at most 120 letters. */
function wrapped(line: string, indent = ' *     '): readonly string[] {
  const lines: string[] = []
  let rest = line
  while (rest.length > 120) {
    const cut = rest.lastIndexOf(' ', 120)
    lines.push(rest.slice(0, cut))
    rest = `${indent}${rest.slice(cut + 1)}`
  }
  return [...lines, rest]
}
