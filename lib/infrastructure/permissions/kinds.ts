import { stackPrefix } from '../../resources/account/account-region-reads.ts';

/** Where a stack stands; values may be CDK tokens. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** ARNs, after the partition, that cover every resource of a kind. */
export const kinds = {
  bucket: () => ['s3:::*'],
  // Identities may have a path; `*` takes slashes too.
  group: ({ account }) => [`iam::${account}:group/*`],
  role: ({ account }) => [`iam::${account}:role/*`],
  // Roles that AWS services make for themselves.
  serviceRole: ({ account }) => [`iam::${account}:role/aws-service-role/*`],
  serverCertificate: ({ account }) => [`iam::${account}:server-certificate/*`],
  user: ({ account }) => [`iam::${account}:user/*`],
  // The policies that AWS manages belong to the account "aws".
  policy: ({ account }) => [`iam::${account}:policy/*`, 'iam::aws:policy/*'],
  // A list may be shared by another account, or be AWS's own.
  prefixList: ({ region }) => [`ec2:${region}:*:prefix-list/*`],
  securityGroup: ({ region, account }) => [`ec2:${region}:${account}:security-group/*`],
  securityGroupRule: ({ region, account }) => [`ec2:${region}:${account}:security-group-rule/*`],
  analyzer: ({ region, account }) => [`access-analyzer:${region}:${account}:analyzer/*`],
  cluster: ({ region, account }) => [`rds:${region}:${account}:cluster:*`],
  clusterParameterGroup: ({ region, account }) => [`rds:${region}:${account}:cluster-pg:*`],
  clusterSnapshot: ({ region, account }) => [`rds:${region}:${account}:cluster-snapshot:*`],
  database: ({ region, account }) => [`rds:${region}:${account}:db:*`],
  eventSubscription: ({ region, account }) => [`rds:${region}:${account}:es:*`],
  parameterGroup: ({ region, account }) => [`rds:${region}:${account}:pg:*`],
  snapshot: ({ region, account }) => [`rds:${region}:${account}:snapshot:*`],
  hub: ({ region, account }) => [`securityhub:${region}:${account}:hub/default`],
  // Of queues and rules only our own are read.
  queue: ({ region, account }) => [`sqs:${region}:${account}:${stackPrefix}*`],
  breakers: ({ region, account }) => [`ssm:${region}:${account}:parameter/plumbline/breakers`],
  rule: ({ region, account }) => [`events:${region}:${account}:rule/${stackPrefix}*`],
  // A trail of the organisation, or one of another region, is seen here as well.
  trail: () => ['cloudtrail:*:*:trail/*'],
} satisfies Record<string, (place: Place) => readonly string[]>;
export type Kind = keyof typeof kinds;
