import type { Secure } from '../config/options.ts'
import type { Provider } from '../providers/provider.ts'
import { columns } from './terminal.ts'

interface Served {
  readonly clouds: readonly Pick<Provider, 'clients'>[]
  readonly control: boolean
  readonly secure?: Secure | undefined
}

/** What a start prints: where things are, and a line to copy for each kind of client. */
export function banner(url: string, version: string, { clouds, control, secure }: Served): string {
  const shown = clouds.flatMap(({ clients }) => clients?.(url) ?? [])
  const doors = [
    ...shown.map(({ title, endpoint }): Line => [title, endpoint]),
    ...(control
      ? ([
          ['Control', `${url}/_snapstand/health`],
          ['Page', `${url}/`]
        ] as const)
      : [])
  ]
  return [
    `Snapstand ${version} is listening.`,
    '',
    listed(doors),
    '',
    'Point a client at it; any access key works with itself as its secret, and names a world of its own:',
    '',
    listed(shown.flatMap(({ lines }) => lines)),
    '',
    ...(secure === undefined ? [] : securely(secure, clouds)),
    ''
  ].join('\n')
}

/** The same for clients that insist on https, and how each kind of them is told what to trust. */
function securely({ url, certificateFile: file }: Secure, clouds: Served['clouds']): readonly string[] {
  const shown = clouds.flatMap(({ clients }) => clients?.(url, file) ?? [])
  const doors = shown.map(({ title, endpoint }): Line => [title, endpoint])
  if (file === undefined) return ['By https:', '', listed(doors), '']
  return [
    'By https, for clients that are told to trust the certificate:',
    '',
    listed([
      ...doors,
      ...shown.flatMap(({ lines }) => lines),
      ['curl', `curl --cacert ${file} ${url}/_snapstand/health`],
      ['Go, OpenSSL', `export SSL_CERT_FILE=${file}`],
      ['Python requests', `export REQUESTS_CA_BUNDLE=${file}`],
      ['Node', `export NODE_EXTRA_CA_CERTS=${file}`]
    ]),
    ''
  ]
}

type Line = readonly [what: string, line: string]

function listed(lines: readonly Line[]): string {
  return columns(lines, { indent: '  ' }).trimEnd()
}
