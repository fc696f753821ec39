import type { Fault, FaultRule } from '../../client/index.ts'
import { BadUsage } from '../../documents/complaint.ts'
import { parseDocument, readDocument } from '../../documents/document.ts'
import type { RemoteCommand } from '../command.ts'
import { textOf } from '../options.ts'
import { type Paint, table } from '../terminal.ts'

const listFaults: RemoteCommand = {
  usage: 'faults list',
  description: 'list the faults of a world and those of the server, with how often each was met and acted',
  isDefault: true,
  async run({ world, terminal: { paint } }) {
    const answer = await world.faults.list()
    return { answer, text: answer.length === 0 ? `${world.key} has no faults.\n` : shown(answer, paint) }
  }
}

const putFault: RemoteCommand = {
  usage: 'faults put <rule>',
  description: 'put a fault into a world, from a file or as JSON; a list of them, too',
  options: [{ flags: '--id <name>', description: 'what it is called, where the rule does not say' }],
  async run({ world, words: [word = ''], options, terminal: { paint } }) {
    const rules = await rulesIn(word, textOf(options, 'id'))
    const put: Fault[] = []
    for (const { id, rule } of rules) put.push(await world.faults.put(id, rule))
    return { answer: put.length === 1 ? put[0] : put, text: shown(put, paint) }
  }
}

const deleteFault: RemoteCommand = {
  usage: 'faults delete <id>',
  description: 'drop a fault of a world',
  async run({ world, words: [id = ''] }) {
    await world.faults.delete(id)
    return { text: `${id} of ${world.key} is gone.\n` }
  }
}

const clearFaults: RemoteCommand = {
  usage: 'faults clear',
  description: 'drop all faults of a world; those of the server stay',
  async run({ world }) {
    await world.faults.clear()
    return { text: `${world.key} has no faults of its own.\n` }
  }
}

interface Named {
  readonly id: string
  readonly rule: FaultRule
}

/** The rules of a file, or those that were typed. What they say is for the server to judge. */
async function rulesIn(word: string, name: string | undefined): Promise<readonly Named[]> {
  const isTyped = /^\s*[[{]/.test(word)
  const { value } = isTyped ? await parseDocument('rule', word) : await readDocument(word)
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.map((rule) => {
    if (!isRule(rule)) throw noRule(isTyped ? 'rule' : word, 'is no fault', 'expected an object with `then`')
    const id = rule.id ?? name
    if (id === undefined) throw noRule(isTyped ? 'rule' : word, 'has no name', 'expected --id, or a member `id`')
    return { id, rule }
  })
}

function isRule(value: unknown): value is FaultRule {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'then' in value
}

function noRule(where: string, reason: string, expected: string): BadUsage {
  return new BadUsage([{ where, reason, expected }])
}

function shown(faults: readonly Fault[], paint: Paint): string {
  const rows = faults.map(({ id, world, provider, operation, enabled, times, then, met, acted }) => [
    enabled ? paint.bold(id) : paint.dim(id),
    world,
    provider,
    operation,
    JSON.stringify(then),
    `${acted}${times === undefined ? '' : ` of ${times}`}`,
    String(met),
    enabled ? '' : 'off'
  ])
  return table(paint, ['fault', 'world', 'cloud', 'operation', 'then', 'acted', 'met', ''], rows)
}

export const faults = [listFaults, putFault, deleteFault, clearFaults]
