/** Regions that have a BCC host (baidu.md 1.1). Names are those of Baidu's consoles. */
export const REGIONS = [
  { id: 'bj', name: 'Beijing' },
  { id: 'gz', name: 'Guangzhou' },
  { id: 'su', name: 'Suzhou' },
  { id: 'bd', name: 'Baoding' },
  { id: 'fwh', name: 'Wuhan' },
  { id: 'hkg', name: 'Hong Kong' },
  { id: 'cd', name: 'Chengdu' }
] as const

/** The account that all resources of a world belong to: 32 hex digits, as Baidu's accounts have, and invented. */
export const ACCOUNT_ID = '5a4e4150535441000000000000000001'
