import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

/** Where a command line speaks. */
export interface Terminal {
  readonly stdout: Writable
  readonly stderr: Writable
  /** Whether a person watches what is written beside the answer, as it changes. */
  readonly isWatched: boolean
  readonly paint: Paint
  /** Asks the person at it and waits for a line; missing where there is none to ask. */
  readonly ask?: (question: string) => Promise<string>
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const
type Colour = keyof typeof CODES
/** Texts in colours, where there are any. */
export type Paint = Readonly<Record<Colour, (text: string) => string>>

export function createPaint(isColoured: boolean): Paint {
  const by = (colour: Colour) => (text: string) =>
    isColoured && text !== '' ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text
  return {
    bold: by('bold'),
    dim: by('dim'),
    red: by('red'),
    green: by('green'),
    yellow: by('yellow'),
    cyan: by('cyan')
  }
}

/** Writes, and waits until there is room again: what comes without end is not kept for a reader that stops. */
export async function writeTo(stream: Writable, piece: string | Uint8Array): Promise<void> {
  if (!stream.write(piece)) await once(stream, 'drain')
}

interface Layout {
  readonly indent?: string
  /** What columns are as wide as at least. */
  readonly widths?: readonly number[]
}

/** Rows with their cells below each other; the first may be heads. Ends with a line break, if there are any rows. */
export function columns(
  rows: readonly (readonly string[])[],
  { indent = '', widths: least = [] }: Layout = {}
): string {
  const widths = [...least]
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, widthOf(cell))
    })
  }
  const line = (row: readonly string[]) =>
    `${indent}${row.map((cell, index) => padded(cell, widths[index] ?? 0)).join('  ')}`.trimEnd()
  return rows.map((row) => `${line(row)}\n`).join('')
}

/** The same, with heads that do not press forward. */
export function table(paint: Paint, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return columns([heads.map(paint.dim), ...rows])
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)))
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length
}

/** A status in the colour of what it means; 0: nobody was answered. */
export function statusIn(paint: Paint, status: number): string {
  if (status === 0) return paint.red('-')
  return (status < 400 ? paint.green : status < 500 ? paint.yellow : paint.red)(String(status))
}
