import { expect, test } from 'vitest'
import { runs } from '../runs.ts'
import { checkHistory } from './check.ts'
import { STARTED_AT } from './history.ts'
import { startReal } from './real.ts'

/** `npm run test:histories` takes it further; a number that fails here fails there. */
const COUNT = runs(200, 2000)

test('random histories agree with a naive implementation of the specifications', { timeout: 600_000 }, async () => {
  const core = startReal(STARTED_AT)
  for (let seed = 0; seed < COUNT; seed++) {
    const complaint = await checkHistory(core, seed)
    expect(complaint, `history ${seed}`).toBeUndefined()
  }
  await core.close()
})
