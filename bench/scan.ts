import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { startMoto } from '../lib/local/moto/moto.ts';

/** A scan of an account with 200 buckets, 200 security groups, 100 users and 50 databases, in a fresh process. */
export interface ScanFigures {
  readonly resources: number;
  readonly verdicts: number;
  readonly calls: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

const inTens = async (count: number, make: (n: number) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < count; from += 10) {
    await Promise.all(numbers(Math.min(10, count - from)).map((n) => make(from + n)));
  }
};

const fill = async (endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const options = { endpoint, region: 'us-east-1', credentials };
  const s3 = new S3({ ...options, forcePathStyle: true });
  const ec2 = new EC2(options);
  const iam = new IAM(options);
  const rds = new RDS(options);
  await inTens(200, (n) => s3.createBucket({ Bucket: `bench-${n}` }));
  await inTens(200, async (n) => {
    const { GroupId } = await ec2.createSecurityGroup({ GroupName: `g${n}`, Description: 'bench' });
    const range = { CidrIp: n % 4 === 0 ? '0.0.0.0/0' : '10.0.0.0/8' };
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [range] };
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [rule] });
  });
  await inTens(100, async (n) => {
    await iam.createUser({ UserName: `user${n}` });
    await iam.createAccessKey({ UserName: `user${n}` });
  });
  await inTens(50, (n) =>
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

const child = fileURLToPath(new URL('./scan-child.ts', import.meta.url));

export const benchScan = async (): Promise<ScanFigures> => {
  const moto = await startMoto();
  try {
    await fill(moto.url);
    const scanning = fork(child, [moto.url], { execArgv: ['--import', 'tsx'] });
    const [figures] = await once(scanning, 'message');
    return figures;
  } finally {
    await moto.stop();
  }
};
