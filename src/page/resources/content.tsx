import { useSignal } from '@preact/signals'
import type { Action } from '../actions.ts'
import { here } from '../server.ts'
import { AsCommand, Do } from '../ui/button.tsx'
import { Code } from '../ui/parts.tsx'

/** The content marker: a text that snapshots capture and rollbacks bring back. Only a volume's own can be written. */
export function Content({
  provider,
  id,
  content,
  isOwn
}: {
  readonly provider: string
  readonly id: string
  readonly content: string | null
  readonly isOwn: boolean
}) {
  const typed = useSignal<string | undefined>(undefined)
  const text = typed.value ?? content ?? ''
  const writing: Action = {
    label: 'Write the content marker',
    method: 'PUT',
    path: `/${provider}/volumes/${encodeURIComponent(id)}/content`,
    text,
    run: () => here.value.content(provider, id).set(text)
  }
  return (
    <section aria-label="Content marker">
      <h3>Content marker</h3>
      {isOwn ? (
        <>
          <label>
            <span class="hidden">Content marker</span>
            <textarea
              rows={2}
              class="wide mono"
              placeholder="None yet. Write a text, take a snapshot, change it, roll back: it comes back."
              value={text}
              onInput={({ currentTarget }) => {
                typed.value = currentTarget.value
              }}
            />
          </label>
          <div class="row">
            <Do
              action={writing}
              done="Written."
              after={() => {
                typed.value = undefined
              }}
            >
              Write
            </Do>
            <AsCommand actions={[writing]} of="writing the marker" />
          </div>
        </>
      ) : content === null ? (
        <p class="quiet">The volume had none when it was made.</p>
      ) : (
        <Code text={content} />
      )}
    </section>
  )
}
