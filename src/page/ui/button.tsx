import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { type Action, commandOf, copy, curlOf, perform } from '../actions.ts'

/** Does an action at a click, and cannot be pressed again until it is done. */
export function Do({
  action,
  done,
  tone = '',
  after,
  children
}: {
  readonly action: Action
  /** Said when it is done. */
  readonly done?: string
  readonly tone?: '' | 'main' | 'bad' | 'plain'
  readonly after?: () => void
  readonly children?: ComponentChildren
}) {
  const isUnderWay = useSignal(false)
  const press = async () => {
    isUnderWay.value = true
    const isDone = await perform(action, done)
    isUnderWay.value = false
    if (isDone) after?.()
  }
  return (
    <button type="button" class={`button ${tone}`} disabled={isUnderWay.value} onClick={press}>
      {children ?? action.label}
    </button>
  )
}

/** The commands that do the same as the buttons beside it, to copy. */
export function AsCommand({ actions, of }: { readonly actions: readonly Action[]; readonly of: string }) {
  return (
    <details class="menu" onFocusOut={closeBehind}>
      <summary aria-label={`Copy ${of} as a command`} title="Copy as a command">
        &gt;_
      </summary>
      <ul>
        {actions.flatMap((action) => [
          <Line key={`${action.label} curl`} label={action.label} kind="curl" text={curlOf(action)} />,
          ...[commandOf(action)].flatMap((text) =>
            text === undefined ? (
              []
            ) : (
              <Line key={`${action.label} own`} label={action.label} kind="snapstand" text={text} />
            )
          )
        ])}
      </ul>
    </details>
  )
}

function Line({ label, kind, text }: { readonly label: string; readonly kind: string; readonly text: string }) {
  return (
    <li>
      <button type="button" title={text} onClick={() => copy(text, `${label} as ${kind}`)}>
        <span>{label}</span> <b>{kind}</b>
      </button>
    </li>
  )
}

/** A menu closes when the focus goes elsewhere. */
function closeBehind({ currentTarget, relatedTarget }: FocusEvent): void {
  if (!(currentTarget instanceof HTMLDetailsElement)) return
  if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) currentTarget.open = false
}
