/** A table; cells are texts as Markdown has them. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')
}

/** A text of a table or a row: what looks like markup stands in it as it is, but for code. */
export function plain(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(MARKUP, (mark) => mark.replaceAll(/./g, '\\$&'))))
    .join('')
}
const MARKUP = /[<>*[\]]|\{\{|\}\}|(?<!\w)_|_(?!\w)/g

export function code(text: string): string {
  return text === '' ? '' : text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

/** A value as one writes it. */
export function value(of: unknown): string {
  return code(JSON.stringify(of) ?? '')
}

/** A page under its heading, which says what it is made from. */
export function page(title: string, ...parts: readonly (string | readonly string[])[]): string {
  return `${[`# ${title}`, ...parts.flat()].filter((part) => part !== '').join('\n\n')}\n`
}

/** Who wrote the page: its reader learns where to change something. */
export function madeFrom(what: string): string {
  return `<!-- Written by npm run docs:generate, from ${what}. -->`
}
