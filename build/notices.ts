import { readdir, readFile } from 'node:fs/promises'
import type { Bundle } from './bundle.ts'
import { at } from './files.ts'

/** The licence of every package that has a part in the bundles. */
export async function notices(bundles: readonly Bundle[]): Promise<string> {
  const folders = new Set<string>()
  for (const output of bundles.flatMap(({ metafile }) => Object.values(metafile.outputs))) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const [, folder] = /^(?:.*\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? []
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder)
    }
  }
  const texts = await Promise.all([...folders].sort().map(noticeOf))
  const parts = ['Snapstand contains parts of the following packages.', ...texts]
  return `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

async function noticeOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(at(folder, 'package.json'), 'utf8'))
  const file = (await readdir(at(folder))).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? `Licence: ${license}` : await readFile(at(folder, file), 'utf8')
  return `${name} ${version} (${license})\n\n${text.trim()}`
}
