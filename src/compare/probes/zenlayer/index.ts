import type { Catalogue } from '../catalogue.ts'
import { attributes } from './attributes.ts'
import { lists } from './lists.ts'
import { needs, overview } from './needs.ts'
import { refusals } from './refusals.ts'
import { works } from './works.ts'

/** The questions of zenlayer.md section 8. */
export const zenlayer: Catalogue = {
  needs,
  overview,
  probes: [...refusals, ...lists, ...attributes, ...works],
  unasked: [
    { question: '1', reason: 'to find a quota that nobody knows an account has to be filled up to it' },
    { question: '3', reason: 'no call makes a snapshot fail' },
    { question: '26', reason: 'to find a limit that nobody knows an account has to be filled up to it' },
    { question: '27', reason: 'to find a rate limit it has to be overstepped, which hits all that the account runs' }
  ]
}
