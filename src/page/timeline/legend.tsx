/** What the marks mean. */
export function Legend() {
  return (
    <ul class="legend" aria-label="What the marks mean">
      {MARKS.map(([kind, words]) => (
        <li key={kind}>
          <svg viewBox="0 0 16 16" class={`mark ${kind}`} aria-hidden="true">
            {SHAPES[kind]}
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}

const MARKS = [
  ['manual', 'by hand'],
  ['automatic', 'by a policy'],
  ['creating', 'under way'],
  ['failed', 'failed'],
  ['coming', 'will fire'],
  ['skipped', 'skipped'],
  ['kept', 'kept until'],
  ['now', 'now']
] as const

const SHAPES = {
  manual: <path d="M8 3l5 5-5 5-5-5z" />,
  automatic: <circle cx="8" cy="8" r="4" />,
  creating: <circle cx="8" cy="8" r="4" stroke-dasharray="2 2" />,
  failed: <path d="M4 4l8 8M12 4l-8 8" />,
  coming: <circle cx="8" cy="8" r="3.2" />,
  skipped: <path d="M5 5l6 6M11 5l-6 6" />,
  kept: <path d="M1 6h13v4h-13z M14 4v8" />,
  now: <path d="M8 1v14" />
}
