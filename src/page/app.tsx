import { useEffect } from 'preact/hooks'
import { ClockBar } from './clock/clock-bar.tsx'
import icon from './icon.svg'
import { lazily } from './lazily.tsx'
import { connection, refusal } from './live.ts'
import { linkTo, VIEWS, type ViewName, view, world } from './place.ts'
import { isTokenWanted } from './server.ts'
import { TimelineView } from './timeline/timeline-view.tsx'
import { Notes } from './ui/notes.tsx'
import { ThemeChoice } from './ui/theme-choice.tsx'
import { TokenForm } from './ui/token-form.tsx'
import { WorldChoice } from './worlds/world-choice.tsx'

const mark = new URL(icon, import.meta.url).href

const TITLES: Readonly<Record<ViewName, string>> = {
  timeline: 'Time line',
  resources: 'Resources',
  journal: 'Journal',
  faults: 'Faults',
  worlds: 'Worlds',
  settings: 'Settings'
}

const Resources = lazily(() => import('./resources/resources-view.tsx'))
const Journal = lazily(() => import('./journal/journal-view.tsx'))
const Faults = lazily(() => import('./faults/faults-view.tsx'))
const Worlds = lazily(() => import('./worlds/worlds-view.tsx'))
const Settings = lazily(() => import('./settings/settings-view.tsx'))

export function App() {
  const title = `${TITLES[view.value]} · ${world.value} · Snapstand`
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href={linkTo('timeline')}>
          <img src={mark} width="22" height="22" alt="" />
          Snapstand
        </a>
        <WorldChoice />
        <Connected />
        <ThemeChoice />
      </header>
      <nav class="views" aria-label="Views">
        {VIEWS.map((name) => (
          <a key={name} href={linkTo(name)} aria-current={view.value === name ? 'page' : undefined}>
            {TITLES[name]}
          </a>
        ))}
      </nav>
      <ClockBar />
      <main id="main" tabIndex={-1}>
        <Offline />
        {isTokenWanted.value ? <TokenForm /> : <Shown key={world.value} />}
      </main>
      <Notes />
    </>
  )
}

function Shown() {
  switch (view.value) {
    case 'timeline':
      return <TimelineView />
    case 'resources':
      return <Resources />
    case 'journal':
      return <Journal />
    case 'faults':
      return <Faults />
    case 'worlds':
      return <Worlds />
    case 'settings':
      return <Settings />
    default:
      return view.value satisfies never
  }
}

const WORDS = { connecting: 'Connecting', live: 'Live', offline: 'Offline', refused: 'Refused' } as const

function Connected() {
  return (
    <span class={`connected is-${connection.value}`} role="status">
      <span class="dot" aria-hidden="true" />
      {WORDS[connection.value]}
    </span>
  )
}

function Offline() {
  if (isTokenWanted.value) return null
  if (connection.value === 'refused') {
    return (
      <p class="banner" role="alert">
        The server lets nobody look at this world: {refusal.value}
      </p>
    )
  }
  if (connection.value !== 'offline') return null
  return (
    <p class="banner" role="alert">
      The server does not answer. What you see is what was known last; it is asked again every second. Start it with{' '}
      <code>snapstand</code>, and this page goes on by itself.
    </p>
  )
}
