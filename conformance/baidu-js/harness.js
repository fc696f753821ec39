// Where Snapstand is, its control API, and steps that the runner counts.
import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { test } from 'node:test'

export const url = process.env.SNAPSTAND_URL ?? ''
export const client = process.env.SNAPSTAND_CLIENT ?? ''
export const now = '2026-01-05T08:00:00Z'
export const secret = (key) => `secret-of-${key}`

const report = process.env.SNAPSTAND_REPORT ?? ''

/** One flow, in a world of its own. */
export function flow(number, name, act) {
  const key = `${client}-f${number}`
  const control = async (method, path, body) => {
    const text = typeof body === 'string'
    const answer = await fetch(`${url}/_snapstand${path}?world=${key}`, {
      method,
      headers: { 'content-type': text ? 'text/plain' : 'application/json' },
      ...(body === undefined ? {} : { body: text ? body : JSON.stringify(body) })
    })
    const said = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${said}`)
    return said
  }
  test(`flow ${number}: ${name}`, async (t) => {
    const run = async (step, work) => {
      let error
      // A subtest that fails does not throw here: it is told and fails the flow's test.
      await t.test(step, async () => {
        try {
          await work()
        } catch (thrown) {
          error = thrown
          throw thrown
        }
      })
      appendFileSync(
        report,
        `${JSON.stringify({ flow: number, step, ok: error === undefined, error: error?.message })}\n`
      )
      return error
    }
    const world = {
      key,
      control,
      /** A step that the next ones build on: the flow ends with it. */
      step: async (step, work) => {
        if ((await run(step, work)) !== undefined) throw new Error(`${step} failed`)
      },
      /** A step that stands alone: the flow goes on after it. */
      check: run,
      advance: (by) => control('POST', '/clock/advance', { by }),
      settings: (values) => control('PATCH', '/settings', values),
      content: (volume, text) => control(text === undefined ? 'GET' : 'PUT', `/baidu/volumes/${volume}/content`, text),
      /** Polls as the client's users do; between two looks a second passes in the world. */
      wait: async (look, wanted) => {
        let seen
        for (let times = 0; times < 40; times += 1) {
          seen = await look()
          if (seen === wanted) return
          await world.advance('PT1S')
        }
        assert.fail(`still ${seen} after 40 s, not ${wanted}`)
      }
    }
    await act(world)
  })
}

/** In what is wanted a pattern stands for every text that it matches whole; undefined for a member that is not sent. */
export function same(seen, wanted) {
  const fill = (value, like) => {
    if (like instanceof RegExp) return typeof value === 'string' && like.test(value) ? like : value
    if (Array.isArray(like) && Array.isArray(value)) return value.map((each, at) => fill(each, like[at]))
    if (!like || !value || typeof like !== 'object' || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each, like[name])]))
  }
  assert.deepEqual(fill(seen, wanted), wanted)
}
