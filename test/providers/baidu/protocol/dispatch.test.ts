import { expect, test } from 'vitest'
import { stages } from '../stage.ts'

const stage = stages()

test.for(['POST', 'DELETE'])(
  '1.2 dispatch is on the presence of the key: %s with ?detach is a wrong method, no release',
  async (method) => {
    const { call, volume } = await stage()
    const answer = await call(`${method} /v2/volume/v-free?detach`, { instanceId: 'i-running' })
    expect([answer.status, answer.code]).toEqual([400, 'BadRequest'])
    expect(await volume('v-free')).toMatchObject({ status: 'Available' })
  }
)
