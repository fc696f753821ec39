import { METHOD, MISPRINTED_METHOD, type Signable } from './canonical.ts'

/** A way of signing that is not the SDKs', though public clients have it: what is different, and what it is called. */
export interface Habit {
  readonly signable: Signable
  readonly habit: string
}

export const MISPRINT = `the signature method is named ${MISPRINTED_METHOD}`
export const BLANKS = 'no single blank after each comma of Authorization'
const LOWER_CASE = 'header values in lower case'
const SLASH = 'the Host signed with the slash that its endpoint ends in'
const METHOD_SIGNED = 'signed under that name'

/** What is known of a request beside what is signed. */
export interface Occasion {
  /** Whether it names the method as an early page misprints it. */
  readonly isMisprinted: boolean
  /** Whether its path begins with the slash that an endpoint ended in. */
  readonly hasEndpointSlash: boolean
}

/** The forms that a client may have signed that means the same request. None where the request gives no occasion. */
export function* habitsOf(signable: Signable, { isMisprinted, hasEndpointSlash }: Occasion): Generator<Habit> {
  const ways: Habit[] = [{ signable, habit: '' }]
  // Cloud: the signature page puts the values of headers in lower case, the SDKs don't (zenlayer.md 2.1).
  const lower = signable.headers.map(([name, value]) => [name, inLowerCase(value)] as const)
  if (lower.some(([, value], index) => value !== signable.headers[index]?.[1])) {
    ways.push({ signable: { ...signable, headers: lower }, habit: LOWER_CASE })
  }
  if (hasEndpointSlash) ways.push({ signable: { ...signable, headers: withSlash(signable) }, habit: SLASH })
  for (const algorithm of isMisprinted ? [METHOD, MISPRINTED_METHOD] : [METHOD]) {
    const named = algorithm === METHOD ? [] : [METHOD_SIGNED]
    for (const way of ways) {
      const habits = way.habit === '' ? named : [way.habit, ...named]
      if (habits.length > 0) yield { signable: { ...way.signable, algorithm }, habit: habits.join('; ') }
    }
  }
}

/** Cloud: the Go SDK signs the endpoint that it was given, and sends the Host without the slash at its end. */
function withSlash({ headers }: Signable): Signable['headers'] {
  return headers.map(([name, value]) => [name, name === 'host' ? `${value}/` : value] as const)
}

/** The letters of ASCII alone: others arrive as bytes, one a character, and have another case in their own alphabet. */
function inLowerCase(value: string): string {
  return value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
