import { readFile } from 'node:fs/promises'
import { defineConfig } from 'vitest/config'
import { parse } from 'yaml'

/** Where the CI run wants to read the results. */
const report = process.env.TEST_REPORT

export default defineConfig({
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
    include: ['test/**/*.test.ts'],
    exclude: ['test/slow/**'],
    testTimeout: 20_000,
    ...(report !== undefined && { reporters: ['default', ['json', { outputFile: report }]] })
  }
})
