import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { Sdk, Service } from '../model/control.ts';

export interface ClientOptions {
  readonly region: string;
  /** Overrides AWS_ENDPOINT_URL and the service's own address. */
  readonly endpoint?: string;
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** Tries of one call, the first included. @default 3 */
  readonly maxAttempts?: number;
}
export type Clients = <S extends Service>(service: S) => Promise<Sdk[S]>;

/** Seconds that AWS has for an answer. */
export const answerSeconds = 5;

type Settings = ReturnType<typeof settingsOf>;
const settingsOf = ({ region, endpoint, credentials, maxAttempts = 3 }: ClientOptions) => ({
  region,
  maxAttempts,
  ...(endpoint === undefined ? {} : { endpoint }),
  ...(credentials === undefined ? {} : { credentials }),
  // A call that hangs must not eat the 10 seconds that a change has. Without throwOnRequestTimeout the SDK only warns:
  // https://github.com/smithy-lang/smithy-typescript/blob/main/packages/node-http-handler/src/node-http-handler.ts
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: answerSeconds * 1_000,
    throwOnRequestTimeout: true,
  },
});

/** S3 Control puts the account in the host's name, which an address on this machine does not have. */
const s3ControlEndpoint = (endpoint = process.env['AWS_ENDPOINT_URL']) =>
  endpoint === undefined ? {} : { endpointProvider: () => ({ url: new URL(endpoint) }) };

const loaders: {
  readonly [S in Service]: (settings: Settings, options: ClientOptions) => Promise<Sdk[S]>;
} = {
  accessanalyzer: async (settings) =>
    new (await import('@aws-sdk/client-accessanalyzer')).AccessAnalyzer(settings),
  cloudformation: async (settings) =>
    new (await import('@aws-sdk/client-cloudformation')).CloudFormation(settings),
  cloudtrail: async (settings) =>
    new (await import('@aws-sdk/client-cloudtrail')).CloudTrail(settings),
  config: async (settings) =>
    new (await import('@aws-sdk/client-config-service')).ConfigService(settings),
  ec2: async (settings) => new (await import('@aws-sdk/client-ec2')).EC2(settings),
  eventbridge: async (settings) =>
    new (await import('@aws-sdk/client-eventbridge')).EventBridge(settings),
  iam: async (settings) => new (await import('@aws-sdk/client-iam')).IAM(settings),
  rds: async (settings) => new (await import('@aws-sdk/client-rds')).RDS(settings),
  s3: async (settings, { endpoint }) =>
    new (await import('@aws-sdk/client-s3')).S3({
      ...settings,
      // Names of buckets do not resolve as hosts below an address on this machine.
      forcePathStyle: (endpoint ?? process.env['AWS_ENDPOINT_URL']) !== undefined,
    }),
  s3control: async (settings, { endpoint }) =>
    new (await import('@aws-sdk/client-s3-control')).S3Control({
      ...settings,
      ...s3ControlEndpoint(endpoint),
    }),
  securityhub: async (settings) =>
    new (await import('@aws-sdk/client-securityhub')).SecurityHub(settings),
  sns: async (settings) => new (await import('@aws-sdk/client-sns')).SNS(settings),
  sqs: async (settings) => new (await import('@aws-sdk/client-sqs')).SQS(settings),
  ssm: async (settings) => new (await import('@aws-sdk/client-ssm')).SSM(settings),
  sts: async (settings) => new (await import('@aws-sdk/client-sts')).STS(settings),
};

/** One client per service, loaded when first asked for and kept. */
export const sdkClients = (options: ClientOptions): Clients => {
  const settings = settingsOf(options);
  const made = new Map<Service, Promise<unknown>>();
  const load = <S extends Service>(service: S): Promise<Sdk[S]> =>
    loaders[service](settings, options);
  return <S extends Service>(service: S) => {
    const known = made.get(service) as Promise<Sdk[S]> | undefined;
    if (known) return known;
    const client = load(service);
    made.set(service, client);
    return client;
  };
};
