import type { Why } from '../../../core/model/journal.ts'
import { nearest } from '../../../documents/nearest.ts'
import type { BaiduCloud } from '../rules/shapes.ts'

/** Storage types as v2 calls them (baidu.md 4.9). */
export const STORAGE_WORDS: readonly string[] = [
  'std1',
  'hp1',
  'ssd',
  'cloud_hp1',
  'premium_ssd',
  'hdd',
  'HDD_Throughput',
  'enhanced_ssd_pl0',
  'enhanced_ssd_pl1',
  'enhanced_ssd_pl2',
  'enhanced_ssd_pl3',
  'SSD_Enhanced',
  'elastic_ephemeral_disk',
  'local',
  'sata',
  'local-ssd',
  'local-hdd',
  'local-nvme'
]

/** What v3 takes: names of its own, from the Go SDK, and those of v2 (baidu.md 7.5). */
export const STORAGE_WORDS_V3: readonly string[] = [
  ...STORAGE_WORDS,
  'Cloud_Sata',
  'Cloud_HDD_General',
  'Cloud_HDD_Throughput',
  'Cloud_Premium',
  'Cloud_SSD_General',
  'Cloud_SSD_Enhanced',
  'Local_HDD',
  'Local_SSD',
  'Local_NVME',
  'Local_PV_HDD',
  'Local_PV_SSD',
  'Local_PV_NVME'
]

/** Why this word is refused: no source says what an unknown one gets, and a typo should be seen (baidu.md 4.9). */
export function strangeStorage(
  cloud: BaiduCloud,
  field: string,
  word: string | undefined,
  words = STORAGE_WORDS
): Why | undefined {
  if (word === undefined || words.includes(word)) return undefined
  if (cloud.setting('baidu.unknownStorageTypes') === 'accept') return undefined
  const near = nearest(word, words)
  const known = near === undefined ? `there are ${words.join(', ')}.` : `did you mean ${near}?`
  return { field, hint: `${word} is no storage type: ${known} The setting baidu.unknownStorageTypes takes every word.` }
}
