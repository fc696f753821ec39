import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import net from 'node:net'

/**
 * Refuses every connection but those to `host:port` in this list, every question to a name server and every datagram, and
 * tells of each. The function that it gives back takes that back.
 */
export function guardConnections(allowed: readonly string[], tell: (what: string) => void): () => void {
  const undo: (() => void)[] = []
  const refusal = (what: string) => {
    tell(what)
    return Object.assign(new Error(`refused: ${what}`), { code: 'ECONNREFUSED' })
  }
  function replace(holder: object, name: string, make: (before: Work) => Work): void {
    const before: unknown = Reflect.get(holder, name)
    if (!isWork(before)) return
    Reflect.set(holder, name, make(before))
    undo.push(() => Reflect.set(holder, name, before))
  }

  replace(net.Socket.prototype, 'connect', (connect) => {
    return function (this: unknown, ...given: readonly unknown[]): unknown {
      const where = targetOf(given)
      if (allowed.includes(where)) return Reflect.apply(connect, this, given)
      const error = refusal(`a connection to ${where}`)
      process.nextTick(() => this instanceof net.Socket && this.destroy(error))
      return this
    }
  })
  replace(
    dgram.Socket.prototype,
    'send',
    () =>
      (...given) =>
        later(given, refusal('a datagram'))
  )
  for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    const isPromised = holder === dns.promises || holder === dns.promises.Resolver.prototype
    for (const name of Object.getOwnPropertyNames(holder).filter((each) => /^(?:lookup|resolve|reverse)/.test(each))) {
      replace(holder, name, (ask) => {
        return function (this: unknown, ...given: readonly unknown[]): unknown {
          // Numbers are no question, and who is called localhost this machine knows.
          if (net.isIP(String(given[0])) !== 0 || given[0] === 'localhost') return Reflect.apply(ask, this, given)
          const error = refusal(`a question about ${given[0]}`)
          return isPromised ? Promise.reject(error) : later(given, error)
        }
      })
    }
  }
  return () => {
    for (const each of undo.reverse()) each()
  }
}

type Work = (this: unknown, ...given: readonly unknown[]) => unknown

function isWork(value: unknown): value is Work {
  return typeof value === 'function'
}

function later(given: readonly unknown[], error: Error): void {
  const done = given.at(-1)
  if (isWork(done)) process.nextTick(done, error)
  else throw error
}

/** Node hands in what it has read of the arguments already as a list of its own. */
function targetOf(given: readonly unknown[]): string {
  const [first, second]: readonly unknown[] = Array.isArray(given[0]) ? given[0] : given
  if (typeof first !== 'object' || first === null) return `${second ?? 'localhost'}:${first}`
  const path: unknown = Reflect.get(first, 'path')
  return typeof path === 'string' ? path : `${Reflect.get(first, 'host') ?? 'localhost'}:${Reflect.get(first, 'port')}`
}

// Loaded before a program, node --import: it tells by a file.
const { GUARD_TELLS, GUARD_ALLOWS = '' } = process.env
if (GUARD_TELLS !== undefined) {
  guardConnections(GUARD_ALLOWS.split(' '), (what) => appendFileSync(GUARD_TELLS, `${what}\n`))
}
