import type { Evidence, Operation, Operations } from '../../client/index.ts'
import { BadUsage } from '../../documents/complaint.ts'
import { unknownName } from '../../documents/words.ts'
import type { RemoteCommand } from '../command.ts'
import { textOf } from '../options.ts'
import { columns, type Paint, statusIn, table } from '../terminal.ts'

export const operations: RemoteCommand = {
  usage: 'operations [name]',
  description: 'tell what is served of each cloud; of one operation, its errors and how each is reached',
  options: [{ flags: '--cloud <name>', description: 'of this cloud only' }],
  async run({ server, words: [name], options, terminal: { paint } }) {
    const answer = await server.operations(textOf(options, 'cloud'))
    if (name === undefined) return { answer, text: listed(answer, paint) }
    const meant = answer.operations.filter((operation) => operation.name.toLowerCase() === name.toLowerCase())
    if (meant.length === 0) {
      const names = answer.operations.map((operation) => operation.name)
      const notServed = answer.notServed.find((each) => each.name === name)
      if (!notServed) throw new BadUsage([{ where: name, ...unknownName(name, names) }])
      return { answer: notServed, text: `${name} of ${notServed.provider} is not served: ${notServed.reason}\n` }
    }
    return {
      answer: meant.length === 1 ? meant[0] : meant,
      text: meant.map((each) => shown(each, answer, paint)).join('\n')
    }
  }
}

/** Of what rests on them an operation tells the number; they are not worth the same, and never added up. */
const KINDS = ['documented', 'client', 'recorded', 'inferred', 'invented'] as const

function listed({ operations: served, notServed }: Operations, paint: Paint): string {
  const rows = served.map((operation) => [
    ...[operation.provider, operation.name, addressOf(operation)],
    ...KINDS.map((kind) => `${operation.counts[kind]}`),
    operation.summary
  ])
  const rest = notServed.length === 0 ? '' : `Known and not served: ${notServed.map(({ name }) => name).join(', ')}.\n`
  return table(paint, ['cloud', 'operation', 'address', ...KINDS, ''], rows) + rest
}

function shown(operation: Operation, { common }: Operations, paint: Paint): string {
  const { name, provider, summary, versions, source, counts, errors, members, states, notes } = operation
  const others = (common[provider] ?? []).filter(({ code }) => !errors.some((error) => error.code === code))
  const rows = (list: Operation['errors']) =>
    list.map(({ code, status, message, reach = '', evidence }) => [
      ...[statusIn(paint, status), code, message, paint.dim(reach)],
      ...(evidence ? [paint.dim(evidence.kind)] : [])
    ])
  return [
    `${paint.bold(name)} of ${provider}: ${summary}\n`,
    `${addressOf(operation)}${versions === undefined ? '' : `, ${versions.join(' and ')}`}; ${source}\n`,
    `Rests on: ${KINDS.map((kind) => `${counts[kind]} ${kind}`).join(', ')}\n`,
    ...[...states, ...notes].map(({ text, evidence }) => `- ${text} ${paint.dim(`(${authorityOf(evidence)})`)}\n`),
    ...members
      .filter(({ evidence }) => authorityOf(evidence) !== authorityOf(operation.evidence))
      .map(({ names, evidence }) => `- ${names.join(', ')} ${paint.dim(`(${authorityOf(evidence)})`)}\n`),
    ...(errors.length === 0 ? [] : ['\nErrors of its own:\n', columns(rows(errors), { indent: '  ' })]),
    ...(others.length === 0 ? [] : ['\nThose of any operation:\n', columns(rows(others), { indent: '  ' })])
  ].join('')
}

function addressOf({ route: { method, path, selector } }: Operation): string {
  return `${method} ${path}${selector === undefined ? '' : ` ${selector}`}`
}

function authorityOf({ kind, page, clients, tool, basis, why }: Evidence): string {
  return `${kind}: ${page ?? clients?.join(', ') ?? tool ?? basis ?? why}`
}
