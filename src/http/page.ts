import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from './problem.ts'

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml'
}
/** Only what the page brings along is loaded, nobody else shows it within theirs, and it asks nobody but this server. */
const HEADERS = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer'
}
/** Set by the build: the page's files lie beside the program. From source they are those of the last build. */
declare const VERSION: string | undefined

interface Sent {
  readonly plain: Buffer
  readonly packed: Buffer
}

export interface PageOptions {
  readonly check: (request: FastifyRequest) => Problem | undefined
  /** Of a path that has nothing. */
  readonly missing: (request: FastifyRequest) => Problem
}

/** Where the page and its files are. */
export const PAGE_PATHS = ['/', '/page/:file'] as const

/** The page at `/`. Its files are read when somebody first asks for them, and never change while a server runs. */
export function page(app: FastifyInstance, { check, missing }: PageOptions): void {
  const folder = new URL(typeof VERSION === 'string' ? './page/' : '../../dist/page/', import.meta.url)
  const kept = new Map<string, Promise<Sent>>()
  const fileOf = (name: string): Promise<Sent> => {
    const known = kept.get(name)
    if (known) return known
    const read = readSent(new URL(name, folder))
    kept.set(name, read)
    read.catch(() => kept.delete(name))
    return read
  }
  const send = async (request: FastifyRequest, reply: FastifyReply, name: string, cached: string) => {
    const refused = check(request)
    if (refused) throw refused
    const file = await fileOf(name).catch(() => undefined)
    if (!file) throw missing(request)
    const isPacked = /\bgzip\b/.test(String(request.raw.headers['accept-encoding'] ?? ''))
    return reply
      .headers({ ...HEADERS, 'cache-control': cached, vary: 'accept-encoding' })
      .headers(isPacked ? { 'content-encoding': 'gzip' } : {})
      .type(TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
      .send(isPacked ? file.packed : file.plain)
  }

  const [start, files] = PAGE_PATHS
  app.get(start, (request, reply) => send(request, reply, 'index.html', 'no-cache'))
  app.get<{ Params: { file: string } }>(files, (request, reply) => {
    const { file } = request.params
    if (!/^[\w-]+\.(js|css|svg)$/.test(file)) throw missing(request)
    // Its name changes with what is in it.
    return send(request, reply, file, 'public, max-age=31536000, immutable')
  })
}

async function readSent(url: URL): Promise<Sent> {
  const [plain, { gzipSync }] = await Promise.all([readFile(url), import('node:zlib')])
  return { plain, packed: gzipSync(plain) }
}
