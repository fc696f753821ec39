import type { Catalogue } from '../catalogue.ts'
import { lists } from './lists.ts'
import { needs, overview } from './needs.ts'
import { policies } from './policies.ts'
import { refusals } from './refusals.ts'
import { snapshots } from './snapshots.ts'

/** The questions of baidu.md section 8. */
export const baidu: Catalogue = {
  needs,
  overview,
  probes: [...refusals, ...lists, ...policies, ...snapshots],
  unasked: [
    { question: 'Q4', reason: 'it takes 512 snapshots of one volume to meet the limit' },
    { question: 'Q34', reason: 'to find a quota that nobody knows an account has to be filled up to it' },
    { question: 'Q35', reason: 'to find a rate limit it has to be overstepped, which hits all that the account runs' },
    { question: 'Q36', reason: 'it takes a second key of the account with fewer rights' }
  ]
}
