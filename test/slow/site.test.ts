import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { ROOT } from '../program.ts'

const SITE = join(ROOT, '.tmp/site')

beforeAll(async () => {
  await promisify(execFile)(`${ROOT}node_modules/.bin/vitepress`, ['build', 'docs'], { cwd: ROOT })
}, 600_000)

const pages = () =>
  readdirSync(SITE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html') && name !== '404.html')
    .map((name) => ({ name, text: readFileSync(join(SITE, name), 'utf8') }))

test('every page of the repository is on the site, the README at its root', () => {
  const names = new Set(pages().map(({ name }) => name))
  const written = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md')
  )
  expect(written.length).toBeGreaterThan(40)
  for (const name of written) expect(names).toContain(`docs/${name.replace(/md$/, 'html')}`)
  for (const name of ['index.html', 'CONTRIBUTING.html', 'examples/node/README.html']) expect(names).toContain(name)
})

test('every link on it leads to a file of it, and to a heading where it names one', () => {
  const all = pages()
  const texts = new Map(all.map(({ name, text }) => [name, text]))
  const links = all.flatMap(({ name, text }) =>
    [...text.matchAll(/<a [^>]*?href="([^"]+)"/g)].flatMap(([, href = '']) =>
      /^(?:https?|mailto):/.test(href) ? [] : [{ name, href: decodeURIComponent(href.replaceAll('&amp;', '&')) }]
    )
  )
  expect(links.length).toBeGreaterThan(2000)
  const dead = links.filter(({ name, href }) => {
    const [path = '', anchor] = href.split('#')
    const file =
      path === ''
        ? name
        : relative(SITE, resolve(SITE, `.${path.startsWith('/') ? path : `/${join(dirname(name), path)}`}`))
    const at = file === '' ? 'index.html' : file
    if (!existsSync(join(SITE, at))) return true
    return anchor !== undefined && anchor !== '' && !texts.get(at)?.includes(`id="${anchor}"`)
  })
  expect(new Set(dead.map(({ name, href }) => `${name}: ${href}`))).toEqual(new Set())
})

test('it asks no other host for anything, and has its search inside', () => {
  const all = pages()
  const policy = /http-equiv="Content-Security-Policy" content="default-src 'self'/
  expect(all.filter(({ text }) => !policy.test(text)).map(({ name }) => name)).toEqual([])
  const asking = all.flatMap(({ name, text }) =>
    [...text.matchAll(/<(?:script|link|img|iframe|source)\b[^>]*? (?:src|href)="((?:https?:)?\/\/[^"]+)"/g)].map(
      ([, url = '']) => `${name}: ${url}`
    )
  )
  expect(asking).toEqual([])
  const chunks = readdirSync(join(SITE, 'assets/chunks'))
  expect(chunks.filter((name) => name.startsWith('@localSearchIndexroot'))).toHaveLength(1)
})
