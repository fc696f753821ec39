import { attachAsp } from './attach-asp.ts'
import { createAsp } from './create-asp.ts'
import { deleteAsp } from './delete-asp.ts'
import { detachAsp } from './detach-asp.ts'
import { getAsp } from './get-asp.ts'
import { getVolume } from './get-volume.ts'
import { listAsps } from './list-asps.ts'
import { listVolumes } from './list-volumes.ts'
import { listZones } from './list-zones.ts'
import { updateAsp } from './update-asp.ts'

/** Every operation that is served, in the order of baidu.md 5. */
export const operations = [
  createAsp,
  updateAsp,
  listAsps,
  getAsp,
  deleteAsp,
  attachAsp,
  detachAsp,
  listVolumes,
  getVolume,
  listZones
]
