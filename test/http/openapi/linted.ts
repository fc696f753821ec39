import { createConfig, lintFromString } from '@redocly/openapi-core'
import type { OpenApi } from '../../../src/http/openapi/document.ts'

/** What a public linter finds, examples included; `off` are rules that do not hold here. Nothing is fetched. */
export async function linted(document: OpenApi, off: readonly string[] = []): Promise<readonly string[]> {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: Object.fromEntries(off.map((rule) => [rule, 'off'] as const))
  })
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: 'openapi.json', config })
  return problems.map(({ ruleId, message, location: [at] }) => `${ruleId}: ${message} ${at?.pointer}`)
}
