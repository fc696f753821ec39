import { defineConfig } from 'vitest/config'

/** What takes minutes: `npm run test:slow`. */
export default defineConfig({ test: { include: ['test/slow/**/*.test.ts'], testTimeout: 600_000 } })
