import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FLAGS, type Flag, withoutIt } from '../config/flags.ts'
import { FILE_FLAGS } from '../config/sources.ts'
import { BadUsage } from '../documents/complaint.ts'
import { Failure } from './failure.ts'
import { jsonSchema } from './schema.ts'

const CONFIG = 'snapstand.yaml'
const SEED = 'snapstand-seed.yaml'
/** Where the schemas of this version lie, for a project that has the package among its own. */
const INSTALLED = 'node_modules/snapstand/dist/schemas'

/**
 * Writes a configuration file and a seed to begin with, and gives back the names of all files written. Their schemas are
 * those of the project's own package, or are written beside them. Throws `BadUsage` where one is there already.
 */
export async function init(folder: string, version: string): Promise<readonly string[]> {
  const isInstalled = existsSync(join(folder, INSTALLED, 'config.json'))
  const schemas = isInstalled
    ? { config: `./${INSTALLED}/config.json`, seed: `./${INSTALLED}/seed.json` }
    : { config: './snapstand.schema.json', seed: './snapstand-seed.schema.json' }
  const files = new Map([
    [CONFIG, configText(schemas.config)],
    [SEED, seedText(schemas.seed)]
  ])
  if (!isInstalled) {
    for (const name of ['config', 'seed'] as const) {
      files.set(schemas[name].slice(2), `${JSON.stringify(await jsonSchema(name, version), null, 2)}\n`)
    }
  }
  const taken = [...files.keys()].map((name) => join(folder, name)).filter((file) => existsSync(file))
  if (taken.length > 0) throw new BadUsage(taken.map(takenAlready))
  write(folder, files)
  return [...files.keys()].map((name) => join(folder, name))
}

function takenAlready(where: string) {
  return { where, reason: 'is there already', expected: 'nothing is overwritten: move it away, or name another folder' }
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(folder, { recursive: true })
    // Should somebody else have written one meanwhile, it is theirs.
    for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: 'wx' })
  } catch (error) {
    throw new Failure(`${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Every member with its description; all but the seed are comments that say what holds anyway. */
function configText(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# What the server is told: snapstand --config ${CONFIG}
# Members are the flags of the command line. What stands behind a # holds anyway, or is an example in <…>.
${FILE_FLAGS.map(memberText).join('')}
# access keys with secrets of their own; every other key is its own secret
# keys:
#   - { id: AKEXAMPLE, secret: not-a-secret, world: team }
`
}

function memberText(flag: Flag<unknown>): string {
  const { name, argument, description, preset } = flag
  const without = withoutIt(flag)
  const note = preset === undefined && without !== undefined ? ` (default: ${without})` : ''
  const member =
    flag === FLAGS.seed ? `seed: ${SEED}` : `# ${name}: ${preset ?? (argument === '' ? 'off' : `<${argument}>`)}`
  return `\n# ${description}${note}\n${member}\n`
}

function seedText(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# What every new world starts with. Members are called what each cloud's own answers call them; ids are yours to choose.
# snapstand seed ${SEED} --world KEY puts it into a world of a running server.

zenlayer:
  zones:
    - { zoneId: asia-east-1a, regionId: asia-east-1 }
    # A zone whose disks take no snapshots.
    - { zoneId: europe-north-1a, regionId: europe-north-1, snapshotSupport: false }
  disks:
    - diskId: disk-1
      diskName: data
      zoneId: asia-east-1a
      diskType: DATA
      diskSize: 100
      diskStatus: AVAILABLE

baidu:
  zones: [cn-bj-a]
  volumes:
    - id: v-data
      name: data
      zoneName: cn-bj-a
      type: Cds
      diskSizeInGB: 100
      status: Available

# A clock that stands still until it is told to go on: snapstand advance 7d
clock:
  mode: manual
  at: 2026-01-05T08:00:00Z

# snapstand settings lists all of them with what they do.
settings:
  zenlayer.snapshotQuota: 20

# The first CreateSnapshot of Zenlayer is refused, the second gets through. Remove the # to see it.
# faults:
#   - id: quota
#     provider: zenlayer
#     operation: CreateSnapshot
#     times: 1
#     then: { error: INVALID_SNAPSHOT_QUOTA_EXCEED }
`
}
