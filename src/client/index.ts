export type { Agenda, AgendaEntry } from '../doors/agenda.ts'
export type { Checkpoint, Checkpoints, WorldCheckpoint } from '../doors/checkpoints.ts'
export type { AdvanceReport, AdvanceStop, Clock, NextEvent } from '../doors/clock.ts'
export type { Event } from '../doors/events.ts'
export type { Expected, Miss } from '../doors/expectations.ts'
export type { Fault, FaultRule, Faults } from '../doors/faults.ts'
export type { Health } from '../doors/health.ts'
export type { Move, MoveBeginning, Moves } from '../doors/moves.ts'
export type { Occurrences } from '../doors/occurrences.ts'
export type { OpenApiDocument } from '../doors/openapi.ts'
export type { Evidence, Operation, Operations } from '../doors/operations.ts'
export type { JournalEntry, RequestSummary, Requests, Why } from '../doors/requests.ts'
export type { Resource, ResourceDetail, Resources } from '../doors/resources.ts'
export type { Problem } from '../doors/schemas.ts'
export type { Setting, Settings } from '../doors/settings.ts'
export type { ImportReport, State } from '../doors/state.ts'
export type { Timeline } from '../doors/timeline.ts'
export type { ResetReport, WorldSummary, Worlds } from '../doors/worlds.ts'
export { connect } from './connect.ts'
export type { Credentials, Key } from './credentials.ts'
export type {
  AdvanceBy,
  CallOptions,
  ConnectOptions,
  EventStream,
  EventsFilter,
  ExpectedRequests,
  InstantLike,
  RequestsFilter,
  Server,
  TimelineFilter,
  VolumeContent,
  World,
  WorldCheckpoints,
  WorldClock,
  WorldFaults,
  WorldMove,
  WorldRequests,
  WorldResources,
  WorldSettings,
  WorldState
} from './handle.ts'
export { ControlRefused, ExpectationUnmet, NoPath, Unreachable } from './refusals.ts'
