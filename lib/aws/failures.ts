import { plural } from '../support/plural.ts';
import { text } from '../support/untyped.ts';
import { usualAnswerSeconds } from './clients.ts';
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

/** Codes of Node and OpenSSL for a certificate or a handshake that is refused. */
const tlsCode = /^(EPROTO$|ERR_(SSL|TLS)_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

interface Coded {
  readonly code: string;
  /** The name that could not be looked up. */
  readonly hostname?: string;
}
/** The error with a code of this kind, wherever the SDK or Node has put it. */
const codedIn = (error: unknown, isMeant: (code: string) => boolean): Coded | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors } = Object.assign({ code: '', cause: undefined, errors: [] }, error);
  if (isMeant(String(code))) {
    const hostname = text(Reflect.get(error, 'hostname'));
    return { code: String(code), ...(hostname === undefined ? {} : { hostname }) };
  }
  // Node tries each address of a name and gathers what came of it.
  return [cause, ...errors]
    .map((one) => codedIn(one, isMeant))
    .find((inner) => inner !== undefined);
};
const networkFailureOf = (error: unknown) =>
  codedIn(error, (code) => unreachableCodes.includes(code));

/** Whether the name that was asked for is not there, which is not that nobody could look it up. */
export const isNoHost = (error: unknown): boolean => networkFailureOf(error)?.code === 'ENOTFOUND';

/** A connection that was not made, by the system's own code. */
const networkSentence = ({ code, hostname: asked }: Coded, endpoint?: string): string => {
  if (endpoint === undefined) {
    const where = asked === undefined ? 'AWS' : `AWS at ${asked}`;
    return `${where} cannot be reached (${code}): check the region, the network and the proxy.`;
  }
  const { hostname } = URL.canParse(endpoint) ? new URL(endpoint) : { hostname: endpoint };
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code))
    return `There is no host ${hostname} (${code}): check AWS_ENDPOINT_URL and the network.`;
  const isHere = /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  const hint = isHere ? 'is the local AWS running?' : 'check AWS_ENDPOINT_URL and the network.';
  return `Nothing answers at ${endpoint} (${code}): ${hint}`;
};

const triesOf = (error: unknown): string => {
  const tries: unknown = Reflect.get(Object(Reflect.get(Object(error), '$metadata')), 'attempts');
  return typeof tries === 'number' && tries > 1 ? ` (${plural(tries, 'try', 'tries')})` : '';
};

export const noAwsAt = (endpoint: string): string =>
  `${endpoint} answers, but not as AWS does: check AWS_ENDPOINT_URL.`;

/** What is wrong with the text of an address; `undefined` of one that a call can be sent to. */
export const addressFailureOf = (endpoint: string): string | undefined =>
  URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)
    ? undefined
    : `AWS_ENDPOINT_URL is ${endpoint}; it must be a URL such as http://127.0.0.1:4566.`;

/** What is wrong with the address or the answer of an endpoint that is no AWS. */
const endpointFailureOf = (error: unknown, endpoint: string): string | undefined => {
  const address = addressFailureOf(endpoint);
  if (address !== undefined) return address;
  // The SDK cannot read what is neither JSON nor XML of AWS, and says so in these ways.
  const isUnreadable =
    error instanceof SyntaxError ||
    /Deserialization error|is not valid JSON|Unexpected token|char .* is not expected/.test(
      messageOf(error),
    );
  return isUnreadable ? noAwsAt(endpoint) : undefined;
};

const profileSentence = (error: unknown): string => {
  const [, named] = /profile: \[(.+?)\]/.exec(messageOf(error)) ?? [];
  const profile = named ?? process.env['AWS_PROFILE'];
  if (profile)
    return `The AWS profile ${profile} gives no credentials: check AWS_PROFILE, and the files config and credentials below ~/.aws.`;
  return `No usable AWS credentials were found (${messageOf(error)}): sign in, set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
};

/** One sentence for what is at fault with the credentials or the way to AWS; `undefined` for all else. */
export const failureOf = (error: unknown, endpoint?: string): string | undefined => {
  const code = codeOf(error);
  if (code === 'CredentialsProviderError') return profileSentence(error);
  if (expiredCodes.includes(code)) return 'The AWS credentials have expired: renew them.';
  if (credentialCodes.includes(code))
    return `AWS does not accept these credentials (${code}): check the key, the profile and the clock.`;
  if (code === 'TimeoutError')
    return `${endpoint ?? 'AWS'} took the connection and did not answer within ${usualAnswerSeconds} s${triesOf(error)}: check AWS_ENDPOINT_URL, proxy and network.`;
  const network = networkFailureOf(error);
  if (network !== undefined) return networkSentence(network, endpoint);
  const tls = codedIn(error, (one) => tlsCode.test(one))?.code;
  if (tls !== undefined)
    return `${endpoint ?? 'AWS'} could not be asked over TLS (${tls}): check AWS_ENDPOINT_URL and the proxy; a certificate of your own company is named by NODE_EXTRA_CA_CERTS.`;
  return endpoint && endpointFailureOf(error, endpoint);
};
