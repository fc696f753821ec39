// Builds the package: what needs nothing but better-sqlite3 to run, the public types, and the notices of what is bundled.
//   node build/main.ts             everything
//   node build/main.ts --if-stale  only if a source has changed since
//   node build/main.ts --watch     and again at each change, with the server restarted; what follows are its flags
import { writeProgram } from './program.ts'
import { writeSchemas } from './schemas.ts'
import { isStale, sourcesHash, stamp } from './stale.ts'
import { writeTypes } from './types.ts'
import { watch } from './watch.ts'

const [mode, ...flags] = process.argv.slice(2)
if (mode === '--watch') await watch(flags)
else if (mode !== undefined && mode !== '--if-stale') throw new Error(`unknown flag ${mode}`)
else if (mode === undefined || (await isStale())) await buildAll()

async function buildAll(): Promise<void> {
  // What changes while it builds makes the next build stale.
  const hash = await sourcesHash()
  await Promise.all([writeProgram().then(writeSchemas), writeTypes()])
  await stamp(hash)
}
