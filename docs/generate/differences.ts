import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { clouds } from '../../src/clouds.ts'
import { behavioursOf, type Claim, claimsOf, countsOf } from '../../src/providers/claims.ts'
import { EVIDENCE_KINDS, type Evidence } from '../../src/providers/evidence.ts'
import type { Operation, Provider } from '../../src/providers/provider.ts'
import { code, madeFrom, page, plain, table } from './markdown.ts'

/** What of Snapstand rests on what, and where it may differ from a cloud for want of knowing. */
export function differencesPage(root: string): string {
  return page(
    'Where it may differ from the clouds',
    madeFrom('the evidence in src/providers/ and the kinds of exchanges in fixtures/'),
    'Nobody who wrote this has an account with either cloud. Everything that Snapstand does says what it rests on:',
    [
      '- **documented**: a page of the cloud says so;',
      '- **client**: clients of the cloud declare it, send it or cannot do without it;',
      '- **recorded**: the cloud itself answered so;',
      '- **inferred**: concluded from one of these;',
      '- **invented**: chosen here, since no source says anything.'
    ].join('\n'),
    'Listed below is what is inferred, and from what, and what is invented, and why. A running server tells all of it at `/_snapstand/operations`, and `snapstand operations` the counts. Numbers are never added up: a page and a guess are not worth the same. Tests that must hold at the real cloud had better not rest on what stands here; where a [setting](reference/settings.md) gives another answer, it is among them.',
    clouds.flatMap((provider) => cloudPart(provider, root))
  )
}

function cloudPart(provider: Provider, root: string): readonly string[] {
  const { name, description, operations, specification } = provider
  const claims = operations.flatMap((operation) =>
    claimsOf(provider, operation).map((claim) => ({ ...claim, operation: operation.name }))
  )
  const elsewhere = [...codesOf(provider), ...behavioursOf(provider)]
  const listed = (kind: Evidence['kind']) => [
    table(
      ['what', kind === 'inferred' ? 'from' : 'why', 'operations', 'section'],
      groupsOf(claims.filter(({ evidence }) => evidence.kind === kind)).map((group) => [
        told(group.claim),
        reasonOf(group.claim.evidence),
        group.operations.map((each) => `[${each}](reference/${name}.md#${each.toLowerCase()})`).join(', '),
        sectionOf(group.claim.evidence, specification)
      ])
    ),
    table(
      ['setting, rule or code', 'what', kind === 'inferred' ? 'from' : 'why', 'section'],
      elsewhere
        .filter(({ evidence }) => evidence.kind === kind)
        .map((each) => [
          code(each.name),
          plain(each.text),
          reasonOf(each.evidence),
          sectionOf(each.evidence, specification)
        ])
    )
  ]
  return [
    `## ${description.title}`,
    'How many of an operation, its members, errors, states and notes rest on what; and how many of its exchanges in [fixtures](../fixtures/README.md) a page prints or the cloud gave.',
    table(
      ['operation', ...EVIDENCE_KINDS, 'printed', 'given'],
      operations.map((operation) => [
        `[${operation.name}](reference/${name}.md#${operation.name.toLowerCase()})`,
        ...countCells(provider, operation),
        ...exchangeCells(join(root, 'fixtures', name, operation.name))
      ])
    ),
    `### ${description.title}: inferred`,
    ...listed('inferred'),
    `### ${description.title}: invented`,
    ...listed('invented')
  ]
}

function countCells(provider: Provider, operation: Operation): readonly string[] {
  const counts = countsOf(claimsOf(provider, operation))
  return EVIDENCE_KINDS.map((kind) => `${counts[kind]}`)
}

/** Answers of Snapstand's own prove nothing about the cloud, and are not counted. */
function exchangeCells(folder: string): readonly string[] {
  const kinds = readdirSync(folder).map((file) => Object(parse(readFileSync(join(folder, file), 'utf8'))).kind)
  return ['documented', 'recorded'].map((kind) => `${kinds.filter((each) => each === kind).length}`)
}

interface Group {
  readonly claim: Claim
  readonly operations: readonly string[]
}

/** The same of several operations is told once. Members of one operation that rest on the same are told together. */
function groupsOf(claims: readonly (Claim & { readonly operation: string })[]): readonly Group[] {
  const groups = new Map<string, { claim: Claim; operations: string[] }>()
  for (const { operation, ...claim } of claims) {
    const key = JSON.stringify(claim)
    const group = groups.get(key) ?? { claim, operations: [] }
    if (!group.operations.includes(operation)) group.operations.push(operation)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function told({ about, name, text }: Claim): string {
  return about === 'member' || about === 'error' ? `${code(name)} ${plain(text)}`.trim() : plain(text)
}

/** From what, or why. */
function reasonOf(evidence: Evidence): string {
  if (evidence.kind === 'inferred') return plain(evidence.basis)
  return evidence.kind === 'invented' ? plain(evidence.why) : ''
}

/** As the page of the cloud has it, which is the link. */
function sectionOf({ section }: Evidence, specification: string): string {
  return `[${section}](${specification.replace(/^docs\//, '')})`
}

/** Codes, and messages where they rest on something else. */
function codesOf({ catalogue }: Provider) {
  return Object.entries(catalogue).flatMap(([name, { status, message, evidence, textEvidence }]) => [
    { name, text: `Status ${status}.`, evidence },
    ...(textEvidence ? [{ name, text: `Message “${message}”`, evidence: textEvidence }] : [])
  ])
}
