import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** What was asked of the server, as far as it is known. */
export interface Asked<T> {
  /** The last answer, also while another is on its way. */
  readonly value: T | undefined
  readonly error: unknown
  readonly isUnderWay: boolean
}

const BEFORE: Asked<never> = { value: undefined, error: undefined, isUnderWay: true }

/** Asks whenever something of `about` changes; what was asked before then is dropped. A new `subject` forgets the answer. */
export function useAsked<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  about: readonly unknown[],
  subject: readonly unknown[] = []
): Signal<Asked<T>> {
  const asked = useSignal<Asked<T>>(BEFORE)
  useEffect(() => {
    asked.value = BEFORE
  }, subject)
  useEffect(() => {
    const ended = new AbortController()
    asked.value = { ...asked.peek(), isUnderWay: true }
    ask(ended.signal).then(
      (value) => {
        if (!ended.signal.aborted) asked.value = { value, error: undefined, isUnderWay: false }
      },
      (error: unknown) => {
        if (!ended.signal.aborted) asked.value = { value: asked.peek().value, error, isUnderWay: false }
      }
    )
    return () => ended.abort()
  }, [...about, ...subject])
  return asked
}
