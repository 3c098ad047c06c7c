/**
 * Every AWS error, sorted once.
 * - `absent`: the facet is not set (the facet's own codes)
 * - `gone`: the resource does not exist (the type's codes)
 * - `denied`: the reader may not see it
 * - `notOffered`: the region, account or endpoint does not have it
 * - `transient`: all else; thrown, so that the queue brings the record back
 */
export type Sorted =
  | { readonly kind: 'absent' | 'gone' | 'transient' }
  | { readonly kind: 'denied' | 'notOffered'; readonly message: string };

interface AwsError extends Error {
  readonly Code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}
const isAwsError = (error: unknown): error is AwsError => error instanceof Error;

/** The code of an SDK error; S3 and EC2 put it in `name`, some services in `Code` too. */
export const codeOf = (error: unknown): string => {
  if (!isAwsError(error)) return '';
  return typeof error.Code === 'string' && error.name === 'Error' ? error.Code : error.name;
};

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Without what differs from one answer to the next, or the same refusal would be news each time. */
const steadyMessageOf = (error: unknown): string =>
  messageOf(error)
    .replace(/\s*Encoded authorization failure message:.*$/s, '')
    .replace(
      /\s*\(?(Service|Status Code|Request ?I[dD]|Host ?I[dD]|Extended Request ID):[^)]*\)?/g,
      '',
    );

// Wrong or old credentials are 403 as well, but say nothing of one facet: the whole run is at fault.
export const credentialCodes: readonly string[] = [
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidToken',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
];
// The account has not signed up for the service, or not yet, or not any more: what was there may still be there.
// https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html
const notSignedUpCodes = ['OptInRequired', 'SubscriptionRequiredException'];
const deniedCodes = [
  'UnauthorizedOperation',
  'AuthorizationError',
  'AuthorizationErrorException',
  ...notSignedUpCodes,
];
const notOfferedCodes = [
  'MethodNotAllowed',
  'NotImplemented',
  'UnsupportedOperation',
  'UnsupportedOperationException',
];

/** S3 answers a HEAD or a GET of a missing bucket with different codes; the SDK names the class, AWS the code. */
const names = (codes: readonly string[], code: string): boolean =>
  codes.includes(code) || codes.includes(code.replace(/(Fault|Exception)$/, ''));

const isDenied = (error: AwsError, code: string): boolean =>
  code.startsWith('AccessDenied') ||
  names(deniedCodes, code) ||
  error.$metadata?.httpStatusCode === 403;

export const sortError = (
  error: unknown,
  codes: { readonly absent?: readonly string[]; readonly gone?: readonly string[] },
): Sorted => {
  if (!isAwsError(error)) return { kind: 'transient' };
  const code = codeOf(error);
  if (names(codes.absent ?? [], code)) return { kind: 'absent' };
  if (names(codes.gone ?? [], code)) return { kind: 'gone' };
  if (credentialCodes.includes(code)) return { kind: 'transient' };
  if (names(notOfferedCodes, code)) return { kind: 'notOffered', message: steadyMessageOf(error) };
  if (isDenied(error, code)) return { kind: 'denied', message: steadyMessageOf(error) };
  return { kind: 'transient' };
};

/** Runs `read`; an error that `sortError` can name becomes its kind, a transient one is thrown on. */
export const sorting = async <T>(
  codes: { readonly absent?: readonly string[]; readonly gone?: readonly string[] },
  read: () => Promise<T>,
): Promise<
  { readonly kind: 'value'; readonly value: T } | Exclude<Sorted, { kind: 'transient' }>
> => {
  try {
    return { kind: 'value', value: await read() };
  } catch (error) {
    const sorted = sortError(error, codes);
    if (sorted.kind === 'transient') throw error;
    return sorted as Exclude<Sorted, { kind: 'transient' }>;
  }
};

/** `undefined` for the codes that mean "not set"; every other error is thrown on. */
export const orAbsent = async <T>(
  absent: readonly string[],
  read: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (sortError(error, { absent }).kind === 'absent') return undefined;
    throw error;
  }
};

export const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error(String(reason));

/** Settles instead of throwing: for look-ups whose failure is itself an answer, since what cannot be seen blocks. */
export const attempted = async <T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly failure: unknown }> => {
  try {
    return { value: await work() };
  } catch (failure) {
    return { failure };
  }
};

const throttledCodes = [
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
];
/** Whether a write that failed may go through when tried again: AWS was busy or could not be reached. */
export const mayPass = (error: unknown): boolean => {
  if (!isAwsError(error)) return false;
  const status = error.$metadata?.httpStatusCode;
  return (
    status === undefined || status >= 500 || status === 429 || names(throttledCodes, codeOf(error))
  );
};

/** Whether a look-up failed for no reason of its own: AWS was busy, could not be reached, or took no credentials. */
export const isBusy = (error: unknown): boolean => {
  if (!isAwsError(error)) return false;
  // What the SDK has not sent, and our own errors, have no metadata; what nobody answered has no status.
  return credentialCodes.includes(codeOf(error)) || ('$metadata' in error && mayPass(error));
};
