import { FLAGS, type Flag, variableOf, withoutIt } from '../../src/config/flags.ts'
import { code, madeFrom, page, plain, table } from './markdown.ts'

/** Those that have another form in a file. */
const IN_FILES: Readonly<Record<string, string>> = { config: '', key: '`keys`', bearer: '`keys`' }

/** Every flag, with the variable and the member of a file that say the same. */
export function flagsPage(): string {
  const flags: readonly Flag<unknown>[] = Object.values(FLAGS)
  const rows = flags.map((flag) => [
    code(flag.argument === '' ? `--${flag.name}` : `--${flag.name} <${flag.argument}>`),
    code(variableOf(flag)),
    IN_FILES[flag.name] ?? code(flag.name),
    flag.preset === undefined ? plain(withoutIt(flag) ?? '') : code(flag.preset),
    `${plain(flag.description)}${flag.many ? '; repeatable' : ''}${flag.secret ? '; never echoed' : ''}`
  ])
  return page(
    'Flags',
    madeFrom('src/config/flags.ts'),
    'Of a server. A flag goes before its variable, a variable before the file that `--config` names. A flag without a value is written `true` or `on` elsewhere. A list in a variable is separated by blanks; in a file it is a list. [Configure a server](../how-to/configure.md) shows each way.',
    table(['flag', 'variable', 'in a file', 'without it', 'what it does'], rows),
    '`keys` in a file is a list of `{ id, secret, world }` and `{ bearer, world }`, or of what the flags take.'
  )
}
