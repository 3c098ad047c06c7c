/** The SDK clients whose run-time schemas say what a request is, by the name a decoded call gives its service. */
export const clients = {
  accessanalyzer: () => import('@aws-sdk/client-accessanalyzer'),
  cloudformation: () => import('@aws-sdk/client-cloudformation'),
  cloudtrail: () => import('@aws-sdk/client-cloudtrail'),
  configservice: () => import('@aws-sdk/client-config-service'),
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  ec2: () => import('@aws-sdk/client-ec2'),
  events: () => import('@aws-sdk/client-eventbridge'),
  iam: () => import('@aws-sdk/client-iam'),
  lambda: () => import('@aws-sdk/client-lambda'),
  rds: () => import('@aws-sdk/client-rds'),
  s3: () => import('@aws-sdk/client-s3'),
  s3control: () => import('@aws-sdk/client-s3-control'),
  securityhub: () => import('@aws-sdk/client-securityhub'),
  sns: () => import('@aws-sdk/client-sns'),
  sqs: () => import('@aws-sdk/client-sqs'),
  ssm: () => import('@aws-sdk/client-ssm'),
  sts: () => import('@aws-sdk/client-sts'),
} as const;
export type ServiceName = keyof typeof clients;

/** Names that a signature gives a service where they are not ours. */
const signingNames = { 'access-analyzer': 'accessanalyzer', config: 'configservice' } as const;

const isService = (name: string): name is ServiceName => Object.hasOwn(clients, name);

export const serviceSignedAs = (signingName: string): ServiceName | undefined => {
  const name = Object.entries(signingNames).find(([alias]) => alias === signingName)?.[1];
  return name ?? (isService(signingName) ? signingName : undefined);
};
