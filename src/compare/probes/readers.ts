import { formOfId } from '../differences/aliases.ts'
import { type Answer, codeIn } from '../differences/answers.ts'
import { isObject } from '../differences/values.ts'

/** The answers of each step, in their order; a step that was not asked has none. */
export type Answers = (step: string) => readonly Answer[]
/** What the answers tell of one thing, in a few words. */
export type Reader = (answers: Answers) => string

const NOT_ASKED = '(not asked)'

function last(step: string, tell: (answer: Answer) => string): Reader {
  return (answers) => {
    const answer = answers(step).at(-1)
    return answer ? tell(answer) : NOT_ASKED
  }
}

/** Status and code: `404 INVALID_DISK_NOT_FOUND`. */
export function verdict(step: string): Reader {
  return last(step, ({ status, body }) => `${status} ${codeIn(body) ?? ''}`.trim())
}

export function message(step: string): Reader {
  return last(step, ({ body }) => (isObject(body) ? String(body.message ?? '(none)') : '(none)'))
}

/** What stands in a place of the answer: `response.dataSet.0.tags`. */
export function member(step: string, way: string): Reader {
  return last(step, ({ body }) => {
    const value = valueAt(body, way)
    return value === undefined ? '(nothing)' : JSON.stringify(value)
  })
}

/** What the id in a place looks like. */
export function idForm(step: string, way: string): Reader {
  return last(step, ({ body }) => {
    const value = valueAt(body, way)
    return typeof value === 'string' ? formOfId(value) : '(none there)'
  })
}

/** What a member was, from poll to poll. */
export function path(step: string, way: string): Reader {
  return (answers) => {
    const seen = answers(step).map(({ body }) => valueAt(body, way))
    const values = seen.map((value) => (value === undefined ? '(gone)' : String(value)))
    return values.length === 0 ? NOT_ASKED : values.filter((value, at) => value !== values[at - 1]).join(' → ')
  }
}

/** Which headers an answer has, and its content type. */
export function headers(step: string): Reader {
  return last(step, ({ headers: pairs }) => {
    const type = pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
    const own = pairs
      .map(([name]) => name.toLowerCase())
      .filter((name) => name.startsWith('x-') && name !== 'x-snapstand-hint')
    return [type ?? 'no content type', ...own.toSorted()].join(', ')
  })
}

/** Whether a header has this value. */
export function isEchoed(step: string, name: string, value: string): Reader {
  return last(step, ({ headers: pairs }) =>
    pairs.some(([each, found]) => each.toLowerCase() === name && found === value) ? 'comes back' : 'is another'
  )
}

/** In which order a list comes, by an instant that its elements have. */
export function order(step: string, list: string, instant: string): Reader {
  return last(step, ({ body }) => {
    const times = elementsAt(body, list).flatMap((each) => Date.parse(String(each[instant])) || [])
    if (new Set(times).size < 2) return '(too few to tell)'
    const isRising = times.every((at, index) => index === 0 || at >= (times[index - 1] ?? at))
    const isFalling = times.every((at, index) => index === 0 || at <= (times[index - 1] ?? at))
    return isRising ? 'oldest first' : isFalling ? 'newest first' : 'by something else'
  })
}

/** What the elements of a list that have `where` tell, each way of telling once. */
export function each(
  step: string,
  list: string,
  tell: (element: Readonly<Record<string, unknown>>) => string | undefined
): Reader {
  return last(step, ({ body }) => {
    const told = new Set(elementsAt(body, list).flatMap((element) => tell(element) ?? []))
    return told.size === 0 ? '(none there)' : [...told].toSorted().join('; ')
  })
}

/** The names of members that are null in an element, and of those that are empty. */
export function emptiness(step: string, list: string): Reader {
  return last(step, ({ body }) => {
    const elements = elementsAt(body, list)
    const names = (isSo: (value: unknown) => boolean) => [
      ...new Set(elements.flatMap((element) => Object.keys(element).filter((name) => isSo(element[name]))))
    ]
    if (elements.length === 0) return '(none there)'
    const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0
    return `null: ${
      names((value) => value === null)
        .toSorted()
        .join(', ') || 'none'
    }; []: ${names(isEmpty).toSorted().join(', ') || 'none'}`
  })
}

function elementsAt(body: unknown, list: string): readonly Readonly<Record<string, unknown>>[] {
  const found = valueAt(body, list)
  return Array.isArray(found) ? found.filter(isObject) : []
}

/** The value at the end of a way: members and indexes with dots between them. */
export function valueAt(value: unknown, way: string): unknown {
  return way.split('.').reduce<unknown>((at, name) => {
    if (Array.isArray(at)) return at[Number(name)]
    return isObject(at) ? at[name] : undefined
  }, value)
}
