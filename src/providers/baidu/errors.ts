import type { Why } from '../../core/model/journal.ts'
import { ApiError, type Catalogue, type Operation } from '../provider.ts'
import { client, inferred, page } from './sources.ts'

const PLATFORM = page('Error response', '3.1')
const GENERAL = page('General Description', '3.1')
const PAGES = page('of the operations', '3.2')

/**
 * Every code that BCC answers, with its literal text: the odd spacings ("doesnot", "error Please") and spellings
 * ("napshot", "DistNotAvailable") are the cloud's own. Where one operation prints another text, its row says so.
 */
export const errors = {
  AccessDenied: { status: 403, message: 'Access denied.', evidence: PLATFORM, common: true },
  InappropriateJSON: {
    status: 400,
    message: 'The JSON you provided was well-formed and valid, but not appropriate for this operation.',
    evidence: PLATFORM,
    common: true
  },
  InternalError: {
    status: 500,
    message: 'We encountered an internal error Please try again.',
    evidence: PLATFORM,
    common: true
  },
  InvalidAccessKeyId: {
    status: 403,
    message: 'The Access Key ID you provided doesnot exist in our records.',
    evidence: PLATFORM,
    common: true
  },
  InvalidHTTPAuthHeader: {
    status: 400,
    message: 'The HTTP authorization header is invalid. Consult the service documentation for details.',
    evidence: PLATFORM,
    textEvidence: inferred('sister products print it; the page repeats the text of InvalidAccessKeyId', '3.1'),
    common: true
  },
  InvalidHTTPRequest: {
    status: 400,
    message: 'There was an error in the body of your HTTP request.',
    evidence: PLATFORM,
    common: true
  },
  InvalidURI: { status: 400, message: 'Could not parse the specified URI.', evidence: PLATFORM, common: true },
  MalformedJSON: {
    status: 400,
    message: 'The JSON you provided was not well-formed.',
    evidence: PLATFORM,
    common: true
  },
  InvalidVersion: { status: 404, message: 'The API version specified was invalid.', evidence: PLATFORM, common: true },
  OptInRequired: {
    status: 403,
    message: 'A subscription for the service is required.',
    evidence: PLATFORM,
    common: true
  },
  PreconditionFailed: {
    status: 412,
    message: "The specified If-Match header doesn't match the ETag header.",
    evidence: PLATFORM,
    common: true
  },
  // `<Data>` stands for the timestamp; `requestExpired` puts it in.
  RequestExpired: {
    status: 400,
    message: 'Request has expired. Timestamp date is <Data>.',
    evidence: PLATFORM,
    common: true
  },
  IdempotentParameterMismatch: {
    status: 403,
    message: 'The request uses the same client token as a previous, but non-identical request.',
    evidence: PLATFORM,
    common: true
  },
  SignatureDoesNotMatch: {
    status: 400,
    message:
      'The request signature we calculated does not match the signature you provided. Check your Secret Access Key and signing method. Consult the service documentation for details.',
    evidence: client('3.1', 'Go SDK'),
    textEvidence: inferred('two independent copies of Baidu’s table', '3.1'),
    common: true
  },
  QualifyNotPass: { status: 403, message: 'The User has not pass qualify.', evidence: GENERAL, common: true },

  BadRequest: { status: 400, message: 'Bad request parameters or illegal request.', evidence: PAGES, common: true },
  NoSuchObject: {
    status: 404,
    message: 'The specified object is not found or resource do not exist.',
    evidence: PAGES,
    common: true
  },
  ServiceInternalError: { status: 500, message: 'Internal service occurs error.', evidence: PAGES },
  OperationDenied: { status: 409, message: 'Operation not available.', evidence: PAGES },
  'Asp.NameInvalid': { status: 400, message: 'asp name is invalid.', evidence: PAGES },
  'Asp.RetentionDaysInvalid': { status: 400, message: 'RetentionDays should in [1,10000]', evidence: PAGES },
  'Asp.TimePointsInvalid': { status: 400, message: 'TimePoints should in [0,23]', evidence: PAGES },
  'Asp.RepeatWeekdaysInvalid': { status: 400, message: 'RepeatWeekdays should in [1,7]', evidence: PAGES },
  'Asp.VolumeTypeInvalid': { status: 400, message: 'Volume type should be Cds or System', evidence: PAGES },
  'Asp.VolumeStatusInvalid': { status: 400, message: 'Volume must be in-use', evidence: PAGES },
  'Snapshot.SnapshotNameInvalid': { status: 400, message: 'snapshot name is invalid.', evidence: PAGES },
  'Instance.SnapshotLimitExceeded': {
    status: 403,
    message: 'The number of snapshot will exceed the quota limit.',
    evidence: inferred('the page has the code, and cuts the row off before its status', '3.2, Q4'),
    textEvidence: inferred('its first words; the page cuts off the rest', '3.2, Q4')
  },
  SnapshotOperationForbidden: { status: 403, message: 'snapshot operation forbidden.', evidence: PAGES },
  'snapshot.CannotCopy': { status: 403, message: 'napshot not support copy', evidence: PAGES },
  'Volume.InstanceStatusCannotAttach': {
    status: 409,
    message: 'Instance only when it is running or stopped state can mount to it.',
    evidence: PAGES
  },
  'Volume.DistNotAvailable': {
    status: 409,
    message: 'Volume status is not available, can not be attached to instance.',
    evidence: PAGES
  },
  'Volume.DiskNotAttachedInstance': {
    status: 400,
    message: 'Volume is not mounted in this instance, please make sure and try again.',
    evidence: PAGES
  },
  'Volume.InstanceStatusCannotDetach': {
    status: 409,
    message: 'Instance only when it is running or stopped state can unmount from it.',
    evidence: PAGES
  },
  'Volume.DiskStatusCannotBeDeleted': {
    status: 409,
    message: 'Volume in current status can not be deleted.',
    evidence: PAGES
  },
  'Volume.SystemDiskCannotBeDeleted': { status: 403, message: 'System disk can not be deleted.', evidence: PAGES }
} as const satisfies Catalogue

export type Code = keyof typeof errors

/** The cloud's refusal of this code, in the words of the catalogue. */
export function refusal(code: Code, why: Why = {}): ApiError {
  return new ApiError(code, errors[code].status, errors[code].message, why)
}

/** `RequestExpired` names the date that was too old (or, by the clock's 30 minutes, too new). */
export function requestExpired(date: string, why: Why): ApiError {
  const { status, message } = errors.RequestExpired
  return new ApiError('RequestExpired', status, message.replace('<Data>', date), why)
}

/** The same, in the words and with the status of a row that has its own. */
export function rowRefusal(operation: Pick<Operation, 'wording'>, code: Code, why: Why = {}): ApiError {
  const { status, message } = { ...errors[code], ...operation.wording[code] }
  return new ApiError(code, status, message, why)
}
