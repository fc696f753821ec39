import { getAgenda } from './agenda.ts'
import { dropCheckpoint, listCheckpoints, restoreCheckpoint, saveCheckpoint } from './checkpoints.ts'
import { advanceClock, getClock, setClock, stopAdvance } from './clock.ts'
import { getContent, setContent } from './content.ts'
import { readEvents } from './events.ts'
import { expectRequests } from './expectations.ts'
import { clearFaults, dropFault, listFaults, putFault } from './faults.ts'
import { getHealth } from './health.ts'
import { getMetrics } from './metrics.ts'
import { beginMove, finishMove, giveUpMove, listMoves } from './moves.ts'
import { listOccurrences } from './occurrences.ts'
import { getCloudOpenApi, getOpenApi } from './openapi.ts'
import { listOperations } from './operations.ts'
import { clearRequests, getRequest, getRequestCurl, listRequests } from './requests.ts'
import { getResource, listResources } from './resources.ts'
import { changeSettings, getSettings } from './settings.ts'
import { exportState, importState } from './state.ts'
import { getTimeline } from './timeline.ts'
import { deleteWorld, keepWorld, listWorlds, resetWorlds } from './worlds.ts'

/** Every call of the control API, in the order of its description. */
export const DOORS = [
  getHealth,
  listWorlds,
  keepWorld,
  deleteWorld,
  resetWorlds,
  listMoves,
  beginMove,
  finishMove,
  giveUpMove,
  getClock,
  setClock,
  advanceClock,
  stopAdvance,
  getAgenda,
  listOccurrences,
  getTimeline,
  listResources,
  getResource,
  listRequests,
  clearRequests,
  getRequest,
  getRequestCurl,
  expectRequests,
  readEvents,
  listOperations,
  getOpenApi,
  getCloudOpenApi,
  getSettings,
  changeSettings,
  exportState,
  importState,
  listCheckpoints,
  saveCheckpoint,
  dropCheckpoint,
  restoreCheckpoint,
  listFaults,
  putFault,
  dropFault,
  clearFaults,
  getContent,
  setContent,
  getMetrics
] as const
