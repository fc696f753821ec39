import { useSignal } from '@preact/signals'
import type { JournalEntry } from '../../client/index.ts'
import { copy } from '../actions.ts'
import { Code } from '../ui/parts.tsx'
import { differingPart, type Line, linesOf } from './differences.ts'

type Refusal = NonNullable<JournalEntry['refusal']>

/** What the server signed, beside what the client did: line by line, with the difference marked. */
export function Signed({ refusal }: { readonly refusal: Refusal }) {
  const known = refusal.clientCanonicalRequest
  const pasted = useSignal(known ?? '')
  const { canonicalRequest = '', stringToSign } = refusal
  const client = pasted.value.replaceAll('\r\n', '\n')
  return (
    <section aria-label="Canonical requests">
      <h3>Canonical requests</h3>
      {client === '' ? <Code text={canonicalRequest} /> : <Sides lines={linesOf(canonicalRequest, client)} />}
      <label class="field">
        <span>
          {known === undefined
            ? 'Your client’s: let it print what it signs, paste that here, and the difference is marked'
            : 'Your client’s, found by signing what clients sign by mistake; paste here what it prints to compare that'}
        </span>
        <textarea
          rows={3}
          class="wide mono"
          spellcheck={false}
          value={pasted.value}
          onInput={({ currentTarget }) => {
            pasted.value = currentTarget.value
          }}
        />
      </label>
      {stringToSign !== undefined && (
        <details>
          <summary>String to sign</summary>
          <Code text={stringToSign} />
        </details>
      )}
      <button type="button" class="button" onClick={() => copy(canonicalRequest, 'the canonical request')}>
        Copy the server’s
      </button>
    </section>
  )
}

export function Sides({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <table class="sides">
      <thead>
        <tr>
          <th scope="col">the server’s</th>
          <th scope="col">the client’s</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          // Lines have nothing but their place.
          <tr key={`${index} ${line.left}`} class={line.isSame ? '' : 'differs'}>
            <td>
              <Side text={line.left} other={line.right} isSame={line.isSame} />
            </td>
            <td>
              <Side text={line.right} other={line.left} isSame={line.isSame} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Side({
  text,
  other = '',
  isSame
}: {
  readonly text: string | undefined
  readonly other: string | undefined
  readonly isSame: boolean
}) {
  if (text === undefined) return <i class="quiet">nothing</i>
  if (isSame) return <>{text}</>
  const [begin, end] = differingPart(text, other)
  return (
    <>
      {text.slice(0, begin)}
      <mark>{text.slice(begin, Math.max(begin, end)) || '∅'}</mark>
      {text.slice(Math.max(begin, end))}
    </>
  )
}
