import { nodeTrouble } from './config/node-version.ts'

// On a Node that is too old, better-sqlite3 would end the process while it loads.
const trouble = nodeTrouble(process.versions.node)
if (trouble !== undefined) throw new Error(trouble)
