import { expect, test } from 'vitest'
import { runNode } from '../../program.ts'

test('databases and statements that are dropped go while nothing runs, and the process lives', async () => {
  const ended = await runNode(['--expose-gc', 'test/nodes/collections.ts', '1000'])
  expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/^1000 of 1000 databases were collected/) })
}, 120_000)
