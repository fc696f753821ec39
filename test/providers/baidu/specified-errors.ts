/** The error tables of baidu.md 3.1 and 3.2, as data: code, status, literal message. */
export const platformErrors: readonly (readonly [code: string, status: number, message: string])[] = [
  ['AccessDenied', 403, 'Access denied.'],
  [
    'InappropriateJSON',
    400,
    'The JSON you provided was well-formed and valid, but not appropriate for this operation.'
  ],
  ['InternalError', 500, 'We encountered an internal error Please try again.'],
  ['InvalidAccessKeyId', 403, 'The Access Key ID you provided doesnot exist in our records.'],
  [
    'InvalidHTTPAuthHeader',
    400,
    'The HTTP authorization header is invalid. Consult the service documentation for details.'
  ],
  ['InvalidHTTPRequest', 400, 'There was an error in the body of your HTTP request.'],
  ['InvalidURI', 400, 'Could not parse the specified URI.'],
  ['MalformedJSON', 400, 'The JSON you provided was not well-formed.'],
  ['InvalidVersion', 404, 'The API version specified was invalid.'],
  ['OptInRequired', 403, 'A subscription for the service is required.'],
  ['PreconditionFailed', 412, "The specified If-Match header doesn't match the ETag header."],
  ['RequestExpired', 400, 'Request has expired. Timestamp date is <Data>.'],
  [
    'IdempotentParameterMismatch',
    403,
    'The request uses the same client token as a previous, but non-identical request.'
  ],
  [
    'SignatureDoesNotMatch',
    400,
    'The request signature we calculated does not match the signature you provided. Check your Secret Access Key and signing method. Consult the service documentation for details.'
  ],
  ['QualifyNotPass', 403, 'The User has not pass qualify.']
]

export const bccErrors: readonly (readonly [code: string, status: number, message: string])[] = [
  ['BadRequest', 400, 'Bad request parameters or illegal request.'],
  ['NoSuchObject', 404, 'The specified object is not found or resource do not exist.'],
  ['ServiceInternalError', 500, 'Internal service occurs error.'],
  ['OperationDenied', 409, 'Operation not available.'],
  ['Asp.NameInvalid', 400, 'asp name is invalid.'],
  ['Asp.RetentionDaysInvalid', 400, 'RetentionDays should in [1,10000]'],
  ['Asp.TimePointsInvalid', 400, 'TimePoints should in [0,23]'],
  ['Asp.RepeatWeekdaysInvalid', 400, 'RepeatWeekdays should in [1,7]'],
  ['Asp.VolumeTypeInvalid', 400, 'Volume type should be Cds or System'],
  ['Asp.VolumeStatusInvalid', 400, 'Volume must be in-use'],
  ['Snapshot.SnapshotNameInvalid', 400, 'snapshot name is invalid.'],
  ['Instance.SnapshotLimitExceeded', 403, 'The number of snapshot will exceed the quota limit.'],
  ['SnapshotOperationForbidden', 403, 'snapshot operation forbidden.'],
  ['snapshot.CannotCopy', 403, 'napshot not support copy'],
  ['Volume.InstanceStatusCannotAttach', 409, 'Instance only when it is running or stopped state can mount to it.'],
  ['Volume.DistNotAvailable', 409, 'Volume status is not available, can not be attached to instance.'],
  ['Volume.DiskNotAttachedInstance', 400, 'Volume is not mounted in this instance, please make sure and try again.'],
  ['Volume.InstanceStatusCannotDetach', 409, 'Instance only when it is running or stopped state can unmount from it.'],
  ['Volume.DiskStatusCannotBeDeleted', 409, 'Volume in current status can not be deleted.'],
  ['Volume.SystemDiskCannotBeDeleted', 403, 'System disk can not be deleted.']
]
