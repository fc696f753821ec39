import type { JournalEntry } from '../../client/index.ts'
import { copy } from '../actions.ts'
import { useAsked } from '../asked.ts'
import { NextFails } from '../faults/next-fails.tsx'
import { linkTo } from '../place.ts'
import { server, wordsFor } from '../server.ts'
import { At, Code, Facts, Id, Panel, State } from '../ui/parts.tsx'
import { Answer } from '../ui/states.tsx'
import { OperationEvidence } from './evidence.tsx'
import { Signed } from './signed.tsx'

/** One call: what was sent, what was answered, and why it was refused. */
export function Entry({ id }: { readonly id: string }) {
  const world = server.value.world('*')
  const asked = useAsked((signal) => world.requests.get(id, { signal }), [id], [server.value])
  return (
    <div class="stack">
      <Panel
        title="Call"
        actions={
          <>
            <AsCurl id={id} />
            <a class="button" href={linkTo('journal')}>
              Close
            </a>
          </>
        }
      >
        <Answer asked={asked.value} what="this call">
          {(entry) => <Told entry={entry} />}
        </Answer>
      </Panel>
    </div>
  )
}

function AsCurl({ id }: { readonly id: string }) {
  const world = server.value.world('*')
  const curl = useAsked((signal) => world.requests.curl(id, { signal }), [id], [server.value])
  const { value, error } = curl.value
  return (
    <button
      type="button"
      class="button"
      disabled={value === undefined}
      title={error === undefined ? value : wordsFor(error)}
      onClick={() => value !== undefined && copy(value, 'the call as curl')}
    >
      Copy as curl
    </button>
  )
}

function Told({ entry }: { readonly entry: JournalEntry }) {
  const { refusal, unused, resources, habit, cut = [] } = entry
  return (
    <div class="inside stack">
      <h3 class="title">
        {entry.operation ?? 'No such operation'}{' '}
        <State state={String(entry.status)} tone={entry.status < 400 ? 'good' : 'bad'} /> {entry.code}
      </h3>
      <div class="row">
        <NextFails entry={entry} />
      </div>
      {refusal && <Why refusal={refusal} />}
      {refusal?.canonicalRequest !== undefined && <Signed refusal={refusal} />}
      <OperationEvidence entry={entry} />
      {entry.fault !== undefined && (
        <p class="aside">
          The fault <a href={linkTo('faults')}>{entry.fault}</a> did something to it.
        </p>
      )}
      {habit !== undefined && <p class="aside">{habit}</p>}
      {unused.length > 0 && (
        <p class="aside">
          Sent and not used: <code>{unused.join(', ')}</code>
        </p>
      )}
      <Facts
        rows={[
          ['request id', <Id key="id" id={entry.id} />],
          ['sent', <code key="url">{`${entry.method} ${entry.url}`}</code>],
          ['world time', <At key="at" at={entry.at} />],
          ['wall clock', <At key="wall" at={entry.wallAt} />],
          ['took', `${entry.durationMs.toFixed(2)} ms`],
          ['names', <Resources key="names" provider={entry.provider} ids={resources} />]
        ]}
      />
      <Body title="Request" text={entry.request} isCut={cut.includes('request')} />
      <Body title="Answer" text={entry.response} isCut={cut.includes('response')} />
    </div>
  )
}

function Why({ refusal }: { readonly refusal: NonNullable<JournalEntry['refusal']> }) {
  const { hint, field, value, rule } = refusal
  const rows = [
    ['field', field],
    ['was', value],
    ['rule', rule]
  ] as const
  return (
    <div class="problem">
      <p>{hint ?? 'Refused.'}</p>
      <Facts
        rows={rows.flatMap(([name, text]) => (text === undefined ? [] : [[name, <code key={name}>{text}</code>]]))}
      />
    </div>
  )
}

function Resources({ provider, ids }: { readonly provider: string; readonly ids: readonly string[] }) {
  if (ids.length === 0) return <span class="quiet">no resource</span>
  return (
    <span class="row">
      {ids.map((id) => (
        <Id key={`${provider} ${id}`} id={id} />
      ))}
    </span>
  )
}

function Body({ title, text, isCut }: { readonly title: string; readonly text: string; readonly isCut: boolean }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {text === '' ? <p class="quiet">No body.</p> : <Code text={indented(text)} />}
      {isCut && <p class="quiet">It went on; the journal keeps no more.</p>}
    </section>
  )
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
