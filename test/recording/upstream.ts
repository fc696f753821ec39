import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Provider } from '../../src/providers/provider.ts'
import { type RecordingOptions, startRecording } from '../../src/recording/start.ts'

/** The other side of a recorder: it answers each request with these bytes, and keeps what it was sent. */
export async function rawUpstream(answer: (request: string, socket: Socket) => void) {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('data', (piece) => {
      text += piece.toString('latin1')
      for (let end = requestEnd(text); end !== undefined; end = requestEnd(text)) {
        const request = text.slice(0, end)
        text = text.slice(end)
        heard.push(request)
        answer(request, socket)
      }
    })
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    heard,
    url: new URL(`http://127.0.0.1:${portOf(server.address())}`),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    }
  }
}

/** Where the first request of a text ends, if it is whole. */
function requestEnd(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return undefined
  const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, head))?.[1] ?? 0)
  if (/^transfer-encoding: *chunked/im.test(text.slice(0, head))) {
    const end = text.indexOf('0\r\n\r\n', head)
    return end === -1 ? undefined : end + 5
  }
  return text.length < head + 4 + length ? undefined : head + 4 + length
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** What comes back of some bytes, until the other side closes. */
export async function exchanged(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const pieces: Buffer[] = []
  socket.on('data', (piece) => pieces.push(piece))
  socket.write(bytes, 'latin1')
  await once(socket, 'close')
  return Buffer.concat(pieces).toString('latin1')
}

/** A recorder into a new folder. */
export async function recorder(provider: Provider, upstream: URL, more: Partial<RecordingOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'snapstand-record-'))
  const events: Parameters<NonNullable<RecordingOptions['tell']>>[0][] = []
  const running = await startRecording({
    provider,
    upstream,
    folder,
    port: 0,
    tool: 'snapstand test',
    tell: (event) => events.push(event),
    ...more
  })
  return {
    ...running,
    folder,
    events,
    /** Every byte of the folder, file by file. */
    async files(): Promise<Record<string, string>> {
      const names = (await readdir(folder)).toSorted()
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
      return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']))
    },
    drop: () => rm(folder, { recursive: true })
  }
}
