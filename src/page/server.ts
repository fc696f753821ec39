import { computed, signal } from '@preact/signals'
import { ControlRefused, connect, type World } from '../client/index.ts'
import { world } from './place.ts'

const TOKEN_KEY = 'snapstand-token'

/** What `--control-token` says, kept for this tab. */
export const token = signal<string | undefined>(sessionStorage.getItem(TOKEN_KEY) ?? undefined)
/** The server wants a token, or another one. */
export const isTokenWanted = signal(false)

export function keepToken(given: string): void {
  sessionStorage.setItem(TOKEN_KEY, given)
  token.value = given
  isTokenWanted.value = false
}
export function forgetToken(): void {
  sessionStorage.removeItem(TOKEN_KEY)
  token.value = undefined
  isTokenWanted.value = true
}

/** Where this page came from. */
export const base = new URL('.', location.href).href.replace(/\/$/, '')

/** Every answer passes here: one that wants a token asks for it, whoever called. */
const asking: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.status === 401) isTokenWanted.value = true
  return response
}

export const server = computed(() => connect(base, { token: token.value, fetch: asking }))
/** The world of this tab. */
export const here = computed<World>(() => server.value.world(world.value))

/** What went wrong, in a sentence or two. */
export function wordsFor(error: unknown): string {
  if (error instanceof ControlRefused) return error.detail
  return error instanceof Error ? error.message : String(error)
}
