import { readFile } from 'node:fs/promises'
import { defineConfig, mergeConfig } from 'vitest/config'
import { parse } from 'yaml'

/** Where the CI run wants to read the results. */
const report = process.env.TEST_REPORT

/** What holds for `npm run test:slow`, too. */
export const shared = defineConfig({
  plugins: [
    {
      // The build does the same: a YAML file is imported as plain data.
      name: 'yaml-as-data',
      enforce: 'pre',
      async load(id) {
        return id.endsWith('.yaml') ? `export default ${JSON.stringify(parse(await readFile(id, 'utf8')))}` : undefined
      }
    }
  ],
  test: {
    // No file leaves anything behind, so they share a process: what they import is read, and compiled, once.
    isolate: false,
    maxWorkers: '100%'
  }
})

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: ['test/**/*.test.ts'],
      exclude: ['test/slow/**', 'test/page/**'],
      // A busy machine takes many times as long as an idle one.
      testTimeout: 120_000,
      hookTimeout: 60_000,
      provide: { thorough: false },
      ...(report !== undefined && { reporters: ['default', ['json', { outputFile: report }]] })
    }
  })
)
