import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { at, replaceFile, root } from './files.ts'
import { schemaTypes } from './schema-types.ts'

const SPECIFIER = /(?<!['"])\b((?:from|import\()\s*['"])([^'"]+)(?=['"])/g
/** An import for its effect alone, which declares nothing. */
const EFFECT = /^import\s*['"][^'"]+['"];?\n/gm

/** What programs import. */
const ENTRIES = ['index.ts', 'client/index.ts']

/** The declarations that the entries reach, and no others: what they import must be ours or Node's. */
export async function writeTypes(): Promise<void> {
  await mkdir(at('.tmp'), { recursive: true })
  const folder = await mkdtemp(at('.tmp/types-'))
  try {
    const complaints = await declare(folder)
    const reached = await declarationsFrom(ENTRIES, folder)
    // Not everything in the program can be declared, nor needs to be: only complaints about what is reached count.
    const complaint = complaints.find((line) => {
      const file = relative('src', line.split('(', 1)[0] ?? '')
      return reached.has(file) && !isWrittenOut(file)
    })
    if (complaint !== undefined) throw new Error(complaint)
    await rm(at('dist/types'), { recursive: true, force: true })
    for (const [file, text] of reached) await replaceFile(at('dist/types', declarationOf(file)), text)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes the declaration of every source file, and gives back what the compiler says. */
function declare(folder: string): Promise<readonly string[]> {
  const arguments_ = ['-p', at('tsconfig.build.json'), '--outDir', folder]
  return new Promise((resolve, reject) => {
    execFile(at('node_modules/.bin/tsc'), arguments_, { cwd: root }, (error, stdout) => {
      if (typeof error?.code === 'string') reject(error)
      else resolve(stdout.split('\n'))
    })
  })
}

/** By source file, as text that names the JavaScript which the other declarations stand for. */
async function declarationsFrom(entries: readonly string[], folder: string): Promise<ReadonlyMap<string, string>> {
  const reached = new Map<string, string>()
  const open = [...entries]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue
    const text = isWrittenOut(file)
      ? await schemaTypes(file)
      : (await readFile(join(folder, declarationOf(file)), 'utf8')).replaceAll(EFFECT, '')
    for (const [, , name = ''] of text.matchAll(SPECIFIER)) {
      if (!name.startsWith('.')) throw new Error(`the public type ${file} imports ${name}`)
      open.push(join(dirname(file), name))
    }
    reached.set(
      file,
      text.replace(SPECIFIER, (_, before: string, name: string) => before + name.replace(/\.ts$/, '.js'))
    )
  }
  return reached
}

/** Of the rows the package has the types alone. */
function isWrittenOut(file: string): boolean {
  return file.startsWith('doors/')
}

function declarationOf(file: string): string {
  return file.replace(/\.ts$/, '.d.ts')
}
