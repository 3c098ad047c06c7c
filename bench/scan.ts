import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { startMoto } from '../lib/local/moto/moto.ts';
import { type AskChild, withChild } from './bundled-child.ts';

/** How many of each there are in an account. */
export interface Account {
  readonly buckets: number;
  readonly groups: number;
  readonly users: number;
  readonly databases: number;
}
/** Of some 600 resources. */
export const small: Account = { buckets: 200, groups: 200, users: 100, databases: 50 };
const large: Account = { buckets: 1000, groups: 8250, users: 500, databases: 250 };

/** One scan of an account, by what the package has of it, in a fresh process. */
export interface ScanFigures {
  readonly account: Account;
  readonly resources: number;
  readonly verdicts: number;
  readonly calls: number;
  readonly seconds: number;
  /** Of the processor. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

const inTens = async (count: number, make: (n: number) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < count; from += 10) {
    await Promise.all(numbers(Math.min(10, count - from)).map((n) => make(from + n)));
  }
};

export const fill = async (endpoint: string, account: Account): Promise<void> => {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const options = { endpoint, region: 'us-east-1', credentials };
  const s3 = new S3({ ...options, forcePathStyle: true });
  const ec2 = new EC2(options);
  const iam = new IAM(options);
  const rds = new RDS(options);
  await inTens(account.buckets, (n) => s3.createBucket({ Bucket: `bench-${n}` }));
  await inTens(account.groups, async (n) => {
    const { GroupId } = await ec2.createSecurityGroup({ GroupName: `g${n}`, Description: 'bench' });
    const range = { CidrIp: n % 4 === 0 ? '0.0.0.0/0' : '10.0.0.0/8' };
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [range] };
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [rule] });
  });
  await inTens(account.users, async (n) => {
    await iam.createUser({ UserName: `user${n}` });
    await iam.createAccessKey({ UserName: `user${n}` });
  });
  await inTens(account.databases, (n) =>
    rds.createDBInstance({
      DBInstanceIdentifier: `db${n}`,
      Engine: 'postgres',
      DBInstanceClass: 'db.t3.micro',
      AllocatedStorage: 20,
      MasterUsername: 'owner',
      MasterUserPassword: 'not-a-secret-1',
    }),
  );
};

const scanOf = async (ask: AskChild, account: Account): Promise<ScanFigures> => {
  const moto = await startMoto();
  try {
    await fill(moto.url, account);
    return { account, ...(await ask<Omit<ScanFigures, 'account'>>(moto.url)) };
  } finally {
    await moto.stop();
  }
};

/** A small account and one of 10,000 resources. */
export const benchScan = (): Promise<readonly ScanFigures[]> =>
  withChild(new URL('./scan-child.ts', import.meta.url), async (ask) => [
    await scanOf(ask, small),
    await scanOf(ask, large),
  ]);
