import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isLike, isLikeText } from './likeness.ts'
import type { Block, Page } from './page.ts'
import { openShell, type Shell } from './shell.ts'

export interface Ran {
  /** Blocks that were started, run or written. */
  readonly ran: number
  /** Answers that were compared. */
  readonly compared: number
  /** Answers that are another one now: which block shows them, and what was printed. */
  readonly stale: readonly { readonly block: Block; readonly printed: string }[]
}

/** Does what a page says, from top to bottom. Throws where a block fails. */
export async function runPage(page: Page): Promise<Ran> {
  const shell = await openShell()
  let printed = ''
  let ran = 0
  let compared = 0
  const stale: { block: Block; printed: string }[] = []
  try {
    for (const block of page.blocks) {
      if (block.mark === 'shown') continue
      if (block.mark === 'answer') {
        compared += 1
        if (!isShown(block, printed)) stale.push({ block, printed })
        continue
      }
      ran += 1
      printed = await doBlock(page, block, shell)
    }
  } finally {
    await shell.close()
  }
  return { ran, compared, stale }
}

async function doBlock(page: Page, block: Block, shell: Shell): Promise<string> {
  const { language, mark, value, text, line } = block
  const at = `${page.path}:${line}`
  if (mark === 'file') {
    const file = join(shell.folder, value)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    return ''
  }
  if (mark === 'server') {
    await shell.serve(text).catch((error: unknown) => {
      throw new Error(`${at}: ${text}`, { cause: error })
    })
    return ''
  }
  const isProgram = language === 'ts' || language === 'js'
  const commands = isProgram ? programIn(language, text, line) : text
  const { out, err, isDone } = await shell.type(commands)
  if (!isDone) throw new Error(`${at}: it ended badly\n${text}\n${out}\n${err}`)
  const said = isProgram ? saidBy(text) : ''
  if (said !== '' && !isLikeText(said, out))
    throw new Error(`${at}: it should have printed\n${said}\nand printed\n${out}`)
  return out
}

/** What runs a program that stands in a page. */
function programIn(language: string, text: string, line: number): string {
  const file = `program-${line}.${language === 'js' ? 'mjs' : 'ts'}`
  return `cat > ${file} <<'PROGRAM'\n${text}PROGRAM\nnode ${file}\n`
}

/** What its comments say that it prints. */
function saidBy(program: string): string {
  return [...program.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, words = '']) => `${words}\n`).join('')
}

function isShown({ language, text }: Block, printed: string): boolean {
  if (language !== 'json') return isLikeText(text, printed)
  try {
    return isLike(JSON.parse(text), JSON.parse(printed))
  } catch {
    return false
  }
}
