import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../program.ts'

// The pages of documentation as a test reads them: blocks of code, each with a mark that says what is done with it. A
// mark stands behind the language, where neither a forge nor the site shows it:
//   sh server      starts the server that the blocks below it talk to, in place of the one before
//   sh run         is typed into a shell; ts run is a program, which prints what the comments of its console.log say
//   json answer    what the block above it prints, text answer the same for people
//   … file=NAME    is written to that file, in the folder where the page's commands are typed
//   … shown        is only to be read; of a shell's block it says why: shown=docker

/** Why a block of shell commands is not run here. */
export const REASONS = {
  install: 'CI does it before anything else, in .ci/run',
  docker: 'wants a container engine',
  registry: 'wants Terraform’s registry'
} as const

export type Mark = 'server' | 'run' | 'answer' | 'file' | 'shown'

export interface Block {
  readonly language: string
  readonly mark: Mark
  /** The file’s name, or the reason why it is only shown. */
  readonly value: string
  readonly text: string
  /** Of the line that opens it. */
  readonly line: number
  /** Where its text lies in the page. */
  readonly from: number
  readonly to: number
}

export interface Page {
  /** From the root of the repository. */
  readonly path: string
  readonly text: string
  readonly blocks: readonly Block[]
  /** Programs that its blocks want, besides a shell, curl and Node. */
  readonly needs: readonly string[]
}

const FENCE = /^( *)```(\w*)([^\n]*)\n([\s\S]*?)^\1```$/gm
const MARK = /^(server|run|answer|shown)(?:=([\w-]+))?$|^file=(\S+)$/

export function readPage(path: string): Page {
  return pageOf(path, readFileSync(join(ROOT, path), 'utf8'))
}

/** A page by its text. Throws where a block bears no mark, or one that is none. */
export function pageOf(path: string, text: string): Page {
  const needs = /^<!-- needs: (.+) -->$/m.exec(text)?.[1]?.split(' ') ?? []
  const blocks = [...text.matchAll(FENCE)].map(
    ({ 0: all, 1: indent = '', 2: language = '', 3: info = '', 4: held = '', index }): Block => {
      const line = text.slice(0, index).split('\n').length
      const [, word, value = '', file] = MARK.exec(info.trim()) ?? []
      const mark = file === undefined ? markOf(word) : 'file'
      if (!mark)
        throw new Error(`${path}:${line}: a block says nothing of what is done with it: \`\`\`${language}${info}`)
      if (mark === 'shown' && language === 'sh' && !(value in REASONS)) {
        throw new Error(`${path}:${line}: shown=${value} is no reason; known: ${Object.keys(REASONS).join(', ')}`)
      }
      const from = index + all.indexOf('\n') + 1
      const to = from + held.length
      return {
        language,
        mark,
        value: file ?? value,
        text: held.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
        line,
        from,
        to
      }
    }
  )
  for (const [index, { mark, line }] of blocks.entries()) {
    if (mark === 'answer' && blocks[index - 1]?.mark !== 'run') {
      throw new Error(`${path}:${line}: an answer without anything above it that is run`)
    }
  }
  return { path, text, blocks, needs }
}

function markOf(word: string | undefined): Exclude<Mark, 'file'> | undefined {
  return word === 'server' || word === 'run' || word === 'answer' || word === 'shown' ? word : undefined
}
