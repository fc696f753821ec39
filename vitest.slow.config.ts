import { defineConfig, mergeConfig } from 'vitest/config'
import { shared } from './vitest.config.ts'

/** What takes minutes: `npm run test:slow`. All random inputs, of which `npm test` takes a part, and what is too long for it. */
export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: ['test/slow/**/*.test.ts', 'test/**/*-random.test.ts'],
      testTimeout: 600_000,
      provide: { thorough: true }
    }
  })
)
