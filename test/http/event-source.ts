/** One event as it came: a block of the stream. */
export interface Received {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: Record<string, unknown>
}

/** A reader of an event stream, as browsers have one; whoever opens it closes it. */
export interface Source {
  readonly status: number
  readonly headers: Headers
  /** Reads on until so many events of a type have come, and gives back all that came since. */
  until(type: string, count?: number): Promise<readonly Received[]>
  /** All that comes until the server ends the stream. */
  rest(): Promise<readonly Received[]>
  /** All that came, as it came. */
  text(): string
  /** The id that a browser would come back with. */
  lastId(): string
  close(): void
}

export async function openSource(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Source> {
  const abort = new AbortController()
  const reply = await fetch(url, { headers, signal: abort.signal })
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader()
  const chunks: string[] = []
  let pending = ''
  let lastId = ''
  const blocks: Received[] = []
  const isMore = async (): Promise<boolean> => {
    const next = await reader?.read()
    if (!next || next.done) return false
    chunks.push(next.value)
    const parts = (pending + next.value).split('\n\n')
    pending = parts.pop() ?? ''
    for (const block of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      lastId = field('id') ?? lastId
      const data = field('data')
      if (data !== undefined) blocks.push({ id: field('id'), event: field('event'), data: JSON.parse(data) })
    }
    return true
  }
  return {
    status: reply.status,
    headers: reply.headers,
    async until(type, count = 1) {
      const missing = () => blocks.filter(({ event }) => event === type).length < count
      while (missing()) if (!(await isMore())) throw new Error(`the stream ended after ${JSON.stringify(blocks)}`)
      return blocks.splice(0)
    },
    async rest() {
      while (await isMore());
      return blocks.splice(0)
    },
    text: () => chunks.join(''),
    lastId: () => lastId,
    close: () => abort.abort()
  }
}
