import { useSignal } from '@preact/signals'
import type { FaultRule, Operations } from '../../client/index.ts'
import { perform } from '../actions.ts'
import { useAsked } from '../asked.ts'
import { server } from '../server.ts'
import { AsCommand } from '../ui/button.tsx'
import { Answer } from '../ui/states.tsx'
import { putting } from './rules.ts'

const OUTCOMES = [
  ['error', 'answers an error'],
  ['delay', 'comes late'],
  ['connection', 'breaks the connection'],
  ['outcome', 'lets what is made fail later']
] as const
type Outcome = (typeof OUTCOMES)[number][0]

interface Draft {
  readonly provider: string
  readonly operation: string
  readonly outcome: Outcome
  readonly code: string
  readonly delayMs: string
  readonly connection: 'reset' | 'close-early' | 'hang'
  readonly times: string
  readonly skip: string
  readonly resource: string
  readonly after: boolean
}
const EMPTY: Draft = {
  provider: '',
  operation: '*',
  outcome: 'error',
  code: '',
  delayMs: '2000',
  connection: 'reset',
  times: '1',
  skip: '',
  resource: '',
  after: false
}

/** A rule from the operations and their codes, which the server knows all of. */
export function RuleForm({ done }: { readonly done: () => void }) {
  const asked = useAsked((signal) => server.value.operations(undefined, { signal }), [server.value])
  return (
    <Answer asked={asked.value} what="the operations">
      {(operations) => <Form operations={operations} done={done} />}
    </Answer>
  )
}

function Form({ operations: known, done }: { readonly operations: Operations; readonly done: () => void }) {
  const clouds = Object.keys(known.common)
  const draft = useSignal<Draft>({ ...EMPTY, provider: clouds[0] ?? '*' })
  const change = (part: Partial<Draft>) => {
    draft.value = { ...draft.value, ...part }
  }
  const { provider, operation, outcome, code, delayMs, connection, times, skip, resource, after } = draft.value
  const names = known.operations.filter((each) => each.provider === provider).map(({ name }) => name)
  const codes = codesOf(known, provider, operation)
  const meant = codes.includes(code) ? code : (codes[0] ?? '')
  const rule = ruleOf({ ...draft.value, code: meant })
  const id = idOf(draft.value)
  const put = putting(id, rule, 'Put the rule')
  const submit = async (event: Event) => {
    event.preventDefault()
    if (await perform(put, `${id} is on.`)) done()
  }
  return (
    <form class="rule-form" onSubmit={submit}>
      <Choice
        label="Cloud"
        value={provider}
        choices={[...clouds, '*']}
        choose={(each) => change({ provider: each, operation: '*' })}
      />
      <Choice
        label="Operation"
        value={operation}
        choices={['*', ...names]}
        choose={(each) => change({ operation: each })}
      />
      <label>
        What happens
        <select
          value={outcome}
          onChange={({ currentTarget }) =>
            change({ outcome: OUTCOMES.find(([name]) => name === currentTarget.value)?.[0] ?? 'error' })
          }
        >
          {OUTCOMES.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {outcome === 'error' && (
        <Choice
          label={codes.length === 0 ? 'Code (no two clouds share one)' : 'Code'}
          value={meant}
          choices={codes}
          choose={(each) => change({ code: each })}
        />
      )}
      {outcome === 'delay' && <Field label="Milliseconds" value={delayMs} put={(text) => change({ delayMs: text })} />}
      {outcome === 'connection' && (
        <Choice
          label="How"
          value={connection}
          choices={['reset', 'close-early', 'hang']}
          choose={(each) => change({ connection: each === 'hang' || each === 'close-early' ? each : 'reset' })}
        />
      )}
      <Field label="So often (empty: always)" value={times} put={(text) => change({ times: text })} />
      <Field label="After so many" value={skip} put={(text) => change({ skip: text })} />
      <Field label="Only for the resource" value={resource} put={(text) => change({ resource: text })} />
      {outcome !== 'outcome' && (
        <label class="check">
          <span>
            <input
              type="checkbox"
              checked={after}
              onChange={({ currentTarget }) => change({ after: currentTarget.checked })}
            />{' '}
            once the work is done
          </span>
        </label>
      )}
      <div class="row">
        <button type="submit" class="button main">
          Put the rule
        </button>
        <AsCommand actions={[put]} of="this rule" />
      </div>
    </form>
  )
}

function Choice({
  label,
  value,
  choices,
  choose
}: {
  readonly label: string
  readonly value: string
  readonly choices: readonly string[]
  readonly choose: (value: string) => void
}) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {choices.map((each) => (
          <option key={each} value={each}>
            {each === '*' ? 'every' : each}
          </option>
        ))}
      </select>
    </label>
  )
}

function Field({
  label,
  value,
  put
}: {
  readonly label: string
  readonly value: string
  readonly put: (text: string) => void
}) {
  return (
    <label>
      {label}
      <input value={value} spellcheck={false} onInput={({ currentTarget }) => put(currentTarget.value)} />
    </label>
  )
}

/** The codes of an operation's own and those that any may answer; of every operation, what all clouds that are meant know. */
function codesOf({ operations, common }: Operations, provider: string, operation: string): readonly string[] {
  const row = operations.find((each) => each.provider === provider && each.name === operation)
  const meant = provider === '*' ? Object.values(common) : [common[provider] ?? []]
  const shared = (meant[0] ?? [])
    .map(({ code }) => code)
    .filter((code) => meant.every((all) => all.some((each) => each.code === code)))
  return [...new Set([...(row?.errors ?? []).map(({ code }) => code), ...shared])]
}

function ruleOf(draft: Draft): FaultRule {
  const { provider, operation, outcome, code, delayMs, connection, times, skip, resource, after } = draft
  const isAfter = after && outcome !== 'outcome' ? { after } : {}
  const then = {
    error: { error: code, ...isAfter },
    delay: { delayMs: Number(delayMs), ...isAfter },
    connection: { connection, ...isAfter },
    outcome: { outcome: 'fails' as const }
  }[outcome]
  return {
    provider,
    operation,
    ...(resource.trim() !== '' && { when: { resource: resource.trim() } }),
    ...(skip.trim() !== '' && { skip: Number(skip) }),
    ...(times.trim() !== '' && { times: Number(times) }),
    then
  }
}

/** A name that says what it is; the same rule again replaces it. */
function idOf({ provider, operation, outcome }: Draft): string {
  const names = [provider, operation].filter((each) => each !== '*')
  return [...names, outcome].join('-')
}
