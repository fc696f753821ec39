/** What is replaced, as the manifest counts it. */
export const KINDS = ['secret', 'word', 'id', 'account', 'e-mail', 'address', 'host'] as const
export type Kind = (typeof KINDS)[number]

/** The names that stand for others: the same one for the same thing over a whole recording, and of its shape. */
export interface Names {
  /** For an id: the letters, digits and length of what tells it from others. `around`: ids of one shape are counted apart. */
  id(id: string, around?: string): string
  account(account: string): string
  email(address: string): string
  address(address: string): string
  /** How often something of each kind was replaced. */
  readonly counts: Readonly<Partial<Record<Kind, number>>>
  count(kind: Kind): void
}

export function createNames(): Names {
  const known = new Map<string, string>()
  const made = new Map<string, number>()
  const counts: Partial<Record<Kind, number>> = {}
  const count = (kind: Kind) => {
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  const nameFor = (kind: Kind, family: string, old: string, make: (n: number) => string) => {
    count(kind)
    const key = `${family} ${old}`
    const before = known.get(key)
    if (before !== undefined) return before
    const n = (made.get(family) ?? 0) + 1
    made.set(family, n)
    const name = make(n)
    known.set(key, name)
    return name
  }
  return {
    counts,
    count,
    id(id, around = '') {
      if (UUID.test(id)) {
        const name = nameFor('id', 'uuid', id.toLowerCase(), uuid)
        return /[A-F]/.test(id) ? name.toUpperCase() : name
      }
      return nameFor('id', `${around}${id.length}`, id, (n) => inShapeOf(id, n))
    },
    account: (account) => nameFor('account', 'account', account, (n) => accountLike(account, n)),
    email: (address) => nameFor('e-mail', 'e-mail', address.toLowerCase(), (n) => `user${n}@example.com`),
    address: (address) =>
      nameFor('address', address.includes(':') ? 'v6' : 'v4', address, address.includes(':') ? v6 : v4)
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A version 4 UUID. */
function uuid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

/** A number keeps its length and its first digit, so that it is as large; hex digits begin with a letter, all else is a number. */
function inShapeOf(id: string, n: number): string {
  const digits = String(n).padStart(id.length, '0')
  if (HEX.test(id)) return `a${digits.slice(1)}`
  return /^[1-9]\d*$/.test(id) ? id.slice(0, 1) + digits.slice(1) : digits
}
const HEX = /^(?=.*[a-f])[0-9a-f]{32}$/

function accountLike(account: string, n: number): string {
  return /^\d+$|^[0-9a-f]{32}$/.test(account) ? inShapeOf(account, n) : `account-${n}`
}

/** Addresses that are set apart for documents (RFC 5737, RFC 3849). */
const V4 = ['192.0.2', '198.51.100', '203.0.113']
function v4(n: number): string {
  const block = V4[Math.floor((n - 1) / 254) % V4.length]
  return `${block}.${((n - 1) % 254) + 1}`
}
function v6(n: number): string {
  return `2001:db8::${n.toString(16)}`
}
