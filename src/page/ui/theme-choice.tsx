import { THEMES, theme } from '../theme.ts'

const WORDS = { system: 'By the system', light: 'Light', dark: 'Dark' } as const

export function ThemeChoice() {
  return (
    <label class="choice theme">
      <span class="hidden">Colours</span>
      <select
        value={theme.value}
        onChange={({ currentTarget }) => {
          theme.value = THEMES.find((each) => each === currentTarget.value) ?? 'system'
        }}
      >
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {WORDS[each]}
          </option>
        ))}
      </select>
    </label>
  )
}
