// The files that forges, engines and CI read, by the rules of those who read them: actionlint, and the schemas that
// check-jsonschema brings. A tool whose language is not there is left out, and said so; --require makes that a fault.
//   node test/forge/main.ts [--require]
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../program.ts'

const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'
const CHECK_JSONSCHEMA = 'check-jsonschema==0.39.0'
const WORKFLOWS = ['.github/workflows/*.yml', 'examples/*/.github/workflows/*.yml']
/** By the name of a schema, the files that follow it. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  'vendor.github-workflows': WORKFLOWS,
  'vendor.github-issue-forms': ['.github/ISSUE_TEMPLATE/!(config).yml'],
  'vendor.github-issue-config': ['.github/ISSUE_TEMPLATE/config.yml'],
  'vendor.gitlab-ci': ['examples/*/.gitlab-ci.yml'],
  'vendor.compose-spec': [
    'docker-compose.yml',
    'deploy/compose*.yml',
    'examples/*/docker-compose.yml',
    'examples/*/.devcontainer/docker-compose.yml'
  ]
}

const isRequired = process.argv.includes('--require')
const fail = (line: string): void => {
  console.error(line)
  process.exitCode = 1
}

if (isThere('go', 'version')) lintWorkflows()
else leaveOut('actionlint', 'Go')
if (isThere('python3', '--version')) checkForms()
else leaveOut('check-jsonschema', 'Python')

function lintWorkflows(): void {
  const files = filesOf(WORKFLOWS)
  // Where shellcheck is there, it looks at the scripts in them, too.
  const { status, stdout, stderr } = spawnSync('go', ['run', ACTIONLINT, '-no-color', ...files], {
    cwd: ROOT,
    encoding: 'utf8'
  })
  if (status === 0) console.log(`actionlint: ${files.length} workflows`)
  else fail(`actionlint:\n${stdout}${stderr}`)
}

function checkForms(): void {
  const venv = join(ROOT, '.tmp/check-jsonschema')
  const program = join(venv, 'bin/check-jsonschema')
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', venv])
    execFileSync(join(venv, 'bin/pip'), ['install', '--quiet', CHECK_JSONSCHEMA])
  }
  for (const [schema, patterns] of Object.entries(FORMS)) {
    const files = filesOf(patterns)
    if (files.length === 0) {
      fail(`${schema}: no file follows it`)
      continue
    }
    const words = ['--builtin-schema', schema, ...files]
    const { status, stdout, stderr } = spawnSync(program, words, { cwd: ROOT, encoding: 'utf8' })
    if (status === 0) console.log(`${schema}: ${files.length} files`)
    else fail(`${schema}:\n${stdout}${stderr}`)
  }
}

function filesOf(patterns: readonly string[]): readonly string[] {
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .filter((file) => !file.includes('node_modules'))
}

function isThere(...command: readonly [string, ...string[]]): boolean {
  const [file, ...words] = command
  return spawnSync(file, words).status === 0
}

function leaveOut(tool: string, language: string): void {
  const line = `${tool}: skipped, there is no ${language}`
  if (isRequired) fail(line)
  else console.log(line)
}
