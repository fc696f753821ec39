// Says what a release of this version still lacks, and where nothing is missing, tags it. Nothing is pushed.
//   npm run release [-- --dry-run | --tagged | --notes]
import { execFileSync } from 'node:child_process'
import { releaseOf } from './checks.ts'

const MODES = ['--dry-run', '--tagged', '--notes']
const [mode, ...rest] = process.argv.slice(2)

if ((mode !== undefined && !MODES.includes(mode)) || rest.length > 0) {
  console.error(`npm run release [-- ${MODES.join(' | ')}]`)
  process.exitCode = 2
} else {
  const { version, tag, notes, missing } = releaseOf(process.cwd(), mode === '--tagged')
  if (mode === '--notes') console.log(notes)
  else if (missing.length > 0) {
    for (const line of missing) console.error(line)
    process.exitCode = 1
  } else if (mode === '--tagged') console.log(`${tag} can be published.`)
  else if (mode === '--dry-run') console.log(`${tag} can be tagged:\n\n${notes}`)
  else {
    execFileSync('git', ['tag', '--annotate', tag, '--message', `Snapstand ${version}`])
    console.log(`Tagged ${tag}. To publish it: git push origin ${tag}`)
  }
}
