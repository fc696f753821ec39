import type { Headers } from '../../recording/form.ts'
import type { CloudMembers } from '../clouds/members.ts'
import type { Aliases } from './aliases.ts'
import { type Difference, type Kind, shownValue } from './difference.ts'
import type { StatePaths } from './states.ts'
import type { Times } from './times.ts'
import { compareValues } from './values.ts'

/** What a comparison goes by and notes down, from the first call to the last. */
export interface Comparison {
  readonly members: CloudMembers
  readonly aliases: Aliases
  readonly states: StatePaths
  readonly times: Times
  note(difference: Difference): void
}

/** An answer of one side. `body`: parsed where it is JSON, else a text; undefined: none. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}
export interface Place {
  readonly operation: string
  readonly call: number
}

/** Compares the answers that both sides gave to one call. */
export function compareAnswers(comparison: Comparison, place: Place, theirs: Answer, ours: Answer): void {
  const note = (kind: Kind, where: string, their: string, our: string) =>
    comparison.note({ kind, ...place, where, theirs: their, ours: our })
  compareHeaders(comparison, place, theirs.headers, ours.headers)
  const [code, ourCode] = [codeIn(theirs.body), codeIn(ours.body)]
  const isSame = theirs.status === ours.status && code === ourCode
  if (theirs.status !== ours.status) note('status', '', String(theirs.status), String(ours.status))
  if (code !== ourCode) note('code', 'code', code ?? '(success)', ourCode ?? '(success)')
  // What else differs between a refusal and a success, or two refusals, follows from that.
  if (!isSame) return
  if ((theirs.body === undefined) !== (ours.body === undefined)) {
    note('body', '', theirs.body === undefined ? 'none' : 'one', ours.body === undefined ? 'none' : 'one')
    return
  }
  compareValues(comparison, place, theirs.body, ours.body)
}

/** The error code of an answer of either cloud. */
export function codeIn(body: unknown): string | undefined {
  const code: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'code') : undefined
  return typeof code === 'string' ? code : undefined
}

/** Of the way and of the moment, not of the cloud; and what Snapstand alone says, to the people who test with it. */
const OF_THE_WAY =
  /^(?:date|connection|keep-alive|content-length|transfer-encoding|via|age|server-timing|x-snapstand-.*|alt-svc)$/i

function compareHeaders({ note }: Comparison, place: Place, theirs: Headers, ours: Headers): void {
  const [their, our] = [namesOf(theirs), namesOf(ours)]
  const everywhere = { ...place, operation: '*' }
  for (const [name, written] of their) {
    const ourWritten = our.get(name)
    if (ourWritten === undefined) {
      note({ kind: 'header', ...everywhere, where: name, theirs: written, ours: '(nothing)' })
    } else if (ourWritten !== written) {
      note({ kind: 'header', ...everywhere, where: name, theirs: written, ours: ourWritten })
    }
  }
  for (const [name, written] of our) {
    if (!their.has(name)) note({ kind: 'header', ...everywhere, where: name, theirs: '(nothing)', ours: written })
  }
  const [type, ourType] = [headerIn(theirs, 'content-type'), headerIn(ours, 'content-type')]
  if (type !== undefined && ourType !== undefined && type !== ourType) {
    note({ kind: 'header', ...everywhere, where: 'content-type', theirs: shownValue(type), ours: shownValue(ourType) })
  }
}

function namesOf(headers: Headers): ReadonlyMap<string, string> {
  return new Map(headers.flatMap(([name]) => (OF_THE_WAY.test(name) ? [] : [[name.toLowerCase(), name]])))
}

function headerIn(headers: Headers, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}
