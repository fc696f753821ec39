import type { Why } from '../../core/model/journal.ts'
import type { Evidence } from '../evidence.ts'
import { ApiError, type Catalogue, type Refusal } from '../provider.ts'
import { client, commonCodes, inferred, invented, likeVm, preRelease, reference } from './sources.ts'

// The clouds' pages name codes and meanings but only one literal text, and clients must not rely on any (zenlayer.md 1.6):
// the messages are ours. That text names a member and its value; where both are known, so do ours.

/** A code whose message may name what was sent: "The specified <member> `<value>` <is>". */
interface Named extends Refusal {
  readonly is?: string | undefined
}
const OUR_TEXT = invented('the pages print one message, on whose words nobody must rely', '1.6')
const COMMON = commonCodes('3.1')
const common = (
  status: number,
  message: string,
  reach: string,
  is?: string,
  evidence: Evidence = COMMON
): Named & { readonly common: true } => ({
  status,
  message,
  evidence,
  textEvidence: OUR_TEXT,
  common: true,
  reach,
  is
})
const ACTIONS = reference('pages of actions', '3.2')
const business = (status: number, message: string, is?: string, evidence: Evidence = ACTIONS): Named => ({
  status,
  message,
  evidence,
  textEvidence: OUR_TEXT,
  is
})
const NOT_FOUND = 'is not found'

/** Every code of Zenlayer: the common ones, which any action may answer, and all others (zenlayer.md 3.1, 3.2). */
export const errors = {
  INTERNAL_SERVER_ERROR: common(
    500,
    'The request failed because of an internal error.',
    'Only by a fault; else only a crash of ours.'
  ),
  SERVICE_TEMPORARY_UNAVAILABLE: common(
    503,
    'The service is temporarily unavailable. Try again later.',
    'Only by a fault; else only when the server can make no further world, or the world is moved to another server.'
  ),
  REQUEST_TIMED_OUT: common(503, 'The request timed out.', 'Only by a fault: nothing here takes so long.'),
  AUTHFAILURE_INVALID_AUTHORIZATION: common(
    401,
    'The Authorization of the request does not have the required form.',
    'A malformed Authorization, content-type or host not signed, another signature method, no timestamp; with --auth strict also no Authorization, or an unknown key or token.'
  ),
  AUTHFAILURE_SIGNATURE_FAILURE: common(
    401,
    'The signature of the request does not match.',
    'A signature made with another secret, or of something else than was sent.'
  ),
  AUTHFAILURE_UNAUTHORIZED_OPERATION: common(
    401,
    'The operation is not authorized. Check that the API exists and that access to it was granted.',
    'An unknown or missing action or version; with status 404 another path, with 405 another method; a page of another site.'
  ),
  AUTHFAILURE_SIGNATURE_EXPIRED: common(
    401,
    'The signature has expired: the timestamp differs from the server time by more than five minutes.',
    'A timestamp more than 300 seconds from the wall clock, either way.'
  ),
  MISSING_PARAMETER: common(
    400,
    'A required parameter is missing.',
    'A required member that is absent, null, "" or [].'
  ),
  INVALID_PARAMETER_TYPE: common(
    400,
    'A parameter has the wrong type.',
    'A member of another JSON type; a body that is no JSON object; another Content-Type.'
  ),
  INVALID_PARAMETER_EXCEED_MAXIMUM: common(
    400,
    'The value of a parameter is larger than the maximum.',
    'An integer above its maximum.',
    'exceeds the maximum'
  ),
  INVALID_PARAMETER_LESS_MINIMUM: common(
    400,
    'The value of a parameter is smaller than the minimum.',
    'An integer below its minimum.',
    'is less than the minimum'
  ),
  INVALID_PARAMETER_EXCEED_LENGTH: common(
    400,
    'A parameter is too long or has too many values.',
    'A text or list that is too long; a body of more than 1 MiB.',
    'exceeds the maximum length'
  ),
  INVALID_PARAMETER_LESS_LENGTH: common(
    400,
    'A parameter is too short or has too few values.',
    'A name that is too short; "" for an optional name or time to be set.',
    'is less than the minimum length'
  ),
  INVALID_PARAMETER_PATTERN_ERROR: common(
    400,
    'The format of a parameter does not match the required pattern.',
    'A name of a disk or a policy with other characters than it may have.'
  ),
  INVALID_PARAMETER_DATE_FORMAT_ERROR: common(
    400,
    'The date format of a parameter is wrong: YYYY-MM-DDTHH:MM:SSZ.',
    'A time in another form, or one that there is not.'
  ),
  INVALID_PARAMETER_VALUE: common(
    400,
    'The value of a parameter is not one of the allowed ones.',
    'A word that the enum does not have.'
  ),
  OPERATION_FAILED_FOR_RECYCLE_RESOURCE: common(
    403,
    'The operation is not allowed on a resource in the recycle bin.',
    'The actions that list it: a disk that is RECYCLING or RECYCLED.'
  ),
  OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND: common(
    404,
    'The specified resource group is not found.',
    'The actions that list it: an unknown resource group.',
    NOT_FOUND
  ),
  OPERATION_FAILED_RESOURCE_NOT_FOUND: common(
    404,
    'The specified resource is not found.',
    'The actions that list it: an unknown resource, or, by setting, an unknown disk.',
    NOT_FOUND
  ),
  REQUEST_LIMIT_EXCEEDED: common(
    429,
    'The rate limit of the API is exceeded. Try again later.',
    'Only by a fault: nothing throttles by itself, since one such answer ends a Terraform run.',
    undefined,
    client('3.1, question 27', 'Go SDK', 'Python SDK', 'Java SDK')
  ),

  INVALID_DISK_NOT_FOUND: business(404, 'The specified disk is not found.', NOT_FOUND),
  INVALID_DISK_SNAPSHOT_NOT_FOUND: business(404, 'The specified snapshot is not found.', NOT_FOUND),
  INVALID_SNAPSHOT_QUOTA_EXCEED: business(400, 'The number of snapshots exceeds the quota.'),
  INVALID_SNAPSHOT_RETENTION_TIME: business(400, 'The retention time must be at least 24 hours from now.'),
  UNSUPPORTED_OPERATION_DISK_STATUS: business(400, 'The status of the disk does not support the operation.'),
  OPERATION_DENIED_DISK_SYSTEM_TYPE: business(
    400,
    'The operation is denied for a system disk.',
    undefined,
    preRelease('CreateSnapshot', '3.2')
  ),
  OPERATION_DENIED_DISK_STATUS: business(400, 'The operation is denied in the present status of the disk.'),
  OPERATION_DENIED_DISK_SNAPSHOT_STATUS: business(
    400,
    'The operation is denied in the present status of the snapshot.'
  ),
  OPERATION_DENIED_SNAPSHOT_DISK_REINSTALLED: business(
    400,
    'The operation is denied because the disk was reinstalled after the snapshot was made.'
  ),
  INVALID_ZONE_NOT_FOUND: business(404, 'The specified zone is not found.', NOT_FOUND),
  INVALID_SNAPSHOT_REGION_NOT_SUPPORT: business(400, 'The region does not support snapshots.'),
  INVALID_RETENTION_DAYS: business(400, 'The retention days must be -1 or 1 to 65535.'),
  INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND: business(404, 'The specified auto snapshot policy is not found.', NOT_FOUND),
  INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH: business(
    404,
    'The disk and the auto snapshot policy are in different zones.',
    undefined,
    preRelease('ApplyAutoSnapshotPolicy', '3.2')
  ),
  INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST: business(
    400,
    'The disk already belongs to another auto snapshot policy.',
    undefined,
    inferred('notes of the page and of the CLI have the code; of its status the table shows "40"', '3.2, question 7')
  ),
  INVALID_DISK_SNAPSHOT_SIZE_MISMATCH: business(
    400,
    'The disk size is smaller than that of the snapshot.',
    undefined,
    client('3.2, question 7', 'CSI driver')
  ),
  INVALID_DISK_NOT_PORTABLE: business(400, 'The disk is not portable.'),
  INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED: business(400, 'The disk and the instance are in different zones.'),
  UNSUPPORTED_OPERATION_INSTANCE_STATUS: business(400, 'The status of the instance does not support the operation.'),
  LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH: business(400, 'The instance cannot take that many disks.'),
  UNSUPPORTED_OPERATION_DISK_ATTACHED: business(
    400,
    'The disk is already attached to an instance.',
    undefined,
    likeVm('AttachDisks', '3.2')
  ),
  UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED: business(400, 'The disk is already attached to the specified instance.'),
  INVALID_ORDER_NOT_FOUND: business(404, 'The order is not found.'),
  ORDER_UNPROCESSED_ORDERS_FOR_THIS_RESOURCE: business(400, 'The resource has unprocessed orders.'),
  UNSUPPORTED_OPERATION_DISK_SYSTEM_TYPE: business(400, 'A system disk does not support the operation.'),
  UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE: business(
    400,
    'The disk is being moved to the recycle bin.',
    undefined,
    client('3.2', 'Terraform')
  ),
  INVALID_INSTANCE_NOT_FOUND: business(
    404,
    'The specified instance is not found.',
    NOT_FOUND,
    client('3.2', 'Terraform')
  )
} as const satisfies Catalogue

/** A code of this cloud. */
export type Code = keyof typeof errors

/** One of the codes as an answer; some have another status in one place (zenlayer.md 1.8). */
export function refusal(code: Code, why: Why = {}, status: number = errors[code].status): ApiError {
  return new ApiError(code, status, errors[code].message, why)
}

const VALUE_LENGTH_MAX = 100

/** A value as messages show it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} values`
  // It may be as large as a body, and nested as deep.
  if (typeof value === 'object' && value !== null) return '{...}'
  // Not in the form of 1e+23, and what is too large for a number not as the null of JSON.
  if (typeof value === 'number') return Number.isInteger(value) ? String(BigInt(value)) : String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX).replace(/[\ud800-\udbff]$/, '')}...` : text
}

/** A refusal with its message in the form of the only one that is known of the cloud, if it knows what was sent. */
export function named(error: ApiError): ApiError {
  const { code, status, why } = error
  const is = isCode(code) ? errors[code].is : undefined
  if (is === undefined || why.field === undefined || why.value === undefined) return error
  const member = why.field.replace(/^body\./, '')
  return new ApiError(code, status, `The specified ${member} \`${why.value}\` ${is}`, why)
}

export function isCode(name: string | undefined): name is Code {
  return name !== undefined && Object.hasOwn(errors, name)
}
