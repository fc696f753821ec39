import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runCommandLine } from '../../src/cli/program.ts'
import { createPaint } from '../../src/cli/terminal.ts'
import { madeFrom, page } from './markdown.ts'

/** Every command with its own help. */
export async function commandLinePage(): Promise<string> {
  const sections = await sectionsOf([])
  return page(
    'Command line',
    madeFrom('the help of each command'),
    '`snapstand` is the command that the package brings; in a clone it is `npm start --` or `node dist/cli.js`.',
    sections
  )
}

async function sectionsOf(words: readonly string[]): Promise<readonly string[]> {
  const help = await helpOf(words)
  const heading = `## ${['snapstand', ...words].join(' ')}`
  const inner = commandsIn(help).map((name) => [...words, name])
  const sections = []
  for (const each of inner) sections.push(...(await sectionsOf(each)))
  return [heading, `\`\`\`text\n${help.trimEnd()}\n\`\`\``, ...sections]
}

async function helpOf(words: readonly string[]): Promise<string> {
  const stdout = new PassThrough()
  const terminal = { stdout, stderr: new PassThrough(), isWatched: false, paint: createPaint(false) }
  const told = text(stdout)
  await runCommandLine(['help', ...words], { version: '', terminal, env: {} })
  stdout.end()
  return told
}

/** The commands that a help lists: what stands below its heading at the margin. */
function commandsIn(help: string): readonly string[] {
  const [, listed = ''] = /^Commands:\n((?: .*\n)*)/m.exec(help) ?? []
  return [...listed.matchAll(/^ {2}(\w[\w-]*)/gm)].map(([, name = '']) => name)
}
