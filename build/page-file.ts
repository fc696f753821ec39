import { basename } from 'node:path'
import type { Plugin } from 'esbuild'
import { at } from './files.ts'

/** Beside what is made of the page: the file that a browser asks for first, which names the others. */
export const pageFile: Plugin = {
  name: 'page-file',
  setup(build) {
    build.onEnd(({ metafile, outputFiles }) => {
      const [script = '', made] =
        Object.entries(metafile?.outputs ?? {}).find(([, { entryPoint }]) => entryPoint !== undefined) ?? []
      const styles = made?.cssBundle ?? ''
      const icon = Object.keys(metafile?.outputs ?? {}).find((file) => file.endsWith('.svg')) ?? ''
      const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Snapstand</title>
<link rel="icon" href="page/${basename(icon)}" type="image/svg+xml">
<link rel="stylesheet" href="page/${basename(styles)}">
<script type="module" src="page/${basename(script)}"></script>
</head>
<body>
<div id="page"></div>
<noscript>This page is a program: it needs JavaScript. All that it shows is told by /_snapstand, too.</noscript>
</body>
</html>
`
      outputFiles?.push({
        path: at('dist/page/index.html'),
        contents: new TextEncoder().encode(text),
        hash: '',
        get text() {
          return text
        }
      })
    })
  }
}
