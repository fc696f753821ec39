import './style/base.css'
import './style/shell.css'
import './style/parts.css'
import './style/timeline.css'
import './style/views.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { followWorld } from './live.ts'
import { followPlace } from './place.ts'
import { followTheme } from './theme.ts'

followTheme()
followPlace()
followWorld()
const root = document.getElementById('page')
if (root) render(<App />, root)
