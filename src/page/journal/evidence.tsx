import { useSignal } from '@preact/signals'
import type { Evidence, JournalEntry, Operation } from '../../client/index.ts'
import { useAsked } from '../asked.ts'
import { server } from '../server.ts'
import { Facts } from '../ui/parts.tsx'
import { Answer } from '../ui/states.tsx'

/** What the operation rests on; asked for when somebody wants to know. */
export function OperationEvidence({ entry: { provider, operation, code } }: { readonly entry: JournalEntry }) {
  const isOpen = useSignal(false)
  if (operation === null) return null
  return (
    <details
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open
      }}
    >
      <summary>What {operation} rests on</summary>
      {isOpen.value && <Known provider={provider} name={operation} code={code} />}
    </details>
  )
}

function Known({
  provider,
  name,
  code
}: {
  readonly provider: string
  readonly name: string
  readonly code: string | null
}) {
  const asked = useAsked((signal) => server.value.operations(provider, { signal }), [server.value, provider])
  return (
    <Answer asked={asked.value} what="what it rests on">
      {({ operations }) => {
        const operation = operations.find((each) => each.name === name)
        return operation ? <Told operation={operation} code={code} /> : <p class="quiet">Nothing is known of it.</p>
      }}
    </Answer>
  )
}

function Told({ operation, code }: { readonly operation: Operation; readonly code: string | null }) {
  const { evidence, counts, errors, states, notes, members } = operation
  const own = errors.find((each) => each.code === code)?.evidence
  const guessed = [
    ...[...states, ...notes],
    ...members.map(({ names, evidence: basis }) => ({ text: names.join(', '), evidence: basis }))
  ].filter(({ evidence: { kind } }) => kind === 'inferred' || kind === 'invented')
  return (
    <>
      <Facts
        rows={[
          ['the operation', said(evidence)],
          ...(own ? [[code ?? '', said(own)] as const] : []),
          ...Object.entries(counts)
        ]}
      />
      {guessed.length > 0 && (
        <ul>
          {guessed.map(({ text, evidence: basis }) => (
            <li key={text}>
              {text} <span class="quiet">{said(basis)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function said({ kind, page, clients, tool, basis, why, section }: Evidence): string {
  return `${kind}: ${page ?? clients?.join(', ') ?? tool ?? basis ?? why} (${section})`
}
