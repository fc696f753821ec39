import { spawn } from 'node:child_process'
import { beforeAll, expect, test } from 'vitest'
import { startSnapstand } from '../../src/index.ts'
import { build, CLI, ROOT } from '../program.ts'

beforeAll(build, 120_000)

test('Ctrl-C in the middle removes what was made, and the end is no success', { timeout: 120_000 }, async () => {
  await using server = await startSnapstand({ auth: 'strict', keys: [{ id: 'theirs', secret: 'their secret' }] })
  const world = server.world('theirs')
  await world.settings.patch({ 'delays.diskCreateMs': 2000 })
  const before = (await world.resources.list('zenlayer', 'volumes')).total
  const child = spawn(
    process.execPath,
    [
      CLI,
      'compare',
      '--upstream',
      server.url,
      '--cloud',
      'zenlayer',
      '--write',
      '--yes',
      '--only',
      '6',
      '--poll',
      '50ms'
    ],
    {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        ZENLAYERCLOUD_ACCESS_KEY_ID: 'theirs',
        ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: 'their secret'
      }
    }
  )
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    err += piece
  })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  await world.requests.expect({ operation: 'CreateDisks', status: 200, withinMs: 60_000 })
  expect((await world.resources.list('zenlayer', 'volumes')).total).toBe(before + 1)
  child.kill('SIGINT')
  expect(await ended, err).toBe(1)
  expect(err).toContain('Removing what was made.')
  expect(err).toContain('interrupted before all was asked')
  expect((await world.resources.list('zenlayer', 'volumes')).total).toBe(before)
})
