/** Byte order marks, and what they announce. PowerShell's `>` writes UTF-16 with one. */
const MARKS = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]]
] as const

const PIECE = 4 * 1024 ** 2

/** The text of a file, or undefined where its bytes are none: UTF-8, or what its byte order mark says. */
export function* textOf(bytes: Uint8Array): Generator<undefined, string | undefined> {
  const [encoding] = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? ['utf-8']
  // It leaves the mark out.
  const decoder = new TextDecoder(encoding, { fatal: true })
  let text = ''
  try {
    for (let start = 0; start < bytes.length; start += PIECE) {
      text += decoder.decode(bytes.subarray(start, start + PIECE), { stream: true })
      yield undefined
    }
    return text + decoder.decode()
  } catch {
    return undefined
  }
}

/** What is said of bytes that are no text. */
export const NO_TEXT = {
  reason: 'is no text',
  expected: 'expected UTF-8, or UTF-16 that begins with its byte order mark'
}
