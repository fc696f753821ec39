/** One line of the text format. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}
/** What belongs under one `# TYPE`. */
export interface Family {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly samples: readonly Sample[]
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/g

/** Prometheus' text format, read by its own rules. Throws what a line has wrong. */
export function familiesIn(text: string): readonly Family[] {
  const families = new Map<string, { name: string; type: string; help: string; samples: Sample[] }>()
  const help = new Map<string, string>()
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (kind === 'HELP') help.set(name, rest)
    else if (kind === 'TYPE') {
      if (families.has(name)) throw new Error(`${name} is declared twice`)
      families.set(name, { name, type: rest, help: help.get(name) ?? '', samples: [] })
    } else {
      const [, sampled = '', labels = '', value = ''] = LINE.exec(line) ?? []
      if (sampled === '') throw new Error(`no line of the text format: ${line}`)
      const family = [...families.values()].at(-1)
      const isOfFamily = family && new RegExp(`^${family.name}(_bucket|_sum|_count)?$`).test(sampled)
      if (!isOfFamily) throw new Error(`${sampled} stands under no declaration of its own`)
      family.samples.push({ name: sampled, labels: labelsIn(labels), value: numberOf(value) })
    }
  }
  return [...families.values()]
}

function labelsIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(LABEL)]
  if (found.map(([whole]) => whole).join('') !== text) throw new Error(`no labels: ${text}`)
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]))
}

function numberOf(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  if (text === 'Nan') return Number.NaN
  const value = Number(text)
  if (Number.isNaN(value) && text !== 'NaN') throw new Error(`no number: ${text}`)
  return value
}

const UNITS_THAT_ARE_NOT_BASE =
  /_(milliseconds|ms|microseconds|minutes|hours|days|kilobytes|kib|mib|megabytes|percent)(_|$)/

/** What `promtool check metrics` and the conventions would say. */
export function faultsOf({ name, type, help, samples }: Family): readonly string[] {
  const wrong: string[] = []
  const say = (found: boolean, what: string) => {
    if (found) wrong.push(`${name}: ${what}`)
  }
  say(help === '', 'has no help')
  say(!['counter', 'gauge', 'histogram', 'summary'].includes(type), `is of type ${type}`)
  say(name !== name.toLowerCase(), 'is not in snake case')
  say(type === 'counter' && !name.endsWith('_total'), 'is a counter and does not end in _total')
  say(type !== 'counter' && name.endsWith('_total'), 'ends in _total and is no counter')
  say(type !== 'histogram' && /_(bucket|count|sum)$/.test(name), 'ends as parts of histograms do')
  say(UNITS_THAT_ARE_NOT_BASE.test(name), 'is not in a base unit')
  const seen = new Set<string>()
  for (const { name: sampled, labels } of samples) {
    const key = `${sampled} ${JSON.stringify(Object.entries(labels).sort())}`
    say(seen.has(key), `tells ${key} twice`)
    seen.add(key)
    say(
      Object.keys(labels).some((label) => label.startsWith('__') || label === name),
      'has a label of a reserved name'
    )
  }
  return wrong
}
