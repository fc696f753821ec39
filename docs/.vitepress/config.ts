import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { slugOf } from '../generate/slug.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Files that pages link and that are no pages: they lie at their places beside them. */
const files = new Set<string>()

/** The same pages as on a forge, at their places in the repository: links that are right there are right here. */
export default defineConfig({
  title: 'Snapstand',
  description: 'A local stand-in for the disk-snapshot APIs of Zenlayer ZEC and Baidu AI Cloud BCC',
  srcDir: '..',
  outDir: '../.tmp/site',
  cacheDir: '../.tmp/vitepress',
  // It asks no other host for anything. The theme has a script and styles in its pages.
  head: [['meta', { 'http-equiv': 'Content-Security-Policy', content: "default-src 'self' 'unsafe-inline' data:" }]],
  srcExclude: ['dist/**', '.tmp/**', 'coverage/**', 'machines/**', '**/target/**', '**/.venv/**'],
  rewrites: { 'README.md': 'index.md' },
  markdown: {
    // What looks like markup in a text is text.
    html: false,
    anchor: { slugify: slugOf },
    config(md) {
      md.core.ruler.push('links-of-the-repository', ({ tokens, env }) => {
        for (const { children } of tokens) {
          for (const token of children ?? []) {
            // A template would read it.
            if (token.type === 'text') token.content = token.content.replaceAll('{{', '{\u200b{')
            const href = token.type === 'link_open' ? token.attrGet('href') : null
            if (href === null || href.startsWith('#') || /^[a-z]+:/.test(href)) continue
            const [path = '', anchor] = href.split('#')
            const file = relative(ROOT, resolve(dirname(String(env.path)), decodeURIComponent(path)))
            if (file === 'README.md') token.attrSet('href', anchor === undefined ? '/' : `/#${anchor}`)
            else if (!file.endsWith('.md')) {
              if (!existsSync(join(ROOT, file)) || !statSync(join(ROOT, file)).isFile()) {
                throw new Error(`${relative(ROOT, String(env.path))}: ${href} leads to no file`)
              }
              files.add(file)
              token.attrSet('target', '_self')
            }
          }
        }
      })
    }
  },
  buildEnd({ outDir }) {
    for (const file of files) {
      mkdirSync(dirname(join(outDir, file)), { recursive: true })
      copyFileSync(join(ROOT, file), join(outDir, file))
    }
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [{ text: 'Contents', link: '/docs/README' }],
    sidebar: [
      ...chapters(),
      { text: 'Decisions', collapsed: true, items: itemsOf('docs/decisions') },
      { text: 'Develop', collapsed: true, items: [itemOf('CONTRIBUTING.md')] }
    ]
  },
  // The index of the search is one file.
  vite: { build: { chunkSizeWarningLimit: 4000 } }
})

/** The contents as docs/README.md has them: a heading, and the pages that stand below it. */
function chapters(): DefaultTheme.SidebarItem[] {
  const [, ...sections] = readFileSync(join(ROOT, 'docs/README.md'), 'utf8').split(/^## /m)
  return sections.map((section) => {
    const paths = [...section.matchAll(/\]\(([^)#]+\.md)\)/g)].map(([, path = '']) => join('docs', path))
    return {
      text: section.slice(0, section.indexOf('\n')).replace(/[:,].*/, ''),
      items: paths.filter((path) => !path.startsWith('docs/decisions')).map(itemOf)
    }
  })
}

/** The pages of a folder by their headings, in the order of their names. */
function itemsOf(folder: string): DefaultTheme.SidebarItem[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md')
  return names.sort().map((name) => itemOf(`${folder}/${name}`))
}

function itemOf(path: string): DefaultTheme.SidebarItem {
  const [, title = path] = /^# (.+)$/m.exec(readFileSync(join(ROOT, path), 'utf8')) ?? []
  return { text: title.replaceAll('`', ''), link: `/${path.replace(/\.md$/, '')}` }
}
