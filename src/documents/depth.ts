/** Nobody means JSON nested deeper than this, and a megabyte of brackets would exhaust the stack of whoever walks it. */
export const DEPTH_MAX = 500

/** Whether a text of JSON is nested deeper than anyone means. Looked at before it is parsed. */
export function isTooDeep(text: string, most = DEPTH_MAX): boolean {
  if (text.length <= most) return false
  let depth = 0
  let inText = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (inText) {
      if (character === '\\') i++
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if (character === '[' || character === '{') depth++
    else if (character === ']' || character === '}') depth--
    if (depth > most) return true
  }
  return false
}
