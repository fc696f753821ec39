// Starts one server and runs every test file against it, each in a process of its own, all at the same time.
import { readdirSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startSnapstand } from 'snapstand'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.js'))
const server = await startSnapstand()
process.env.SNAPSTAND_URL = server.url
run({ cwd: import.meta.dirname, files, concurrency: files.length })
  .on('test:fail', () => {
    process.exitCode = 1
  })
  .on('end', () => server.close())
  .compose(spec)
  .pipe(process.stdout)
