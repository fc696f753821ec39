import type { Evidence } from '../evidence.ts'
import * as evidence from '../evidence.ts'

// What is known of Zenlayer, and where from: the sources of zenlayer.md 0.2. Sections are those of that page.

/** By this day all of them had been read; no finer date was kept. */
const READ_BY = '2026-11-22'
const at = (section: string) => `zenlayer.md ${section}`
const page = (title: string, section: string) => evidence.documented(title, READ_BY, at(section))

/** The action's page of the reference, today's or a recent edition. */
export const reference = (action: string, section: string): Evidence =>
  page(`Zenlayer API reference, ${action}`, section)
/** Its page in the edition of mid 2025, before the release. */
export const preRelease = (action: string, section: string): Evidence =>
  page(`Zenlayer API reference, ${action}, edition of mid 2025`, section)
/** Its page in Chinese. */
export const chinese = (action: string, section: string): Evidence =>
  page(`Zenlayer API reference, ${action}, in Chinese`, section)
/** The page of common error codes. */
export const commonCodes = (section: string): Evidence =>
  page('Zenlayer API reference, common error codes, Chinese edition of March 2023', section)

export const client = (section: string, ...clients: readonly string[]): Evidence =>
  evidence.client(clients, at(section))
/** What the definitions of the CLI and the models of the Go SDK agree on. */
export const models = (section: string): Evidence => client(section, 'Zenlayer CLI', 'Go SDK')

export const inferred = (from: string, section: string): Evidence => evidence.inferred(from, at(section))
/** By analogy: the page of the same action of the older service `vm`. */
export const likeVm = (action: string, section: string): Evidence =>
  inferred(`the page of ${action} of the older service vm`, section)

export const invented = (why: string, section: string): Evidence => evidence.invented(why, at(section))
export const unsaid = (section: string): Evidence => invented('no source says', section)
/** Of an action whose table of errors no source shows. */
export const unread = (section: string): Evidence => invented('the action’s table of errors was not read', section)
/** What a setting switches on, for clients that are ready for it. */
export const bySetting = (section: string): Evidence => invented('a setting of Snapstand’s', section)
