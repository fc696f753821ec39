import { cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../program.ts'
import { type Copy, command, type Example, npmInstall } from './commands.ts'
import { CONTAINERS } from './containers.ts'

/** Every folder of examples/, by its name. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  ...CONTAINERS,
  csi: { needs: ['curl'], run: firstCallOfCsi },
  go: { needs: ['go'], run: goTest },
  java: { needs: ['javac', 'mvn'], run: mavenTest },
  jest: { run: (copy) => npmTestAsJson(copy, '--json') },
  node: { run: npmTest },
  python: { needs: ['python3'], run: pytest },
  terraform: { needs: ['go'], run: readHcl },
  vitest: { run: (copy) => npmTestAsJson(copy, '--reporter=json') }
}

/** All but the driver: its Deployment's patch is YAML, and its first call is answered by the name that it calls. */
async function firstCallOfCsi({ cwd, tarball }: Copy): Promise<string> {
  parse(await readFile(join(cwd, 'controller.yaml'), 'utf8'))
  await npmInstall(cwd, tarball)
  await command(cwd, 'sh', 'check.sh')
  return 'its first call is answered; no driver was run'
}

/** No registry has the providers, so the files are read by HashiCorp's own parser, and that is all. */
async function readHcl({ cwd }: Copy): Promise<string> {
  const entries = await readdir(cwd, { recursive: true })
  const files = entries.filter((name) => /\.(tf|hcl)$/.test(name)).map((name) => join(cwd, name))
  const told = await command(join(ROOT, 'test', 'examples', 'hcl'), 'go', 'run', '.', ...files)
  return `${told.trim()}, not run`
}

/** The package beside it, the client from this checkout, and `go test`, which names each test that passed. */
async function goTest({ cwd, tarball }: Copy): Promise<string> {
  await npmInstall(cwd, tarball)
  const client = 'github.com/snapstand/snapstand/clients/go'
  await command(cwd, 'go', 'mod', 'edit', `-replace=${client}=${join(ROOT, 'clients', 'go')}`)
  const passed = (await command(cwd, 'go', 'test', '-count=1', '-v', './...')).match(/^--- PASS: /gm) ?? []
  if (passed.length === 0) throw new Error('no test ran')
  return `${passed.length} passed`
}

/** The package beside it, a copy of the client installed into Maven's local repository, and `mvn test`. */
async function mavenTest({ cwd, tarball }: Copy): Promise<string> {
  await npmInstall(cwd, tarball)
  const client = `${cwd}-client`
  const source = join(ROOT, 'clients', 'java')
  await cp(source, client, { recursive: true, filter: (path) => path !== join(source, 'target') })
  await command(client, 'mvn', '-B', '-q', 'install', '-Dmaven.test.skip=true')
  const stdout = await command(cwd, 'mvn', '-B', 'test')
  const [, passed = '0'] = /^\[INFO\] Tests run: (\d+), Failures: 0, Errors: 0, Skipped: 0$/m.exec(stdout) ?? []
  if (passed === '0') throw new Error(`no test ran:\n${stdout}`)
  return `${passed} passed`
}

/** `npm install` with the package, then `npm test`, whose reporter counts what passed. */
async function npmTest({ cwd, tarball }: Copy): Promise<string> {
  await npmInstall(cwd, tarball)
  const stdout = await command(cwd, 'npm', 'test')
  const [, passed = '0'] = /^ℹ pass (\d+)$/m.exec(stdout) ?? []
  if (passed === '0') throw new Error(`no test ran:\n${stdout}`)
  return `${passed} passed`
}

/** The same with Jest or Vitest, whose reports in JSON are of one form. */
async function npmTestAsJson({ cwd, tarball }: Copy, reporter: string): Promise<string> {
  await npmInstall(cwd, tarball)
  const stdout = await command(cwd, 'npm', 'test', '--silent', '--', reporter)
  const { numPassedTests, numTotalTests }: { numPassedTests: number; numTotalTests: number } = JSON.parse(stdout)
  if (numPassedTests === 0 || numPassedTests < numTotalTests) throw new Error(stdout)
  return `${numPassedTests} passed`
}

/** A virtual environment with what the example needs, and pytest; the server is the package, which is found beside it. */
async function pytest({ cwd, tarball }: Copy): Promise<string> {
  await npmInstall(cwd, tarball)
  await command(cwd, 'python3', '-m', 'venv', '.venv')
  const client = join(ROOT, 'clients', 'python')
  await command(cwd, '.venv/bin/pip', 'install', '-q', '-r', 'requirements.txt', client)
  const stdout = await command(cwd, '.venv/bin/pytest')
  const [told, passed] = /(\d+) passed/.exec(stdout) ?? []
  if (told === undefined || passed === '0') throw new Error(`no test ran:\n${stdout}`)
  return told
}
