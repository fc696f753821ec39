import { expect, test } from 'vitest'
import { zenlayer } from '../../../../src/providers/zenlayer/index.ts'
import { start } from '../../../harness.ts'
import { row, rows, stages } from '../stage.ts'
import { namesDisks, notServedActions, zenlayerActions } from './specified.ts'

const stage = stages()

test('GET /operations lists every action of zenlayer.md 0.3 with source, codes and how each is reached', async () => {
  const { control, close } = await start()
  const reply = await control('GET', '/operations?provider=zenlayer')
  await close()
  expect(reply.status).toBe(200)
  const listed = rows(row(reply.body).operations)
  expect(listed.map(({ name }) => name).toSorted()).toEqual(zenlayerActions.map(({ name }) => name).toSorted())

  for (const fact of zenlayerActions) {
    const shown = row(listed.find(({ name }) => name === fact.name))
    expect(shown.route, fact.name).toEqual({ method: 'POST', path: `/api/v2/${fact.service}`, selector: fact.name })
    expect(shown.versions, fact.name).toEqual(fact.versions)
    expect(shown.source, fact.name).toMatch(/zenlayer\.md 5\.\d+/)
    const codes = [...fact.errors, ...(namesDisks(fact) ? ['OPERATION_FAILED_RESOURCE_NOT_FOUND'] : [])]
    expect(
      rows(shown.errors)
        .map(({ code }) => code)
        .toSorted(),
      fact.name
    ).toEqual([...new Set(codes)].toSorted())
    for (const error of rows(shown.errors)) {
      expect(error.reach, `${fact.name} ${error.code}`).toEqual(expect.any(String))
      expect(error.status, `${fact.name} ${error.code}`).toEqual(expect.any(Number))
    }
  }
})

test('GET /operations lists what is known and not emulated', async () => {
  const { control, close } = await start()
  const { notServed } = row((await control('GET', '/operations?provider=zenlayer')).body)
  await close()
  expect(
    rows(notServed)
      .map(({ name }) => name)
      .toSorted()
  ).toEqual(notServedActions.toSorted())
})

test.for(notServedActions)('%s is answered as an unknown action', async (action) => {
  const { zenlayer: call } = await stage()
  expect(await call(action)).toMatchObject({ status: 401, code: 'AUTHFAILURE_UNAUTHORIZED_OPERATION' })
})

const everyVersion = zenlayerActions.flatMap((fact) =>
  ['2024-04-01', '2025-09-01', '2024-05-29', '2025-10-14'].map((version) => [fact.name, version, fact] as const)
)
test.for(everyVersion)('%s at version %s is served only if it has that version', async ([action, version, fact]) => {
  const { zenlayer: call } = await stage()
  const reply = await call(action, { anything: true }, version)
  const unknown = reply.code === 'AUTHFAILURE_UNAUTHORIZED_OPERATION'
  expect(unknown).toBe(!fact.versions.includes(version))
})

test('rows stand in the order of the specification’s sections', () => {
  const sections = zenlayer.operations.map(({ source }) => Number(/zenlayer\.md 5\.(\d+)/.exec(source)?.[1]))
  expect(sections).toEqual(sections.toSorted((a, b) => a - b))
})
