import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampled } from '../extent.ts';
import { account, region, worldAt } from './path/world.ts';
import { serve } from './served.ts';

// A write shows after this time, later than CloudTrail and Config tell of it.
const settleMs = 6000;
// A database is looked at again after a minute.
const patienceMs = 100_000;

let aws: Awaited<ReturnType<typeof serve>>;
let world: ReturnType<typeof worldAt>;
beforeAll(async () => {
  aws = await serve({ settleMs });
  world = worldAt(aws.url, patienceMs);
}, 120_000);
afterAll(() => aws.end());

interface Drift {
  readonly control: string;
  readonly resource: string;
  make(): Promise<unknown>;
  drift(): Promise<unknown>;
}
const compliantStatement = { Effect: 'Allow', Action: 'support:DescribeCases', Resource: '*' };
const adminStatement = { Effect: 'Allow', Action: '*', Resource: '*' };
const policy = (statement: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

const bucket = (): Drift => {
  const { s3 } = world.as('alice');
  const Bucket = 'settle-bucket';
  return {
    control: 'S3.8',
    resource: `arn:aws:s3:::${Bucket}`,
    make: () => s3.createBucket({ Bucket }),
    drift: () => s3.deletePublicAccessBlock({ Bucket }),
  };
};
const group = async (): Promise<Drift> => {
  const { ec2 } = world.as('alice');
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName: 'settle',
    Description: 'settle',
  });
  return {
    control: 'EC2.13',
    resource: `arn:aws:ec2:${region}:${account}:security-group/${GroupId}`,
    make: async () => undefined,
    drift: () =>
      ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        ],
      }),
  };
};
const managedPolicy = (): Drift => {
  const { iam } = world.as('alice');
  const PolicyArn = `arn:aws:iam::${account}:policy/settle`;
  return {
    control: 'IAM.1',
    resource: PolicyArn,
    make: () =>
      iam.createPolicy({ PolicyName: 'settle', PolicyDocument: policy(compliantStatement) }),
    drift: () =>
      iam.createPolicyVersion({
        PolicyArn,
        PolicyDocument: policy(adminStatement),
        SetAsDefault: true,
      }),
  };
};
const database = (): Drift => {
  const { rds } = world.as('alice');
  const DBInstanceIdentifier = 'settle';
  return {
    control: 'RDS.2',
    resource: `arn:aws:rds:${region}:${account}:db:${DBInstanceIdentifier}`,
    make: () =>
      rds.createDBInstance({
        DBInstanceIdentifier,
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'settle',
        ManageMasterUserPassword: true,
        PubliclyAccessible: false,
      }),
    drift: () =>
      rds.modifyDBInstance({
        DBInstanceIdentifier,
        PubliclyAccessible: true,
        ApplyImmediately: true,
      }),
  };
};

const kinds: Readonly<Record<string, () => Drift | Promise<Drift>>> = {
  'S3 bucket': bucket,
  'EC2 security group': group,
  'IAM policy': managedPolicy,
  'RDS instance': database,
};

describe('a write that does not show at once', () => {
  // How long a type takes to settle is its own; what is done about it is the same.
  it.concurrent.each(sampled(Object.keys(kinds), { usual: 2 }))(
    'is found by the settled look, on an %s',
    async (name) => {
      const { control, resource, make, drift } = await (kinds[name] ?? bucket)();
      await make();
      await world.finding({ control, resource, status: 'PASSED' });
      // What was made has to have settled before it drifts.
      await sleep(settleMs + 1000);
      await drift();
      await sleep(settleMs / 2);
      const early = await world.look({ control, resource });
      expect(early?.Compliance?.Status).toBe('PASSED');
      const late = await world.finding({ control, resource, status: 'FAILED' });
      expect(late.ProductFields?.['plumbline/by']).toBe(`arn:aws:iam::${account}:user/alice`);
    },
    2 * patienceMs,
  );
});
