import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { BadUsage, type Complaint } from '../documents/complaint.ts'
import { readDocument, type SourceDocument } from '../documents/document.ts'
import { inSlices } from '../documents/slices.ts'
import { type Finding, walk } from '../documents/walk.ts'
import { wordsOf } from '../documents/words.ts'
import { MANIFEST_FILE, Manifest, numberIn, RecordedExchange } from './form.ts'

/** A recording as it lies in a folder. */
export interface Recording {
  readonly folder: string
  readonly manifest: Manifest
  /** In the order in which the calls came. */
  readonly exchanges: readonly FiledExchange[]
}
export interface FiledExchange extends RecordedExchange {
  readonly number: number
  /** The name of its file. */
  readonly file: string
}

/** Takes a folder for a recording. Throws `BadUsage` with all that keeps it from being one. */
export async function readRecording(folder: string): Promise<Recording> {
  const files = await filesIn(folder)
  if (!files.includes(MANIFEST_FILE)) {
    const expected = `a recording is a folder with ${MANIFEST_FILE} and exchanges such as 0001-CreateSnapshot.json`
    throw new BadUsage([{ where: folder, reason: `has no ${MANIFEST_FILE}`, expected }])
  }
  const manifest = await taken(Manifest, join(folder, MANIFEST_FILE))
  const exchanges: FiledExchange[] = []
  const complaints: Complaint[] = []
  for (const file of files) {
    const number = numberIn(file)
    if (number === undefined) continue
    try {
      exchanges.push({ number, file, ...(await readExchange(join(folder, file))) })
    } catch (error) {
      if (!(error instanceof BadUsage)) throw error
      complaints.push(...error.complaints)
    }
  }
  if (complaints.length > 0) throw new BadUsage(complaints)
  if (exchanges.length !== manifest.exchanges) {
    const reason = `counts ${manifest.exchanges} exchanges, and the folder has ${exchanges.length}`
    throw new BadUsage([{ where: join(folder, MANIFEST_FILE), reason, expected: 'a file is missing, or was added' }])
  }
  return { folder, manifest, exchanges: exchanges.toSorted((one, other) => one.number - other.number) }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted()
  } catch (error) {
    const reason = `cannot be read: ${error instanceof Error ? error.message : error}`
    throw new BadUsage([{ where: folder, reason, expected: 'expected the folder of a recording' }])
  }
}

/** Takes a file for an exchange. Throws `BadUsage`. */
export function readExchange(file: string): Promise<RecordedExchange> {
  return taken(RecordedExchange, file)
}

async function taken<T extends TSchema>(schema: T, file: string): Promise<Static<T>> {
  // Of a pipe there is no end.
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => true
  )
  if (!isFile) throw new BadUsage([{ where: file, reason: 'is no file', expected: 'expected one that was recorded' }])
  const document = await readDocument(file)
  const { value } = document
  if (Value.Check(schema, value)) return value
  throw new BadUsage(await complaintsOf(document, schema))
}

async function complaintsOf(document: SourceDocument, schema: TSchema): Promise<readonly Complaint[]> {
  const findings = await inSlices(findingsIn(schema, document.value))
  const places = await document.find(findings.map(({ path }) => path))
  return findings.map((finding, index) => ({ where: places[index]?.where ?? document.file, ...wordsOf(finding) }))
}

function* findingsIn(schema: TSchema, value: unknown): Generator<undefined, readonly Finding[]> {
  const findings: Finding[] = []
  for (const finding of walk(schema, value)) {
    if (finding !== undefined) findings.push(finding)
    yield
  }
  return findings
}
