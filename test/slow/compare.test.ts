import { expect, test } from 'vitest'
import { startSnapstand } from '../../src/index.ts'
import { typed } from '../cli/lines.ts'

const env = {
  ZENLAYERCLOUD_ACCESS_KEY_ID: 'theirs',
  ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: 'their secret',
  BAIDUCLOUD_ACCESS_KEY: 'theirs',
  BAIDUCLOUD_SECRET_KEY: 'their secret'
}

test.for([
  ['zenlayer', '1700000000000000001'],
  ['baidu', 'i-Starter1']
] as const)(
  'an unchanged Snapstand answers every probe alike, those that write too: %s',
  { timeout: 300_000 },
  async ([cloud, instance]) => {
    await using server = await startSnapstand({ auth: 'strict', keys: [{ id: 'theirs', secret: 'their secret' }] })
    const to = [
      '--upstream',
      server.url,
      '--cloud',
      cloud,
      '--instance',
      instance,
      '--write',
      '--yes',
      '--poll',
      '100ms'
    ]
    const { code, out, err } = await typed(['compare', ...to, '--json'], { env, ended: () => new Promise(() => {}) })
    const { differences, probes, left } = JSON.parse(out)
    expect({ differences, left }, err).toEqual({ differences: [], left: { things: [] } })
    expect(probes.filter(({ isSame }: { isSame: boolean }) => !isSame)).toEqual([])
    expect(probes.length).toBeGreaterThan(30)
    expect(code).toBe(0)
  }
)
