import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { allControls } from '../lib/controls/index.ts';
import { affectedBy, needsOf } from '../lib/engine/evaluation/evaluate.ts';
import { startLocalAws } from '../lib/local/local-aws.ts';
import { medianOf, p95Of } from './figures.ts';

/** From an API call to the finding that it brings, on the local AWS. */
export interface PathFigures {
  readonly events: readonly EventFigures[];
  readonly medianMs: number;
  readonly p95Ms: number;
}
export interface EventFigures {
  /** The call, and the control whose finding is waited for. */
  readonly call: string;
  readonly control: string;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Medians of what it is made up of. */
  readonly stages: Stages;
  /** Read calls that one event took. */
  readonly readCalls: Readonly<Record<string, number>>;
  /** The facets that the verdicts need. */
  readonly needs: readonly string[];
}

/** Milliseconds; they follow one another. */
export interface Stages {
  /** Until the call is answered, or the function reads, whichever is first. */
  readonly call: number;
  /** Until the function reads the resource: event bus, rule, queue, start of the invocation. */
  readonly delivery: number;
  /** Until the finding is imported: the reads are answered, evaluated, recorded. */
  readonly evaluation: number;
}
interface Timed {
  readonly ms: number;
  readonly stages: Stages;
}

/** A call that breaks a control, and one that puts it right. */
interface Seesaw {
  readonly call: string;
  readonly type: string;
  readonly facets: readonly string[];
  readonly control: string;
  readonly resource: string;
  readonly tip: () => Promise<unknown>;
  readonly right: () => Promise<unknown>;
}

const key = { accessKeyId: 'AKIABENCHBENCHBENCH0', secretAccessKey: 'bench' };
const name = 'plumbline-bench';

const seesaws = async (endpoint: string): Promise<readonly Seesaw[]> => {
  const options = { endpoint, region: 'us-east-1', credentials: key };
  const s3 = new S3({ ...options, forcePathStyle: true });
  const ec2 = new EC2(options);
  const iam = new IAM(options);
  const rds = new RDS(options);
  await s3.createBucket({ Bucket: name });
  const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: name, Description: name });
  await iam.createUser({ UserName: name });
  await rds.createDBInstance({
    DBInstanceIdentifier: name,
    Engine: 'postgres',
    DBInstanceClass: 'db.t3.micro',
    AllocatedStorage: 20,
    MasterUsername: 'owner',
    MasterUserPassword: 'not-a-secret-1',
    PubliclyAccessible: false,
  });
  const block = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };
  const ssh = {
    GroupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
  };
  const policy = { UserName: name, PolicyName: 'reads' };
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
  };
  const open = (PubliclyAccessible: boolean) => () =>
    rds.modifyDBInstance({
      DBInstanceIdentifier: name,
      PubliclyAccessible,
      ApplyImmediately: true,
    });
  return [
    {
      call: 's3:DeletePublicAccessBlock',
      type: 'AWS::S3::Bucket',
      facets: ['publicAccessBlock', 'acl'],
      control: 'S3.8',
      resource: name,
      tip: () => s3.deletePublicAccessBlock({ Bucket: name }),
      right: () => s3.putPublicAccessBlock({ Bucket: name, PublicAccessBlockConfiguration: block }),
    },
    {
      call: 'ec2:AuthorizeSecurityGroupIngress',
      type: 'AWS::EC2::SecurityGroup',
      facets: ['rules'],
      control: 'EC2.13',
      resource: GroupId,
      tip: () => ec2.authorizeSecurityGroupIngress(ssh),
      right: () => ec2.revokeSecurityGroupIngress(ssh),
    },
    {
      call: 'iam:PutUserPolicy',
      type: 'AWS::IAM::User',
      facets: ['inlinePolicies'],
      control: 'IAM.2',
      resource: name,
      tip: () => iam.putUserPolicy({ ...policy, PolicyDocument: JSON.stringify(document) }),
      right: () => iam.deleteUserPolicy(policy),
    },
    {
      call: 'rds:ModifyDBInstance',
      type: 'AWS::RDS::DBInstance',
      facets: ['instance'],
      control: 'RDS.2',
      resource: name,
      tip: open(true),
      right: open(false),
    },
  ];
};

type Local = Awaited<ReturnType<typeof startLocalAws>>;

/** The first read by somebody else than us: the function's. */
const firstRead = (local: Local): { readonly at: () => number; readonly end: () => void } => {
  let first = Number.NaN;
  const end = local.calls.onCall(({ accessKeyId, service, operation }) => {
    const isRead =
      /^(?:s3|s3control|ec2|iam|rds)$/.test(service) && /^(?:Get|List|Describe)/.test(operation);
    if (accessKeyId !== key.accessKeyId && isRead && Number.isNaN(first)) first = performance.now();
  });
  return { at: () => first, end };
};

/** Milliseconds from the call to the finding with this status. */
const timed = async (
  local: Local,
  { control, resource }: Seesaw,
  status: string,
  call: () => Promise<unknown>,
): Promise<Timed> => {
  let begun = 0;
  const reads = firstRead(local);
  const found = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => {
      end();
      reject(new Error(`no ${status} of ${control} on ${resource} within 20 s`));
    }, 20_000);
    const end = local.onFinding(({ finding }) => {
      const isIt =
        finding.GeneratorId === `plumbline/${control}` &&
        finding.Compliance?.Status === status &&
        (finding.Resources?.[0]?.Id ?? '').endsWith(resource);
      if (!isIt) return;
      clearTimeout(late);
      end();
      resolve(performance.now() - begun);
    });
  });
  begun = performance.now();
  const [ms, answered] = await Promise.all([found, call().then(() => performance.now() - begun)]);
  reads.end();
  const read = reads.at() - begun;
  const called = Math.min(answered, read);
  return { ms, stages: { call: called, delivery: read - called, evaluation: ms - read } };
};

/** Milliseconds in which what follows a finding, the note of its publishing, is done. */
const betweenCalls = 200;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const readsOnly = (calls: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(calls).filter(([call]) => /^(s3|s3control|ec2|iam|rds):/.test(call)),
  );

const measure = async (local: Local, seesaw: Seesaw, times: number) => {
  const taken: Timed[] = [];
  for (let time = 0; time < times; time += 1) {
    taken.push(await timed(local, seesaw, 'FAILED', seesaw.tip));
    await pause(betweenCalls);
    taken.push(await timed(local, seesaw, 'PASSED', seesaw.right));
    await pause(betweenCalls);
  }
  return taken;
};

/** @param times how often each control is broken and put right, after a warm-up */
export const benchPath = async (times = 15): Promise<PathFigures> => {
  const local = await startLocalAws({ port: 0, scheduleSpeed: 0 });
  try {
    const controls = await allControls();
    const events: EventFigures[] = [];
    const every: number[] = [];
    for (const seesaw of await seesaws(local.url)) {
      await pause(1500);
      await measure(local, seesaw, 3);
      const runs = await measure(local, seesaw, times);
      const taken = runs.map(({ ms }) => ms);
      every.push(...taken);
      // What AWS Config tells of the calls before comes a moment later, and is no part of the one that is counted.
      await pause(4000);
      local.calls.reset();
      await timed(local, seesaw, 'FAILED', seesaw.tip);
      await pause(300);
      const calls = local.calls.of((accessKeyId) => accessKeyId !== key.accessKeyId);
      const evaluating = controls.filter(({ resources }) =>
        resources.some(({ type }) => type === seesaw.type),
      );
      events.push({
        call: seesaw.call,
        control: seesaw.control,
        medianMs: medianOf(taken),
        p95Ms: p95Of(taken),
        stages: {
          call: medianOf(runs.map(({ stages }) => stages.call)),
          delivery: medianOf(runs.map(({ stages }) => stages.delivery)),
          evaluation: medianOf(runs.map(({ stages }) => stages.evaluation)),
        },
        readCalls: readsOnly(calls),
        needs: needsOf(affectedBy(evaluating, seesaw.facets)),
      });
    }
    return { events, medianMs: medianOf(every), p95Ms: p95Of(every) };
  } finally {
    await local.stop();
  }
};
