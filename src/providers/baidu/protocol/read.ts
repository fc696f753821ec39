import { nearest } from '../../../documents/nearest.ts'
import type { ApiError, Reading, RequestLine } from '../../provider.ts'
import { formValues, segmentsOf, targetOf, withoutEndpointSlash } from '../../wire/uri.ts'
import { refusal } from '../errors.ts'
import type { Meaning, RouteTable } from './route-table.ts'

/** The row that a request line means, or why it means none. */
export function read({ method, url }: RequestLine, table: RouteTable): Reading {
  const { path, query } = targetOf(url)
  const target = { path: withoutEndpointSlash(path), query }
  const meaning = table.meaning(method, target)
  const common = {
    query: formValues(query),
    version: /^v\d+/.exec(segmentsOf(target.path)?.[0] ?? '')?.[0] ?? ''
  }
  if (meaning.kind === 'operation') return { ...common, operation: meaning.operation, params: meaning.params }
  const error = () => refusedFor(method, target.path, meaning, table)
  return { ...common, operation: undefined, params: {}, refused: { early: meaning.kind === 'uri', error } }
}

type Missed = Exclude<Meaning, { readonly kind: 'operation' }>

function refusedFor(method: string, path: string, meaning: Missed, table: RouteTable): ApiError {
  const line = `${method} ${path}`
  switch (meaning.kind) {
    case 'version':
      return refusal('InvalidVersion', {
        hint: nearestLine(line, table),
        field: 'path',
        rule: 'baidu.md 3.2, 7.5'
      })
    case 'method':
      return refusal('BadRequest', {
        hint: `${meaning.path} takes ${meaning.methods.join(', ')}, not ${method}.`,
        field: 'method',
        rule: 'baidu.md 3.2'
      })
    case 'action':
      return refusal('BadRequest', { hint: actionHint(meaning), field: 'query', rule: 'baidu.md 1.2, 3.2' })
    case 'uri':
      return refusal('InvalidURI', { hint: 'A "%" in the path or query does not begin the code of a UTF-8 character.' })
    case 'known': {
      const code = { path: 'NoSuchObject', version: 'InvalidVersion', action: 'BadRequest' } as const
      return refusal(code[meaning.wrong], {
        hint: `${meaning.name} is known but not emulated.`,
        field: meaning.wrong === 'action' ? 'query' : 'path',
        rule: 'baidu.md 3.2'
      })
    }
    case 'path':
      return refusal('NoSuchObject', { hint: nearestLine(line, table), field: 'path', rule: 'baidu.md 3.2' })
    default:
      return meaning satisfies never
  }
}

function actionHint({ path, given, actions }: Extract<Meaning, { kind: 'action' }>): string {
  const wanted = `${path} wants exactly one of ${actions.map((action) => `?${action}`).join(', ')}`
  return given.length === 0 ? `${wanted}; none is there.` : `${wanted}; given: ${given.join(', ')}.`
}

function nearestLine(line: string, table: RouteTable): string {
  const near = nearest(line, table.lines)
  return `No operation is at "${line.slice(0, 200)}".${near === undefined ? '' : ` The nearest is ${near}.`}`
}
