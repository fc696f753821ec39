import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

test('a server that may open few files serves more worlds than it can open', { timeout: 60_000 }, async () => {
  const data = mkdtempSync(join(tmpdir(), 'snapstand-few-'))
  const command = `ulimit -n 96; exec "$0" "$1" --port 0 --data "$2" --log-level error`
  const child = spawn('sh', ['-c', command, process.execPath, program, data], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    let printed = ''
    for await (const chunk of child.stdout) {
      printed += chunk
      if (/Baidu BCC {5}http/.test(printed)) break
    }
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? []
    const content = (world: string) => `${url}/_snapstand/baidu/volumes/v-Starter2/content?world=${world}`
    const worlds = Array.from({ length: 80 }, (_, n) => `run-${n}`)
    for (const world of worlds) {
      expect((await fetch(content(world), { method: 'PUT', body: world })).status).toBe(204)
    }
    const found = []
    for (const world of worlds) found.push(await (await fetch(content(world))).text())
    expect(found).toStrictEqual(worlds)
    expect(await (await fetch(`${url}/_snapstand/health`)).json()).toMatchObject({ status: 'ok', worlds: 80 })
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await ended
    rmSync(data, { recursive: true })
  }
})
