/** Whether a JSON text opens more lists and objects within each other than so many. */
export function isDeeperThan(text: string, levels: number): boolean {
  if (text.length <= levels) return false
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
    if (depth > levels) return true
  }
  return false
}
