import { computed, signal } from '@preact/signals'

export const VIEWS = ['timeline', 'resources', 'journal', 'faults', 'worlds', 'settings'] as const
export type ViewName = (typeof VIEWS)[number]

/** Where this tab is: the world stands in the query, so that two tabs never mix; the view and what it shows in the hash. */
const address = signal(location.href)
const url = computed(() => new URL(address.value))

export const world = computed(() => url.value.searchParams.get('world') ?? 'default')
const steps = computed(() => url.value.hash.replace(/^#\/?/, '').split('/').map(decoded))
export const view = computed<ViewName>(() => VIEWS.find((name) => name === steps.value[0]) ?? 'timeline')
/** What is opened within the view: its parts. */
export const opened = computed<readonly string[]>(() => steps.value.slice(1))

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The address of a view of this world, or of another. */
export function linkTo(name: ViewName, parts: readonly string[] = [], other = world.value): string {
  const query = other === 'default' ? '' : `?world=${encodeURIComponent(other)}`
  return `${location.pathname}${query}#/${[name, ...parts].map(encodeURIComponent).join('/')}`
}

export function goTo(name: ViewName, parts: readonly string[] = [], other = world.value): void {
  history.pushState(null, '', linkTo(name, parts, other))
  address.value = location.href
}

/** Listens to the browser's own ways to go somewhere; links within the page do not load it anew. */
export function followPlace(): void {
  addEventListener('popstate', () => {
    address.value = location.href
  })
  addEventListener('hashchange', () => {
    address.value = location.href
  })
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!(link instanceof HTMLAnchorElement) || event.button !== 0 || event.metaKey || event.ctrlKey) return
    if (link.target !== '' || link.origin !== location.origin || link.pathname !== location.pathname) return
    if (!link.hash.startsWith('#/')) return
    event.preventDefault()
    history.pushState(null, '', link.href)
    address.value = location.href
  })
}
