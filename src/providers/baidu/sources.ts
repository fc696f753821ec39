import type { Evidence } from '../evidence.ts'
import * as evidence from '../evidence.ts'

// What is known of Baidu BCC, and where from: the sources at the head of baidu.md. Sections are those of that page.

/** By this day all of them had been read, in editions of 2024-07-02 to 2026-06-22; no finer date was kept. */
const READ_BY = '2026-11-22'
const at = (section: string) => `baidu.md ${section}`

/** A page of the BCC manual, by its title. */
export const page = (title: string, section: string): Evidence =>
  evidence.documented(`page ${title}`, READ_BY, at(section))

export const client = (section: string, ...clients: readonly string[]): Evidence =>
  evidence.client(clients, at(section))
/** What the SDKs declare alike. */
export const models = (section: string): Evidence => client(section, 'Go SDK', 'Go SDK V2', 'Java SDK')

export const inferred = (from: string, section: string): Evidence => evidence.inferred(from, at(section))
export const invented = (why: string, section: string): Evidence => evidence.invented(why, at(section))
export const unsaid = (section: string): Evidence => invented('no source says', section)
/** The status stands on a page, which names no code. */
export const codeless = (section: string): Evidence => invented('the page has the status and names no code', section)
/** For a value that is wrong, where the page of the operation has no table, or none that was read. */
export const usual = (section: string): Evidence => inferred('the pages of almost all operations list it', section)
