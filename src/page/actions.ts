import { signal } from '@preact/signals'
import { world } from './place.ts'
import { base, token, wordsFor } from './server.ts'

/** Something that one can do here: by a click, or by a command that does the same. */
export interface Action {
  readonly label: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under `/_snapstand`, without its query. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** A body that is no JSON. */
  readonly text?: string
  /** The name of a file that is the body. */
  readonly file?: string
  /** The words after `snapstand`, where the command line can do it. */
  readonly command?: readonly string[]
  run(): Promise<unknown>
}

/** The shell command that does the same. A token stands in it as a variable, never as itself. */
export function curlOf({ method, path, query, body, text, file }: Action): string {
  const asked = new URLSearchParams({ ...(world.value !== 'default' && { world: world.value }), ...query })
  const url = `${base}/_snapstand${path}${asked.size > 0 ? `?${asked}` : ''}`
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body))
  return [
    'curl -sS',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...(token.value === undefined ? [] : ['-H "Authorization: Bearer $SNAPSTAND_CONTROL_TOKEN"']),
    ...(sent === undefined ? [] : [`-H 'content-type: ${text === undefined ? 'application/json' : 'text/plain'}'`]),
    ...(sent === undefined ? [] : [`--data-raw ${quoted(sent)}`]),
    ...(file === undefined ? [] : [`--data-binary @${file}`]),
    quoted(url)
  ].join(' ')
}

/** The same as a command of Snapstand's own. */
export function commandOf({ command }: Action): string | undefined {
  if (!command) return undefined
  const named = world.value === 'default' ? [] : ['--world', world.value]
  return ['snapstand', ...command, ...named, '--url', base].map(asWord).join(' ')
}

function asWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : quoted(text)
}
/** One word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

export interface Note {
  readonly id: number
  readonly tone: 'good' | 'bad'
  readonly text: string
  /** What takes it back. */
  readonly undo?: Action | undefined
}
export const notes = signal<readonly Note[]>([])
let noted = 0
const SHOWN_MS = 8000

export function note(tone: Note['tone'], text: string, undo?: Action): void {
  const id = ++noted
  notes.value = [...notes.value.slice(-3), { id, tone, text, undo }]
  if (tone === 'good' && !undo) setTimeout(() => drop(id), SHOWN_MS)
}
export function drop(id: number): void {
  notes.value = notes.value.filter((each) => each.id !== id)
}

/** Does it, and says so where it fails. Whether it was done. */
export async function perform(action: Action, done?: string): Promise<boolean> {
  try {
    await action.run()
    if (done !== undefined) note('good', done)
    return true
  } catch (error) {
    note('bad', `${action.label}: ${wordsFor(error)}`)
    return false
  }
}

export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    note('good', `Copied ${what}.`)
  } catch {
    note('bad', `The browser lets nothing be copied here. ${what}: ${text}`)
  }
}
