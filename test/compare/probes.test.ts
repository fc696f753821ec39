import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clouds } from '../../src/clouds.ts'
import { CATALOGUES } from '../../src/compare/probes/index.ts'
import type { Probe } from '../../src/compare/probes/probe.ts'
import { settingsOf } from '../../src/core/model/rules.ts'

const names = clouds.map(({ name }) => name)
const settings = settingsOf(Object.fromEntries(clouds.map((provider) => [provider.name, provider.rules])))

/** The numbers in the first column of section 8. */
function questionsOf(page: string): readonly string[] {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
  const section = text.slice(text.search(/^## 8\.? Open questions/m))
  return [...section.matchAll(/^\| (Q?\d+[a-z]?) \|/gm)].flatMap(([, number]) => number ?? [])
}

function catalogueOf(name: string) {
  const catalogue = CATALOGUES[name]
  if (!catalogue) throw new Error(`${name} has no catalogue`)
  return catalogue
}

test.for(clouds.map(({ name, specification }) => [name, specification] as const))(
  'every open question of %s has a probe, or a reason why none can be asked',
  ([name, page]) => {
    const { probes, unasked } = catalogueOf(name)
    const questions = questionsOf(page)
    expect(questions.length).toBeGreaterThan(30)
    const answered = [...probes, ...unasked].map(({ question }) => question)
    expect(answered.toSorted()).toEqual([...questions].toSorted())
    for (const { question, reason } of unasked) expect(reason.split(' ').length, question).toBeGreaterThan(4)
  }
)

const everyProbe = names.flatMap((name) =>
  catalogueOf(name).probes.map((probe) => [name, probe.question, probe] as const)
)

test.for(everyProbe)('%s %s names what there is, and reads what it asks', ([name, , probe]) => {
  const operations = clouds.find((provider) => provider.name === name)?.operations.map((row) => row.name) ?? []
  const calls = probe.steps.flatMap(({ call }) => (typeof call === 'string' ? [call] : []))
  expect(calls.filter((call) => !operations.includes(call))).toEqual([])
  const steps = probe.steps.map((step) => step.name)
  const asked: string[] = []
  const answers = (step: string) => {
    asked.push(step)
    return []
  }
  for (const read of Object.values(probe.reads)) read(answers)
  expect(asked.filter((step) => !steps.includes(step))).toEqual([])
  expect(asked.length).toBeGreaterThan(0)
  expect(Object.hasOwn(settings, probe.decides) || new RegExp(`^${name}\\.md \\d`).test(probe.decides)).toBe(true)
})

test.for(everyProbe)('%s %s that is not said to write makes nothing', ([, , probe]) => {
  const isLooking = ({ call, isRefused }: Probe['steps'][number]) =>
    typeof call !== 'string' || isRefused === true || /^(?:Describe|List|Get)/.test(call)
  expect(probe.writes === true || probe.steps.every(isLooking)).toBe(true)
})
