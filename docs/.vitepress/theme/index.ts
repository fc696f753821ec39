// The theme with the fonts of the reader’s machine: no file is asked of any other host.
import Theme from 'vitepress/theme-without-fonts'
import './style.css'

export default Theme
