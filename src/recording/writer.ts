import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { BadUsage } from '../documents/complaint.ts'
import { exchangeFile, MANIFEST_FILE, type Manifest, numberIn, type RecordedExchange } from './form.ts'
import { readExchange } from './reader.ts'

/** Writes a recording, a file at a time; the manifest counts what is there whenever it ends. */
export interface RecordingWriter {
  /** The name that the file of an exchange has, or would have. */
  nameOf(number: number, operation: string | undefined): string
  write(number: number, exchange: RecordedExchange): Promise<void>
  /** One that was written. */
  read(number: number, operation: string | undefined): Promise<RecordedExchange>
  /** Takes an exchange back. */
  remove(number: number, operation: string | undefined): Promise<void>
  writeManifest(manifest: Manifest): Promise<void>
  /** Of a recording that did not come to be. */
  removeManifest(): Promise<void>
}

/** Makes the folder where there is none. Throws `BadUsage` where it has a recording, or cannot be made. */
export async function createRecordingWriter(folder: string): Promise<RecordingWriter> {
  await claim(folder)
  // A pair of texts, as a header is, stands in a line.
  const textOf = (document: object) => `${JSON.stringify(document, null, 2).replace(PAIR, '[$1, $2]')}\n`
  const pathOf = (number: number, operation: string | undefined) => join(folder, exchangeFile(number, operation))
  return {
    nameOf: exchangeFile,
    write: (number, exchange) => replaceFile(pathOf(number, exchange.operation), textOf(exchange)),
    read: (number, operation) => readExchange(pathOf(number, operation)),
    remove: (number, operation) => rm(pathOf(number, operation)),
    writeManifest: (manifest) => replaceFile(join(folder, MANIFEST_FILE), textOf(manifest)),
    removeManifest: () => rm(join(folder, MANIFEST_FILE))
  }
}

/** Whoever reads it, meanwhile or after an end in the middle, reads a whole one or none. */
async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}

/** Throws `BadUsage` where a folder has a recording: none is written over. */
export async function refuseRecording(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => [])
  if (!files.some((file) => file === MANIFEST_FILE || numberIn(file) !== undefined)) return
  const reason = `${folder} has a recording, and none is written over`
  throw new BadUsage([{ where: '--to', reason, expected: 'name another folder, or move that one away' }])
}

async function claim(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
  } catch (error) {
    const reason = `${folder} cannot be written: ${error instanceof Error ? error.message : error}`
    throw new BadUsage([{ where: '--to', reason, expected: 'expected a folder' }])
  }
  await refuseRecording(folder)
}

/** With what is missing of its path. Node's own goes round for ever where nothing can be made, as in `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return
    const above = dirname(resolve(folder))
    if (codeOf(error) !== 'ENOENT' || above === resolve(folder) || (await isThere(above))) throw error
    await makeFolder(above)
    await mkdir(folder)
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

const PAIR = /\[\n\s+("(?:[^"\\]|\\.)*"),\n\s+("(?:[^"\\]|\\.)*")\n\s+\]/g
