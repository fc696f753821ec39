import { useSignal } from '@preact/signals'
import type { Setting } from '../../client/index.ts'
import { type Action, perform } from '../actions.ts'
import { useAsked } from '../asked.ts'
import { changes } from '../live.ts'
import { here } from '../server.ts'
import { AsCommand, Do } from '../ui/button.tsx'
import { Answer, Empty } from '../ui/states.tsx'

type Value = Setting['value']

function changing(name: string, value: Value): Action {
  return {
    label: value === null ? `${name} back to its default` : `Set ${name}`,
    method: 'PATCH',
    path: '/settings',
    body: { [name]: value },
    command: value === null ? ['settings', 'unset', name] : ['settings', 'set', `${name}=${value}`],
    run: () => here.value.settings.patch({ [name]: value })
  }
}

/** What of the clouds' behaviour can be set, with its default and where that comes from. */
export default function SettingsView() {
  const world = here.value
  const text = useSignal('')
  const count = useSignal(0)
  const asked = useAsked((signal) => world.settings.get({ signal }), [count.value, changes.value], [world])
  const wanted = text.value.trim().toLowerCase()
  return (
    <section class="panel" aria-label="Settings">
      <header>
        <h1>Settings</h1>
        <label class="find">
          <span class="hidden">Find a setting</span>
          <input
            type="search"
            placeholder="Find a setting"
            value={text.value}
            onInput={({ currentTarget }) => {
              text.value = currentTarget.value
            }}
          />
        </label>
      </header>
      <Answer asked={asked.value} what="the settings">
        {(settings) => {
          const found = settings.filter(({ name, description }) =>
            `${name} ${description}`.toLowerCase().includes(wanted)
          )
          if (found.length === 0) return <Empty>No setting has that in its name or description.</Empty>
          return (
            <ul class="settings">
              {found.map((setting) => (
                <One key={setting.name} setting={setting} done={() => count.value++} />
              ))}
            </ul>
          )
        }}
      </Answer>
    </section>
  )
}

function One({ setting, done }: { readonly setting: Setting; readonly done: () => void }) {
  const { name, value, default: preset, description, source } = setting
  const typed = useSignal<string | undefined>(undefined)
  const isSet = value !== preset
  const wanted = valueFrom(typed.value ?? shown(value), value ?? preset)
  const put = async (event: Event) => {
    event.preventDefault()
    if (await perform(changing(name, wanted), `${name} is ${shown(wanted)} now.`)) {
      typed.value = undefined
      done()
    }
  }
  return (
    <li class={isSet ? 'is-set' : ''}>
      <div>
        <code>{name}</code>
        <p>{description}</p>
        <p class="quiet">
          default {shown(preset) === '' ? 'none' : shown(preset)} · {source}
        </p>
      </div>
      <form class="row" onSubmit={put}>
        {typeof (value ?? preset) === 'boolean' ? (
          <select
            aria-label={name}
            value={typed.value ?? shown(value)}
            onChange={({ currentTarget }) => {
              typed.value = currentTarget.value
            }}
          >
            <option>true</option>
            <option>false</option>
          </select>
        ) : (
          <input
            aria-label={name}
            class="short mono"
            value={typed.value ?? shown(value)}
            placeholder="none"
            spellcheck={false}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value
            }}
          />
        )}
        <button type="submit" class="button" disabled={typed.value === undefined || typed.value === shown(value)}>
          Set
        </button>
        {isSet && (
          <Do action={changing(name, null)} tone="plain" after={done}>
            Default
          </Do>
        )}
        <AsCommand actions={[changing(name, wanted), changing(name, null)]} of={name} />
      </form>
    </li>
  )
}

function shown(value: Value): string {
  return value === null ? '' : String(value)
}

/** What is typed, as the kind of value that the setting has. */
function valueFrom(text: string, like: Value): Value {
  if (text.trim() === '') return null
  if (typeof like === 'boolean') return text === 'true'
  if (typeof like === 'string') return text
  const number = Number(text)
  return Number.isNaN(number) ? text : number
}
