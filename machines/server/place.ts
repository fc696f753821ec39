import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './start.ts'

/** A seed in which something of every kind stands, in every state that a seed can name: the place of the fixtures. */
export interface Place extends AsyncDisposable {
  readonly file: string
  readonly text: string
}

/** Writes it into a folder that goes with it. */
export async function writePlace(): Promise<Place> {
  const text = ['zenlayer', 'baidu']
    .map((cloud) => readFileSync(join(ROOT, 'fixtures', cloud, 'place.yaml'), 'utf8'))
    .join('\n')
  const folder = await mkdtemp(join(tmpdir(), 'snapstand-place-'))
  const file = join(folder, 'place.yaml')
  await writeFile(file, text)
  return { file, text, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
