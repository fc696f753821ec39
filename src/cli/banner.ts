import type { Provider } from '../providers/provider.ts'

interface Served {
  readonly clouds: readonly Pick<Provider, 'clients'>[]
  readonly control: boolean
}

/** What a start prints: where things are, and a line to copy for each kind of client. */
export function banner(url: string, version: string, { clouds, control }: Served): string {
  const shown = clouds.flatMap(({ clients }) => clients?.(url) ?? [])
  const doors = [
    ...shown.map(({ title, endpoint }): Line => [title, endpoint]),
    ...(control ? [['Control', `${url}/_snapstand/health`] as const] : [])
  ]
  return [
    `Snapstand ${version} is listening.`,
    '',
    ...columns(doors),
    '',
    'Point a client at it; any access key works with itself as its secret, and names a world of its own:',
    '',
    ...columns(shown.flatMap(({ lines }) => lines)),
    '',
    ''
  ].join('\n')
}

type Line = readonly [what: string, line: string]

function columns(lines: readonly Line[]): readonly string[] {
  const width = Math.max(...lines.map(([what]) => what.length))
  return lines.map(([what, line]) => `  ${what.padEnd(width)}  ${line}`)
}
