import { defineConfig, mergeConfig } from 'vitest/config'
import { shared } from './vitest.config.ts'

/** The page in a browser: `npm run test:page`. */
export default mergeConfig(
  shared,
  defineConfig({ test: { include: ['test/page/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 } })
)
