import { Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import { getCACertificates, rootCertificates } from 'node:tls'
import { UpstreamSilent } from './upstream-silent.ts'

/** A call of somebody else's, to be made as it came. */
export interface Passed {
  readonly method: string
  /** What stands in the request line. */
  readonly target: string
  /** Names and values in turn, and no others are sent. */
  readonly headers: readonly string[]
  readonly body: Buffer
}
export interface Passer {
  /** The answer, from its first byte on. Throws `UpstreamSilent`. */
  pass(call: Passed): Promise<IncomingMessage>
  close(): void
}

/** As long as the most patient of the clouds' own clients. */
const PATIENCE_MS = 300_000
const HEADER_BYTES_MAX = 128 * 1024

/** Passes calls on to a URL; `ca`: a certificate that is trusted beside those that this machine trusts. */
export function createPasser(url: URL, ca?: string): Passer {
  const isSecure = url.protocol === 'https:'
  const trusted = ca === undefined ? {} : { ca: [...trustedHere(), ca] }
  const agent = isSecure ? new SecureAgent({ keepAlive: true, ...trusted }) : new Agent({ keepAlive: true })
  const request = isSecure ? requestHttps : requestHttp
  const place = { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port, agent, setHost: false }
  return {
    pass({ method, target, headers, body }) {
      return new Promise((resolve, reject) => {
        const call = request({ ...place, method, path: target, maxHeaderSize: HEADER_BYTES_MAX })
        writeHeaders(call, headers)
        call.setTimeout(PATIENCE_MS, () => call.destroy(new Error(`nothing came for ${PATIENCE_MS / 1000} seconds`)))
        call.on('error', (error) => reject(new UpstreamSilent(url, error)))
        call.on('response', resolve)
        call.on('upgrade', (_, socket) => {
          socket.destroy()
          reject(new UpstreamSilent(url, new Error('it goes on in another protocol, which nobody asked for')))
        })
        call.end(body)
      })
    },
    close: () => agent.destroy()
  }
}

/** Those and no others: a length that nobody wrote may be part of what is signed. */
function writeHeaders(call: ClientRequest, headers: readonly string[]): void {
  const values = new Map<string, { readonly name: string; readonly all: string[] }>()
  headers.forEach((name, index) => {
    if (index % 2 === 1) return
    const value = headers[index + 1] ?? ''
    const known = values.get(name.toLowerCase())
    if (known) known.all.push(value)
    else values.set(name.toLowerCase(), { name, all: [value] })
  })
  for (const { name, all } of values.values()) call.setHeader(name, all.length === 1 ? (all[0] ?? '') : all)
  for (const name of ['content-length', 'transfer-encoding']) if (!values.has(name)) call.removeHeader(name)
}

/** Before Node 22.15 what NODE_EXTRA_CA_CERTS names cannot be asked for. */
function trustedHere(): readonly string[] {
  return typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates
}
