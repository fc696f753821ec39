import type { Fault, FaultRule } from '../../client/index.ts'
import type { Action } from '../actions.ts'
import { here } from '../server.ts'

function at(id: string): string {
  return `/faults/${encodeURIComponent(id)}`
}

export function putting(id: string, rule: FaultRule, label = `Put ${id}`): Action {
  const command = ['faults', 'put', JSON.stringify({ id, ...rule })]
  return { label, method: 'PUT', path: at(id), body: rule, command, run: () => here.value.faults.put(id, rule) }
}

export function dropping(id: string): Action {
  const command = ['faults', 'delete', id]
  return { label: `Drop ${id}`, method: 'DELETE', path: at(id), command, run: () => here.value.faults.delete(id) }
}

/** The same rule, on or off: its counts stay. */
export function turned({ world: _world, met: _met, acted: _acted, enabled, ...rule }: Fault): Action {
  return putting(rule.id, { ...rule, enabled: !enabled }, enabled ? 'Off' : 'On')
}

/** What a rule does, in words. */
export function wordsFor({ then }: Fault): string {
  const { error, delayMs, status, connection, outcome, rate, after } = then
  const words = [
    error !== undefined && `answers ${error}`,
    status !== undefined && `answers ${status}`,
    delayMs !== undefined && `waits ${delayMs} ms`,
    connection !== undefined && `connection: ${connection}`,
    outcome !== undefined && 'what it makes fails later',
    rate !== undefined && `beyond ${rate.requests} in ${rate.perSeconds} s`,
    after === true && 'once the work is done'
  ]
  return words.filter((each) => typeof each === 'string').join(', ')
}

/** Which of the calls it meets. */
export function scopeOf({ skip, times, probability, when }: Fault): string {
  const words = [
    when !== undefined && JSON.stringify(when),
    skip !== undefined && skip > 0 && `after the first ${skip}`,
    times !== undefined && `${times} times`,
    probability !== undefined && `${Math.round(probability * 100)} % of them`
  ]
  return words.filter((each) => typeof each === 'string').join(', ') || 'every time'
}
