import fc from 'fast-check'

/** Any character, but no half of one. The unit 'binary' of fast-check is the same, but makes a table of all first: seconds. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800))
