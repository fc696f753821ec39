import type { Action } from '../actions.ts'
import { here } from '../server.ts'

/** What every reset leaves behind, to go back to. */
export const BEFORE_RESET = 'before-reset'

function at(name: string): string {
  return `/checkpoints/${encodeURIComponent(name)}`
}

export function saving(name: string): Action {
  return {
    label: `Save ${name}`,
    method: 'PUT',
    path: at(name),
    body: {},
    command: ['checkpoint', 'save', name],
    run: () => here.value.checkpoints.save(name)
  }
}

export function restoring(name: string, label = `Go back to ${name}`): Action {
  return {
    label,
    method: 'POST',
    path: `${at(name)}/restore`,
    body: {},
    command: ['checkpoint', 'restore', name],
    run: () => here.value.checkpoints.restore(name)
  }
}

export function forking(name: string, as: string): Action {
  return {
    label: `Make ${as} of ${name}`,
    method: 'POST',
    path: `${at(name)}/restore`,
    body: { as },
    command: ['checkpoint', 'restore', name, '--as', as],
    run: () => here.value.checkpoints.fork(name, as)
  }
}

export function dropping(name: string): Action {
  return {
    label: `Drop ${name}`,
    method: 'DELETE',
    path: at(name),
    command: ['checkpoint', 'drop', name],
    run: () => here.value.checkpoints.drop(name)
  }
}

export const RESET: Action = {
  label: 'Reset',
  method: 'POST',
  path: '/reset',
  body: {},
  command: ['reset'],
  run: async () => {
    // What is thrown away can be had again.
    await here.value.checkpoints.save(BEFORE_RESET)
    await here.value.reset()
  }
}
