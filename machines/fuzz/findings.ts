import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { curlOf, type Request } from '../requests/request.ts'
import type { Answer } from '../server/connection.ts'
import { ROOT } from '../server/start.ts'

export interface Finding {
  /** The same words for all findings of one kind. */
  readonly wrong: string
  readonly detail?: string | undefined
  /** How to send it again, in a shell. */
  readonly again?: readonly string[]
  readonly answer?: Answer | undefined
}

/** What was found, by kind; the first of each kind are told in full. */
export interface Findings {
  add(finding: Finding): void
  isNew(wrong: string): boolean
  /** How many of each kind. */
  readonly kinds: ReadonlyMap<string, number>
}

const TOLD_EACH = 2

export function createFindings(tell: (text: string) => void): Findings {
  const kinds = new Map<string, number>()
  return {
    kinds,
    isNew: (wrong) => (kinds.get(wrong) ?? 0) < TOLD_EACH,
    add({ wrong, detail, again = [], answer }) {
      const count = (kinds.get(wrong) ?? 0) + 1
      kinds.set(wrong, count)
      if (count > TOLD_EACH) return
      const lines = [`FOUND ${wrong}`, ...(detail ? [`  ${detail}`] : [])]
      for (const way of again) lines.push(`  again: ${way}`)
      if (answer) lines.push(`  answer: ${answer.status} ${answer.body.toString('utf8', 0, 600)}`)
      tell(`${lines.join('\n')}\n`)
    }
  }
}

const LONGEST_LINE = 3000

/** How to send these bytes again; long ones are left in a file. */
export function againOf(bytes: Buffer, port: number): string {
  const send = `nc -q 2 127.0.0.1 ${port}`
  const text = bytes.toString('base64')
  if (text.length <= LONGEST_LINE) return `echo ${text} | base64 -d | ${send}`
  const folder = join(ROOT, '.tmp', 'fuzz')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${process.pid}-${kept++}.bin`)
  writeFileSync(file, bytes)
  const line = bytes.toString('latin1', 0, bytes.indexOf('\r\n')).slice(0, 200)
  return `${send} < ${file}   # ${line}, ${bytes.length} bytes`
}
let kept = 0

/** The same request, once for people and once byte for byte. */
export function waysOf(request: Request, bytes: Buffer, port: number): readonly string[] {
  const curl = bytes.length <= LONGEST_LINE ? curlOf(request, `127.0.0.1:${port}`) : undefined
  return [...(curl === undefined ? [] : [curl]), againOf(bytes, port)]
}
