import type { Curve } from '../measure/result.ts'

const WIDTH = 720
const HEIGHT = 260
const LEFT = 64
const RIGHT = 150
const TOP = 34
const BOTTOM = 36
const COLORS = ['#2563eb', '#d97706', '#059669']

/** The curves below each other, both axes by powers of ten, readable on light and dark ground. */
export function pictureOf(curves: readonly Curve[]): string {
  const parts = curves.map((curve, index) => `<g transform="translate(0 ${index * HEIGHT})">${chartOf(curve)}</g>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT * curves.length}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`
}

function chartOf({ title, x, y, lines }: Curve): string {
  const points = lines.flatMap((line) => line.points)
  const across = scaleOf(
    points.map(([at]) => at),
    LEFT,
    WIDTH - RIGHT
  )
  const up = scaleOf(
    points.map(([, value]) => value),
    HEIGHT - BOTTOM,
    TOP
  )
  const text = (at: number, down: number, words: string, more = '') =>
    `<text x="${at.toFixed(1)}" y="${down.toFixed(1)}" fill="#374151" ${more}>${escaped(words)}</text>`
  const grid = [
    ...across.ticks.map(
      (tick) =>
        `<path d="M${across.at(tick)} ${TOP}V${HEIGHT - BOTTOM}" stroke="#e5e7eb"/>${text(across.at(tick), HEIGHT - BOTTOM + 16, tick.toLocaleString('en'), 'text-anchor="middle"')}`
    ),
    ...up.ticks.map(
      (tick) =>
        `<path d="M${LEFT} ${up.at(tick)}H${WIDTH - RIGHT}" stroke="#e5e7eb"/>${text(LEFT - 6, up.at(tick) + 4, tick.toLocaleString('en'), 'text-anchor="end"')}`
    )
  ]
  const drawn = lines.map(({ name, points: own }, index) => {
    const color = COLORS[index % COLORS.length] ?? '#000'
    const path = own.map(
      ([at, value], n) => `${n === 0 ? 'M' : 'L'}${across.at(at).toFixed(1)} ${up.at(value).toFixed(1)}`
    )
    const dots = own.map(
      ([at, value]) =>
        `<circle cx="${across.at(at).toFixed(1)}" cy="${up.at(value).toFixed(1)}" r="3" fill="${color}"/>`
    )
    const legend = `<text x="${WIDTH - RIGHT + 12}" y="${TOP + 14 + index * 18}" fill="${color}">${escaped(name)}</text>`
    return `<path d="${path.join('')}" fill="none" stroke="${color}" stroke-width="2"/>${dots.join('')}${legend}`
  })
  const heading = text(LEFT, 18, `${title} (${y})`, 'font-weight="bold"')
  const axis = text(WIDTH - RIGHT + 44, HEIGHT - BOTTOM + 16, x)
  return [heading, ...grid, ...drawn, axis].join('\n')
}

/** From the power of ten below the least to that above the most. */
function scaleOf(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, n) => 10 ** (low + n)),
    at: (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from)
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
