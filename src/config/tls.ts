import type { Reader } from './config.ts'
import { FLAGS } from './flags.ts'

/** How clients are let in that insist on https. */
export interface TlsConfig {
  readonly port: number
  /** What a certificate of ours names beside loopback. */
  readonly hosts: readonly string[]
  /** The user's own. */
  readonly given: { readonly certificate: string; readonly key: string } | undefined
}

/** undefined: not at all. Flags that have no effect together are complained about. */
export function tlsOf({ one, all, placeOf, complaints }: Reader): TlsConfig | undefined {
  const certificate = one(FLAGS.tlsCert)
  const key = one(FLAGS.tlsKey)
  const hosts = all(FLAGS.tlsHost)
  const port = one(FLAGS.tlsPort)
  const isOn = one(FLAGS.tls)
  const complain = (flag: (typeof FLAGS)['tlsCert' | 'tlsKey' | 'tlsHost'], reason: string, expected: string) => {
    complaints.push({ where: placeOf(flag) ?? `--${flag.name}`, reason, expected })
  }
  if (certificate !== undefined && key === undefined) {
    complain(FLAGS.tlsCert, 'comes without its key', 'expected --tls-key <file> with it')
  }
  if (key !== undefined && certificate === undefined) {
    complain(FLAGS.tlsKey, 'comes without its certificate', 'expected --tls-cert <file> with it')
  }
  const given = certificate === undefined || key === undefined ? undefined : { certificate, key }
  if (hosts.length > 0 && (certificate !== undefined || key !== undefined)) {
    complain(
      FLAGS.tlsHost,
      'a certificate that is there names what it names',
      'expected no --tls-host beside --tls-cert'
    )
  } else if (hosts.length > 0 && isOn === undefined) {
    complain(FLAGS.tlsHost, 'there is no certificate to be made', 'expected --tls with it')
  }
  return (isOn ?? given !== undefined) ? { port, hosts, given } : undefined
}
