import { Type } from '@sinclair/typebox'

/**
 * One of these words in any letter case, '' for none.
 * Cloud: pages print "On" where their tables have "on", and SDKs `MONTH` beside `month` (baidu.md 4.7).
 */
export function anyCase(words: readonly string[]) {
  const letters = words.map((word) => word.replace(/[a-z]/gi, (one) => `[${one.toUpperCase()}${one.toLowerCase()}]`))
  const expected = `one of ${words.map((word) => JSON.stringify(word)).join(', ')}`
  return Type.Optional(
    Type.String({ pattern: `^(?:${letters.join('|')})$`, wrong: 'value', expected, emptyIsAbsent: true })
  )
}

/** The word of the table that a text means. */
export function meant<const W extends string>(words: readonly W[], text: string | undefined): W | undefined {
  return words.find((word) => word.toLowerCase() === text?.toLowerCase())
}
