import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { FLAGS } from '../../src/config/flags.ts'
import { build, run } from '../program.ts'

const exec = promisify(execFile)

let folder = ''
const scripts = new Map<string, string>()
beforeAll(async () => {
  await build()
  folder = await mkdtemp(join(tmpdir(), 'snapstand-completion-'))
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out, err } = await run(['completion', shell])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    scripts.set(shell, join(folder, shell))
    await writeFile(join(folder, shell), out)
  }
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

/** What bash offers when Tab is pressed behind these words. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const typed = ['snapstand', ...words].map((word) => `'${word}'`).join(' ')
  const script = `source "$0"; COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _snapstand; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = await exec('bash', ['--norc', '-c', script, scripts.get('bash') ?? ''])
  expect(stderr).toBe('')
  return stdout.split('\n').filter((word) => word !== '')
}

describe('bash', () => {
  test('loads it for snapstand', async () => {
    const { stdout } = await exec('bash', [
      '--norc',
      '-c',
      'source "$0"; complete -p snapstand',
      scripts.get('bash') ?? ''
    ])
    expect(stdout).toBe('complete -F _snapstand snapstand\n')
  })

  test('offers every command and every flag', async () => {
    const all = await offered('')
    for (const { usage } of COMMANDS) expect(all).toContain(usage.split(' ')[0])
    for (const { name } of Object.values(FLAGS)) expect(all).toContain(`--${name}`)
    expect(all).not.toContain('starter')
    expect(await offered('start', '--clock-')).toEqual(['--clock-at'])
  })

  test.for([
    ['a beginning', ['chec'], ['checkpoint']],
    ['the second word', ['checkpoint', 're'], ['restore']],
    ['what a command takes', ['checkpoint', 'restore', '--a'], ['--as']],
    ['behind an option with its value', ['requests', '--world', 'mine', 'sh'], ['show']],
    ['the values of a flag', ['--clock', ''], ['system', 'manual']],
    ['one that begins so', ['start', '--log-format', 'j'], ['json']],
    ['the words of an argument', ['completion', 'f'], ['fish']],
    ['nothing where only the user knows', ['--port', ''], []],
    ['files, by readline, where a file is meant', ['--config', ''], []]
  ] as const)('offers %s', async ([, words, expected]) => {
    expect(await offered(...words)).toEqual(expected)
  })
})

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0

test.runIf(isThere('zsh'))('zsh reads its script', async () => {
  await exec('zsh', ['-n', scripts.get('zsh') ?? ''])
})

test.runIf(isThere('fish'))('fish reads its script, and offers by it', async () => {
  const script = scripts.get('fish') ?? ''
  await exec('fish', ['--no-execute', script])
  const { stdout } = await exec('fish', [
    '--no-config',
    '-c',
    `source ${script}; complete -C 'snapstand checkpoint re'`
  ])
  expect(stdout).toMatch(/^restore\t/)
})

test('another shell is refused with those that there are', async () => {
  expect(await run(['completion', 'tcsh'])).toEqual({
    code: 2,
    out: '',
    err: "snapstand: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n"
  })
})
