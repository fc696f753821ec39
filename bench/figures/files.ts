import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ZENLAYER_DISK, zenlayerCall } from '../measure/calls.ts'
import { FLAGS, SNAPSTAND } from '../measure/places.ts'
import { beside, type Figure } from '../measure/result.ts'
import { sideBySide } from '../measure/side-by-side.ts'

/** What it costs that an acknowledged write outlives the server. */
export const files: Figure = {
  name: 'files',
  about: 'creates a second with --data, beside memory',
  async run(effort) {
    const data = await mkdtemp(join(tmpdir(), 'snapstand-bench-'))
    const create = (port: number) =>
      zenlayerCall(port, 'CreateSnapshot', { diskId: ZENLAYER_DISK, snapshotName: 'first' })
    try {
      const measured = await sideBySide(
        {
          file: { args: [SNAPSTAND, ...FLAGS, '--data', data], call: create },
          memory: { args: [SNAPSTAND, ...FLAGS], call: create }
        },
        effort
      )
      const line = {
        name: 'files',
        what: 'signed CreateSnapshot a second with --data',
        unit: '1/s',
        goal: 0.75,
        better: 'more'
      } as const
      return { results: [beside(line, measured('file').perSecond, 'in memory', measured('memory').perSecond)] }
    } finally {
      await rm(data, { recursive: true })
    }
  }
}
