import { useSignal } from '@preact/signals'
import { ControlRefused } from '../../client/index.ts'
import { type Action, note, perform } from '../actions.ts'
import { world } from '../place.ts'
import { here, wordsFor } from '../server.ts'
import { AsCommand } from '../ui/button.tsx'
import { Panel } from '../ui/parts.tsx'
import { restoring, saving } from './actions.ts'

const BEFORE_IMPORT = 'before-import'
const EXPORT: Action = {
  label: 'Export',
  method: 'GET',
  path: '/state',
  command: ['export'],
  run: () => save('json')
}
const IMPORT: Action = {
  label: 'Import',
  method: 'PUT',
  path: '/state',
  file: 'FILE',
  command: ['seed', 'FILE'],
  run: async () => {}
}

/** The world as a file: out, and in by a drop or a choice. */
export function StateFile() {
  const isOver = useSignal(false)
  const wrongs = useSignal<readonly string[]>([])
  const take = async (file: File | undefined) => {
    isOver.value = false
    if (!file) return
    wrongs.value = []
    try {
      await saving(BEFORE_IMPORT).run()
      const { exact } = await here.value.state.import(await file.text())
      const words = exact ? 'The very world of the file is here.' : 'The seed of the file is planted.'
      note('good', words, restoring(BEFORE_IMPORT, 'Undo'))
    } catch (error) {
      wrongs.value = [wordsFor(error), ...wrongsIn(error)]
    }
  }
  return (
    <Panel
      title="State as a file"
      actions={
        <>
          <button type="button" class="button" onClick={() => perform({ ...EXPORT, run: () => save('json') })}>
            Export JSON
          </button>
          <button type="button" class="button" onClick={() => perform({ ...EXPORT, run: () => save('yaml') })}>
            Export YAML
          </button>
          <AsCommand actions={[EXPORT, IMPORT]} of="exporting and importing" />
        </>
      }
    >
      <label
        class={`drop ${isOver.value ? 'is-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          isOver.value = true
        }}
        onDragLeave={() => {
          isOver.value = false
        }}
        onDrop={(event) => {
          event.preventDefault()
          take(event.dataTransfer?.files[0])
        }}
      >
        <span>
          Drop an export or a seed here, JSON or YAML, or choose one. It takes the place of all that the world holds.
        </span>
        <input
          type="file"
          accept=".json,.yaml,.yml,application/json,application/yaml"
          onChange={({ currentTarget }) => {
            take(currentTarget.files?.[0])
            currentTarget.value = ''
          }}
        />
      </label>
      {wrongs.value.length > 0 && (
        <div class="problem" role="alert">
          {wrongs.value.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
    </Panel>
  )
}

/** A refused document tells all that is wrong with it, with the place of each. */
function wrongsIn(error: unknown): readonly string[] {
  const wrongs: unknown = error instanceof ControlRefused ? error.problem.wrongs : undefined
  if (!Array.isArray(wrongs)) return []
  return wrongs.map((wrong: unknown) => {
    const { where = '', reason = '', expected } = Object(wrong)
    return `${where}: ${reason}${expected === undefined ? '' : ` (${expected})`}`
  })
}

async function save(form: 'json' | 'yaml'): Promise<void> {
  const stream = await here.value.state.stream(form)
  const blob = await new Response(stream).blob()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${world.value.replaceAll(/[^\w.-]+/g, '_')}.${form}`
  link.click()
  URL.revokeObjectURL(link.href)
}
