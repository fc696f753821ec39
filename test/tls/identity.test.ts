import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY_MS } from '../../src/core/model/clock.ts'
import { BadUsage, startSnapstand } from '../../src/index.ts'
import { issue } from '../../src/tls/issue.ts'
import { keptIn, troubleWith } from '../../src/tls/kept.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapstand-tls-'))
})
afterAll(() => rm(folder, { recursive: true }))

const NAMES = ['localhost', '127.0.0.1', '::1']

describe('a certificate of ours', () => {
  test('names this machine and every host that is given, and is no authority', async () => {
    await using server = await startSnapstand({ tls: true, tlsHost: ['snapstand', '*.Example.com', '10.0.0.7'] })
    const leaf = new X509Certificate(server.tls?.certificate ?? '')
    expect(leaf.subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:snapstand, DNS:*.example.com, IP Address:10.0.0.7'
    )
    expect(leaf.ca).toBe(false)
    expect(leaf.verify(leaf.publicKey)).toBe(true)
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBeLessThan(398.5 * DAY_MS)
  })

  test('names the address that is listened on, but no wildcard', async () => {
    const namesAt = async (host: string) => {
      await using server = await startSnapstand({ tls: true, host })
      return new X509Certificate(server.tls?.certificate ?? '').subjectAltName
    }
    // Elsewhere that address is not there.
    if (process.platform === 'linux') expect(await namesAt('127.0.0.2')).toContain('IP Address:127.0.0.2')
    expect(await namesAt('0.0.0.0')).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  })

  test('lies in a file as long as the server runs, and its key in none', async () => {
    const server = await startSnapstand({ tls: true })
    const file = server.tls?.certificateFile ?? ''
    expect(await readFile(file, 'utf8')).toBe(server.tls?.certificate)
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o755)
    expect(server.tls?.certificate).not.toContain('PRIVATE')
    await server.close()
    expect(existsSync(file)).toBe(false)
  })

  test('is kept beside the worlds, its key for nobody else’s eyes, and is the same after a restart', async () => {
    const data = join(folder, 'worlds')
    const start = async (tlsHost: readonly string[] = []) => {
      const lines: string[] = []
      await using server = await startSnapstand({
        tls: true,
        data,
        tlsHost,
        logLevel: 'info',
        log: (line) => lines.push(line)
      })
      return { ...server.tls, told: lines.join('\n') }
    }
    const first = await start()
    expect(first.certificateFile).toBe(join(data, 'tls', 'certificate.pem'))
    expect((await stat(join(data, 'tls', 'key.pem'))).mode & 0o777).toBe(0o600)
    const second = await start()
    expect(second.certificate).toBe(first.certificate)
    const third = await start(['snapstand'])
    expect(third.certificate).not.toBe(first.certificate)
    expect(third.told).toMatch(
      /a new certificate is in the place of the one that was kept .*it does not name snapstand/
    )
    // One that names more is good for less.
    expect((await start()).certificate).toBe(third.certificate)
    await writeFile(join(data, 'tls', 'key.pem'), 'rubbish')
    const fourth = await start()
    expect(fourth.certificate).not.toBe(third.certificate)
    expect(fourth.told).toContain('its files are damaged')
  })

  test('is made anew before it expires', async () => {
    const kept = keptIn(join(folder, 'kept'))
    expect(kept.read()).toBeUndefined()
    const now = Date.UTC(2026, 0, 5)
    kept.write(await issue(NAMES, now))
    const pair = kept.read() ?? { certificate: '', key: '' }
    expect(troubleWith(pair, NAMES, now)).toBeUndefined()
    expect(troubleWith(pair, NAMES, now + 366 * DAY_MS)).toBeUndefined()
    expect(troubleWith(pair, NAMES, now + 368 * DAY_MS)).toBe('it is about to expire, or has')
    expect(troubleWith(pair, NAMES, now - 2 * DAY_MS)).toBe('it is not valid yet')
    expect(troubleWith({ ...pair, key: (await issue(NAMES, now)).key }, NAMES, now)).toBe('its key is another one’s')
  })
})

describe('a certificate of the user’s own', () => {
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const pairOf = async (name: string, madeAt: number) => {
    const { certificate, key } = await issue(['my.example'], madeAt)
    return { tlsCert: await file(`${name}.crt`, certificate), tlsKey: await file(`${name}.key`, key) }
  }
  const complaintOf = (files: { tlsCert: string; tlsKey: string }) =>
    startSnapstand(files).then(
      async (server) => {
        await server.close()
        return 'none'
      },
      (error) => {
        if (error instanceof BadUsage) return error.message
        throw error
      }
    )

  test('is shown as it is', async () => {
    const files = await pairOf('own', Date.now())
    await using server = await startSnapstand(files)
    const certificate = await readFile(files.tlsCert, 'utf8')
    expect(server.tls).toMatchObject({ certificate, certificateFile: files.tlsCert })
  })

  test('is refused with the flag, the file and the way out where it cannot serve', async () => {
    const own = await pairOf('good', Date.now())
    const other = await pairOf('other', Date.now())
    const old = await pairOf('old', Date.UTC(2020, 0, 1))
    const early = await pairOf('early', Date.now() + 100 * DAY_MS)
    const rubbish = await file('rubbish', 'nothing of the kind')
    const locked = await file(
      'locked',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n'
    )
    const missing = join(folder, 'missing.pem')
    expect(await complaintOf({ ...own, tlsKey: other.tlsKey })).toBe(
      `--tls-key: ${other.tlsKey} is not the key of ${own.tlsCert} (expected the key that it was made with)`
    )
    expect(await complaintOf(old)).toMatch(
      `--tls-cert: ${old.tlsCert} expired at 2021-02-01T00:00:00Z (expected one that is valid, or --tls alone, which makes one)`
    )
    expect(await complaintOf(early)).toMatch(/^--tls-cert: .* is not valid before 20\d\d-/)
    expect(await complaintOf({ ...own, tlsCert: rubbish })).toBe(
      `--tls-cert: ${rubbish} holds no certificate in PEM (expected a file that begins with -----BEGIN CERTIFICATE-----)`
    )
    expect(await complaintOf({ ...own, tlsKey: rubbish })).toBe(
      `--tls-key: ${rubbish} holds no private key in PEM (expected a file that begins with -----BEGIN PRIVATE KEY-----)`
    )
    expect(await complaintOf({ ...own, tlsKey: locked })).toBe(
      `--tls-key: ${locked} wants a passphrase (expected a key without one)`
    )
    expect(await complaintOf({ ...own, tlsCert: missing })).toMatch(/^--tls-cert: can’t be read: ENOENT.*missing\.pem/)
  })
})
