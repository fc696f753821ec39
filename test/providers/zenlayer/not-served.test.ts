import { expect, test } from 'vitest'
import { zenlayer as provider } from '../../../src/providers/zenlayer/index.ts'
import { knownActions } from '../../../src/providers/zenlayer/matters/not-served.ts'
import { stages } from './stage.ts'

const stage = stages()

// Real actions of the cloud that are not emulated are told as such, never as a slip of the pen.

const known = knownActions().map(({ name }) => name)

test('no row is among them, and none comes twice', () => {
  const rows = new Set(provider.operations.map(({ name }) => name))
  expect(known.filter((name) => rows.has(name))).toEqual([])
  expect(known).toEqual([...new Set(known)])
  expect(known.length).toBeGreaterThan(200)
})

test.for([
  ['CreateVpc', '2025-09-01'],
  ['CreateSecurityGroup', '2024-04-01'],
  ['RebootInstances', '2025-09-01'],
  ['DescribeImages', '2025-09-01'],
  ['CopyImage', '2025-09-01'],
  ['ReleaseInstances', '2025-09-01']
] as const)('%s at %s is known, and not guessed at', async ([action, version]) => {
  const { zenlayer } = await stage()
  const reply = await zenlayer(action, {}, version)
  expect(reply).toMatchObject({ status: 401, code: 'AUTHFAILURE_UNAUTHORIZED_OPERATION' })
  const hint = decodeURIComponent(reply.headers['x-snapstand-hint'] ?? '')
  expect(hint).toMatch(new RegExp(`^${action} is known but not emulated: [A-Z]`))
  expect(hint).not.toContain('did you mean')
})

test('a slip of the pen is still guessed at', async () => {
  const { zenlayer } = await stage()
  const reply = await zenlayer('CreateSnapshots')
  expect(decodeURIComponent(reply.headers['x-snapstand-hint'] ?? '')).toContain('did you mean CreateSnapshot?')
})
