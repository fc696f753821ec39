import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Value } from '@sinclair/typebox/value'
import { clouds } from '../src/clouds.ts'
import type { Examples, Exchange } from '../src/http/openapi/examples.ts'
import type { Operation } from '../src/providers/provider.ts'
import { walk } from '../src/providers/wire/absent.ts'
import { at, filesUnder } from './files.ts'

/** What the descriptions of the clouds show of `fixtures/`: the package has these in one file, and not the folder. */
export async function examples(): Promise<Examples> {
  const { parse } = await import('yaml')
  const files = (await filesUnder('fixtures')).filter((file) => EXCHANGE.test(file)).toSorted()
  const found: Record<string, Record<string, Exchange[]>> = {}
  for (const file of files) {
    const [, cloud = '', operation = ''] = dirname(file).split('/')
    const exchange = exchangeOf(cloud, operation, basename(file, '.yaml'), parse(await readFile(at(file), 'utf8')))
    found[cloud] ??= {}
    found[cloud][operation] = [...(found[cloud][operation] ?? []), exchange]
  }
  return found
}
const EXCHANGE = /^fixtures\/(?!seeds\/)[^/]+\/[^/]+\/[^/]+\.yaml$/

interface Fixture {
  readonly kind: string
  readonly request: Pick<Exchange, 'method' | 'url' | 'version' | 'body'>
  readonly response: { readonly status: number; readonly body?: unknown }
}

function exchangeOf(cloud: string, operation: string, title: string, { kind, request, response }: Fixture): Exchange {
  const { method, url, version, body } = request
  const row = clouds.find(({ name }) => name === cloud)?.operations.find(({ name }) => name === operation)
  const read = row && readOf(row, body)
  return { title, kind, method, url, version, body: read, status: response.status, answer: response.body }
}

/** Of a body what its operation reads, if it is right: a client's ways to leave a member out are no example of it. */
function readOf({ request }: Operation, body: unknown): unknown {
  const isAbsent = (value: unknown) => value === null || value === ''
  const { value } = walk(request.body, body, 'body', { isAbsent })
  return Value.Check(request.body, value) ? value : undefined
}
