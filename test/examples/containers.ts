import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../program.ts'
import { type Copy, command, type Example, npmInstall } from './commands.ts'

// What needs a container engine is taken as far as it goes without one; its README says "not run here".

/** The test of the Compose file, against a server that is no container. */
export async function serviceTest({ cwd, tarball }: Copy): Promise<string> {
  await npmInstall(cwd, tarball)
  const program = 'node_modules/.bin/snapstand'
  const script = `
    ${program} --port 0 --url-file url --clock manual --quiet --log-level error &
    ${program} wait --url-file url --timeout 30s > wait.txt || { kill $!; exit 1; }
    SNAPSTAND_URL=$(cat url) node --test service.test.mjs; code=$?
    kill $!; wait; exit $code`
  const passed = /^ℹ pass (\d+)$/m.exec(await command(cwd, 'sh', '-c', script))?.[1] ?? '0'
  if (passed === '0') throw new Error('no test ran')
  return `${passed} passed, outside of a container`
}

/** What a development container is made of names what its Compose file has. */
export async function devcontainer({ cwd }: Copy): Promise<string> {
  const folder = join(cwd, '.devcontainer')
  const container = JSON.parse(await readFile(join(folder, 'devcontainer.json'), 'utf8'))
  const { services } = parse(await readFile(join(folder, container.dockerComposeFile), 'utf8'))
  const [named] = container.forwardPorts[0].split(':')
  const url = new URL(container.remoteEnv.SNAPSTAND_URL)
  for (const name of [container.service, named, url.hostname]) {
    if (services[name] === undefined) throw new Error(`there is no service ${name}`)
  }
  return 'read, not run'
}

/** A workflow is looked at by check:forge. */
export async function readYaml({ cwd }: Copy, file: string): Promise<string> {
  const text = await readFile(join(cwd, file), 'utf8')
  if (Object.keys(parse(text)).length === 0) throw new Error(`${file} says nothing`)
  return 'read, not run'
}

/** Every call of Testcontainers is one that its types know. */
export async function checkedByTypeScript({ cwd, tarball }: Copy): Promise<string> {
  await npmInstall(cwd, tarball)
  await command(cwd, 'npm', 'run', 'types')
  return 'types are right, not run'
}

export async function checkedByMypy({ cwd }: Copy): Promise<string> {
  await command(cwd, 'python3', '-m', 'venv', '.venv')
  const client = join(ROOT, 'clients', 'python')
  await command(cwd, '.venv/bin/pip', 'install', '-q', '-r', 'requirements.txt', 'mypy', client)
  await command(cwd, '.venv/bin/mypy', '--strict', 'test_backup.py')
  const collected = await command(cwd, '.venv/bin/pytest', '--collect-only', '-q')
  if (!/^1 test collected/m.test(collected)) throw new Error(collected)
  return 'types are right, not run'
}

export async function vetted({ cwd }: Copy): Promise<string> {
  const client = 'github.com/snapstand/snapstand/clients/go'
  await command(cwd, 'go', 'mod', 'edit', `-replace=${client}=${join(ROOT, 'clients', 'go')}`)
  await command(cwd, 'go', 'vet', './...')
  return 'compiled, not run'
}

export async function compiledByMaven({ cwd }: Copy): Promise<string> {
  await command(cwd, 'mvn', '-q', '-B', 'test-compile')
  await readFile(join(cwd, 'target/test-classes/com/example/BackupTest.class'))
  return 'compiled, not run'
}

/** All of them, by their folders. */
export const CONTAINERS: Readonly<Record<string, Example>> = {
  devcontainer: { run: devcontainer },
  'docker-compose': { run: serviceTest },
  'github-actions': { run: (copy) => readYaml(copy, '.github/workflows/test.yml') },
  'gitlab-ci': { run: (copy) => readYaml(copy, '.gitlab-ci.yml') },
  'testcontainers-go': { needs: ['go'], run: vetted },
  'testcontainers-java': { needs: ['mvn'], run: compiledByMaven },
  'testcontainers-node': { run: checkedByTypeScript },
  'testcontainers-python': { needs: ['python3'], run: checkedByMypy }
}
