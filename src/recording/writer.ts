import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BadUsage } from '../documents/complaint.ts'
import { exchangeFile, MANIFEST_FILE, type Manifest, numberIn, type RecordedExchange } from './form.ts'

/** Writes a recording, a file at a time; the manifest counts what is there whenever it ends. */
export interface RecordingWriter {
  /** The text of a file as it would be, for who looks it through before. */
  textOf(document: object): string
  write(number: number, exchange: RecordedExchange): Promise<void>
  writeManifest(manifest: Manifest): Promise<void>
}

/** Makes the folder where there is none. Throws `BadUsage` where it has a recording, or cannot be made. */
export async function createRecordingWriter(folder: string): Promise<RecordingWriter> {
  await claim(folder)
  const textOf = (document: object) => `${JSON.stringify(document, null, 2)}\n`
  return {
    textOf,
    async write(number, exchange) {
      await writeFile(join(folder, exchangeFile(number, exchange.operation)), textOf(exchange), { flag: 'wx' })
    },
    async writeManifest(manifest) {
      const file = join(folder, MANIFEST_FILE)
      // Whoever reads it meanwhile reads a whole one.
      await writeFile(`${file}.new`, textOf(manifest))
      await rename(`${file}.new`, file)
    }
  }
}

async function claim(folder: string): Promise<void> {
  let files: readonly string[]
  try {
    await mkdir(folder, { recursive: true })
    files = await readdir(folder)
  } catch (error) {
    const reason = `${folder} cannot be written: ${error instanceof Error ? error.message : error}`
    throw new BadUsage([{ where: '--to', reason, expected: 'expected a folder' }])
  }
  if (!files.some((file) => file === MANIFEST_FILE || numberIn(file) !== undefined)) return
  const reason = `${folder} has a recording, and none is written over`
  throw new BadUsage([{ where: '--to', reason, expected: 'name another folder, or move that one away' }])
}
