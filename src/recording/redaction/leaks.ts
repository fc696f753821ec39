import type { Known } from './secrets.ts'

/** Shorter secrets are looked for where they stand for themselves, and not in other forms: those are parts of many words. */
const LENGTH_MIN = 8

/**
 * Which of these a text holds: plain, escaped in JSON, percent-encoded, in base64 or in hex, and within base64 that it
 * holds. It shares nothing with what replaces them, so that each is held to the other.
 */
export function leaksIn(text: string, secrets: readonly Known[]): readonly Known[] {
  if (secrets.length === 0) return []
  const views = viewsOf(text).map((view) => ({ as: view, low: view.toLowerCase() }))
  return secrets.filter(({ text: secret, kind, instead }) => {
    // A word whose replacement has it is left there.
    if (kind !== 'secret' && instead.toLowerCase().includes(secret.toLowerCase())) return false
    if (kind === 'account' || (kind === 'secret' && secret.length < LENGTH_MIN)) {
      return views.some(({ low }) => standsAlone(low, secret.toLowerCase()))
    }
    const forms = formsOf(secret)
    return views.some((view) => holds(view, forms))
  })
}

/** A text as it may be meant: what is escaped in it, three times over, and what is in base64. */
const ESCAPED_MAX = 3
interface View {
  readonly as: string
  readonly low: string
}

function viewsOf(text: string): readonly string[] {
  const views = new Set([text])
  let view = text
  for (let times = 0; times < ESCAPED_MAX; times++) {
    const plain = unescaped(view)
    view = percentDecoded(plain)
    views.add(plain).add(view)
  }
  for (const each of [...views]) {
    for (const inner of base64In(each)) views.add(inner).add(percentDecoded(unescaped(inner)))
  }
  return [...views]
}

function unescaped(text: string): string {
  return text
    .replace(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/(?<!\\)\\+[nrt]/g, ' ')
    .replaceAll('\\', '')
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
}

function base64In(text: string): readonly string[] {
  return (text.match(/[A-Za-z0-9+/_-]{12,}/g) ?? []).map((run) => Buffer.from(run, 'base64').toString('latin1'))
}

/** A secret as it may stand in a view: of `anyCase` in letters of either case. */
interface Forms {
  readonly anyCase: readonly string[]
  readonly exact: readonly string[]
}

function formsOf(secret: string): Forms {
  const plain = secret.replaceAll('\\', '').toLowerCase()
  const bytes = Buffer.from(secret)
  if (secret.length < LENGTH_MIN) return { anyCase: [plain], exact: [bytes.toString('latin1')] }
  return { anyCase: [plain, bytes.toString('hex')], exact: [bytes.toString('latin1'), ...base64Forms(secret)] }
}

function holds({ as, low }: View, { anyCase, exact }: Forms): boolean {
  return anyCase.some((form) => low.includes(form)) || exact.some((form) => as.includes(form))
}

/** In base64 a text has three forms, by how many bytes come before it; what its neighbours have a part in is cut off. */
function base64Forms(secret: string): readonly string[] {
  const forms = ['', 'a', 'aa'].map((before) => {
    const text = Buffer.from(before + secret).toString('base64url')
    const from = before === '' ? 0 : before.length + 1
    const length = Math.floor(((before.length + Buffer.byteLength(secret)) * 8) / 6)
    return text.slice(from, length)
  })
  return forms.flatMap((form) => [form, form.replaceAll('-', '+').replaceAll('_', '/')])
}

function standsAlone(low: string, wanted: string): boolean {
  for (let at = low.indexOf(wanted); at !== -1; at = low.indexOf(wanted, at + 1)) {
    const around = [low[at - 1] ?? ' ', low[at + wanted.length] ?? ' ']
    if (around.every((character) => !/[a-z0-9]/.test(character))) return true
  }
  return false
}
