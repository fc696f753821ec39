import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('the reader of documents reads them bundled, too', async () => {
  // Bundled, `yaml` has no names of its own when it is loaded dynamically: --seed and --config threw a TypeError.
  const folder = await mkdtemp(join(tmpdir(), 'snapstand-document-'))
  try {
    await build({
      entryPoints: [join(import.meta.dirname, '..', '..', 'src', 'documents', 'document.ts')],
      outdir: folder,
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      logLevel: 'silent',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
    })
    const bundled: typeof import('../../src/documents/document.ts') = await import(
      pathToFileURL(join(folder, 'document.mjs')).href
    )
    const document = await bundled.parseDocument('seed.yaml', 'baidu:\n  zones: [cn-bj-a]\n')
    expect(document.value).toEqual({ baidu: { zones: ['cn-bj-a'] } })
    const [place] = await document.find([['baidu', 'zones', 0]])
    expect(place?.where).toBe('seed.yaml:2:11 baidu.zones[0]')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
