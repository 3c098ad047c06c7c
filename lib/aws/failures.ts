import { codeOf, credentialCodes, messageOf } from './errors.ts';

const expiredCodes = [
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'TokenRefreshRequired',
];
const unreachableCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
];

/** The system's own code of a connection that failed, wherever the SDK or Node has put it. */
const networkCodeOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors } = Object.assign({ code: '', cause: undefined, errors: [] }, error);
  if (unreachableCodes.includes(code)) return code;
  // Node tries each address of a name and gathers what came of it.
  return [cause, ...errors].map(networkCodeOf).find((inner) => inner !== undefined);
};

/** One sentence for what is at fault with the credentials or the way to AWS; `undefined` for all else. */
export const failureOf = (error: unknown, endpoint?: string): string | undefined => {
  const code = codeOf(error);
  if (code === 'CredentialsProviderError')
    return `No usable AWS credentials were found (${messageOf(error)}): sign in, set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  if (expiredCodes.includes(code)) return 'The AWS credentials have expired: renew them.';
  if (credentialCodes.includes(code))
    return `AWS does not accept these credentials (${code}): check the key, the profile and the clock.`;
  const network = networkCodeOf(error);
  if (network === undefined) return undefined;
  return endpoint === undefined
    ? `AWS cannot be reached (${network}): check the network.`
    : `Nothing answers at ${endpoint} (${network}): is the local AWS running?`;
};
