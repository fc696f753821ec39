import { beforeAll, expect, test } from 'vitest'
import { hasProxy } from '../../machines/server/proxy.ts'
import { build, runNode } from '../program.ts'

// Each machine once, as its command runs it, for as long as one waits; machines/README.md says what they look for.

beforeAll(build)

const found = async (name: string, flags: readonly string[]) => {
  const { code, out, err } = await runNode(['bench/run.ts', `machines/${name}.ts`, ...flags])
  expect(out.trimEnd().split('\n').at(-1), `${out}${err}`).toMatch(new RegExp(`^${name}: .*: nothing found$`))
  expect(code).toBe(0)
}

test.for([
  ['fuzz', '--calls', '30000', '--seed', '20260105'],
  ['kill', '--times', '25', '--seed', '20260105'],
  ['worlds', '--count', '10', '--seed', '20260105'],
  ['soak', '--seconds', '20', '--seed', '20260105'],
  ['model', '--runs', '200', '--seed', '20260105']
])('the machine finds nothing: %s %s %s', ([name = '', ...flags]) => found(name, flags))

test.skipIf(!hasProxy('nginx')).for([
  ['worlds', '--count', '20', '--shards', '3', '--seed', '20260105'],
  ['shards', '--times', '8', '--seed', '20260105'],
  ['shards', '--moves', '6', '--seed', '20260105']
])('behind nginx the machine finds nothing: %s %s %s', ([name = '', ...flags]) => found(name, flags))

test('a flag that no machine has, or that is no number, is refused', async () => {
  for (const flags of [
    ['--times', 'many'],
    ['--calls', '1']
  ]) {
    const { code, err } = await runNode(['bench/run.ts', 'machines/kill.ts', ...flags])
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(flags[0] ?? '') })
  }
})
