import type { ComponentChildren } from 'preact'
import { copy } from '../actions.ts'
import { msOf, onHover, shownAt } from '../instants.ts'

/** An instant in UTC; on hover as each cloud's own clocks show it. */
export function At({ at }: { readonly at: string | number }) {
  const ms = typeof at === 'number' ? at : msOf(at)
  if (!Number.isFinite(ms)) return <span>–</span>
  return (
    <time dateTime={new Date(ms).toISOString()} title={onHover(ms)}>
      {shownAt(ms)}
    </time>
  )
}

/** An id, which a click copies. */
export function Id({ id }: { readonly id: string }) {
  return (
    <button type="button" class="id" title="Copy" aria-label={`Copy ${id}`} onClick={() => copy(id, id)}>
      {id}
    </button>
  )
}

export function Cloud({ name }: { readonly name: string }) {
  return <span class={`cloud is-${name}`}>{name}</span>
}

/** A state in words, its colour by what it means. */
export function State({ state, tone = toneOf(state) }: { readonly state: string; readonly tone?: string }) {
  return <span class={`state is-${tone}`}>{state}</span>
}

export function toneOf(state: string): 'good' | 'busy' | 'bad' | 'gone' | 'rest' {
  const word = state.toLowerCase()
  if (/fail|error|unavail|damaged|expired/.test(word)) return 'bad'
  if (/gone|recycl|releas|delet/.test(word)) return 'gone'
  if (/(ing$|ing_|_back|charging|rolling)/.test(word) && word !== 'running') return 'busy'
  return /avail|attached|in_?use|running|active/.test(word) ? 'good' : 'rest'
}

export function Panel({
  title,
  actions,
  children
}: {
  readonly title: string
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}) {
  return (
    <section class="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <div class="row">{actions}</div>
      </header>
      {children}
    </section>
  )
}

/** Names and values, one a line. */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Long texts break, and never scroll on their own. */
export function Code({ text }: { readonly text: string }) {
  return <pre class="code">{text}</pre>
}
