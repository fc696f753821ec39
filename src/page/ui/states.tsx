import type { ComponentChildren } from 'preact'
import { ControlRefused } from '../../client/index.ts'
import type { Asked } from '../asked.ts'
import { wordsFor } from '../server.ts'

export function Loading({ what }: { readonly what: string }) {
  return (
    <p class="quiet" role="status">
      Asking for {what} …
    </p>
  )
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="empty">{children}</div>
}

/** Why the server refused, and what would have been right. */
export function Refused({ error }: { readonly error: unknown }) {
  const example = error instanceof ControlRefused ? error.example : undefined
  return (
    <div class="problem" role="alert">
      <p>{wordsFor(error)}</p>
      {example !== undefined && (
        <p>
          It would take, for example: <code>{typeof example === 'string' ? example : JSON.stringify(example)}</code>
        </p>
      )}
    </div>
  )
}

/** What was asked: not known yet, refused, or shown. A refusal stands beside what was known before. */
export function Answer<T>({
  asked,
  what,
  children
}: {
  readonly asked: Asked<T>
  readonly what: string
  readonly children: (value: T) => ComponentChildren
}) {
  const { value, error } = asked
  return (
    <>
      {error !== undefined && <Refused error={error} />}
      {value === undefined ? error === undefined && <Loading what={what} /> : children(value)}
    </>
  )
}
