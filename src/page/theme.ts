import { effect, signal } from '@preact/signals'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
const KEY = 'snapstand-theme'

const kept = localStorage.getItem(KEY)
export const theme = signal<Theme>(THEMES.find((each) => each === kept) ?? 'system')
/** Counts up when the colours have changed: what is drawn and not styled is drawn anew. */
export const repaints = signal(0)

export function followTheme(): void {
  effect(() => {
    const { dataset } = document.documentElement
    if (theme.value === 'system') delete dataset.theme
    else dataset.theme = theme.value
    localStorage.setItem(KEY, theme.value)
    repaints.value = repaints.peek() + 1
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => repaints.value++)
}
