import { describe, expect, test } from 'vitest'
import { rows, stages } from '../stage.ts'

const stage = stages()

describe('4. a member without a value is left out', () => {
  test('desc of a snapshot that was given none', async () => {
    const { ok, snapshot } = await stage()
    const { snapshotId } = await ok('POST /v2/snapshot', { volumeId: 'v-free', snapshotName: 'bare', desc: '' })
    expect(await snapshot(snapshotId)).not.toHaveProperty('desc')
  })

  test('instanceId of a chain whose volume is not attached, volumeId of one whose volume was released', async () => {
    const { ok } = await stage()
    const chain = async (volumeId: string | undefined) => {
      const { snapchains } = await ok('GET /v2/snapshot/chain')
      return rows(snapchains).find((each) => each.volumeId === volumeId)
    }
    expect(await chain('v-used')).toMatchObject({ instanceId: 'i-running' })
    const free = await chain('v-free')
    expect(free).not.toHaveProperty('instanceId')
    await ok('DELETE /v2/volume/v-free')
    const released = await chain(undefined)
    expect(released).toMatchObject({ chainId: free?.chainId })
    expect(released).not.toHaveProperty('volumeId')
  })
})
