import type { ControlId } from '../../model/control.ts';
import type { Cast } from './tour-cast.ts';

/** Something that somebody does, and the verdict that is to follow. */
export interface Step {
  /** The call as IAM writes it, `s3:DeletePublicAccessBlock`. */
  readonly call: string;
  readonly by: 'alice' | 'pipeline' | 'Plumbline';
  readonly controlId: ControlId;
  readonly expected: 'FAILED' | 'PASSED';
  /** Where it is not the scene's. */
  readonly resource?: string;
  /** What the note on the finding says once it is over, where a plan is carried out or taken back. */
  readonly noted?: RegExp;
  act(): Promise<unknown>;
}
export interface Scene {
  readonly title: string;
  /** What the finding's resource ends with: a bucket's name, a group's id. */
  readonly resource: string;
  readonly steps: readonly Step[];
  /** The control that has to be remediated, or there is nothing to show. */
  readonly remediates?: ControlId;
}

/** Readies a scene; what it makes is compliant. */
export type Stage = (cast: Cast) => Promise<Scene>;

const bucketName = 'customer-invoices';
const blocks = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const bucketLosesItsBlock: Stage = async ({ alice }) => {
  await alice.s3.createBucket({ Bucket: bucketName });
  return {
    title: 'A bucket loses its public access block',
    resource: bucketName,
    steps: [
      {
        call: 's3:DeletePublicAccessBlock',
        by: 'alice',
        controlId: 'S3.8',
        expected: 'FAILED',
        act: () => alice.s3.deletePublicAccessBlock({ Bucket: bucketName }),
      },
      {
        call: 's3:PutPublicAccessBlock',
        by: 'alice',
        controlId: 'S3.8',
        expected: 'PASSED',
        act: () =>
          alice.s3.putPublicAccessBlock({
            Bucket: bucketName,
            PublicAccessBlockConfiguration: blocks,
          }),
      },
    ],
  };
};

const everybody = [
  {
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'debug' }],
  },
];

const groupThatOpensSsh = async (
  { ec2 }: Cast['pipeline'],
  title: string,
  by: Step['by'] = 'pipeline',
): Promise<Scene> => {
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName: 'web',
    Description: 'Web servers',
  });
  return {
    title,
    resource: GroupId,
    steps: [
      {
        call: 'ec2:AuthorizeSecurityGroupIngress',
        by,
        controlId: 'EC2.13',
        expected: 'FAILED',
        act: () => ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: everybody }),
      },
      {
        call: 'ec2:RevokeSecurityGroupIngress',
        by,
        controlId: 'EC2.13',
        expected: 'PASSED',
        act: () => ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: everybody }),
      },
    ],
  };
};

const groupOpensSsh: Stage = ({ pipeline }) =>
  groupThatOpensSsh(pipeline, 'A security group opens SSH to the world');

/** Nothing is evaluated there: the region's ears bring the event home. */
const groupOpensSshIn =
  (region: string): Stage =>
  ({ pipelineIn }) =>
    groupThatOpensSsh(pipelineIn(region), `A security group opens SSH to the world in ${region}`);

/** Nothing of Plumbline but roles and ears stands there. */
const groupOpensSshOf =
  (account: string): Stage =>
  async ({ aliceIn }) =>
    groupThatOpensSsh(
      await aliceIn(account),
      `A security group opens SSH to the world in account ${account}`,
      'alice',
    );

const gamePorts = [
  {
    IpProtocol: 'tcp',
    FromPort: 3380,
    ToPort: 3400,
    IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'game servers' }],
  },
];

const groupIsPutRight: Stage = async ({ alice, undoLatest }) => {
  const { GroupId = '' } = await alice.ec2.createSecurityGroup({
    GroupName: 'games',
    Description: 'Game servers',
  });
  const step = { controlId: 'EC2.14', resource: GroupId } as const;
  return {
    title: 'A range of ports opens RDP too, and Plumbline closes what must be closed',
    resource: GroupId,
    remediates: 'EC2.14',
    steps: [
      {
        ...step,
        call: 'ec2:AuthorizeSecurityGroupIngress',
        by: 'alice',
        expected: 'FAILED',
        act: () => alice.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: gamePorts }),
      },
      {
        ...step,
        call: 'its plan',
        by: 'Plumbline',
        expected: 'PASSED',
        noted: /^remediation VERIFIED/,
        act: async () => undefined,
      },
      {
        ...step,
        call: 'plumbline undo',
        by: 'alice',
        expected: 'FAILED',
        noted: /^undo of \S+ VERIFIED/,
        act: () => undoLatest('AWS::EC2::SecurityGroup', GroupId, 'EC2.14'),
      },
    ],
  };
};

const policy = (Action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });
const policyName = 'emergency-access';

const adminPolicy: Stage = async ({ alice, account }) => {
  const PolicyArn = `arn:aws:iam::${account}:policy/${policyName}`;
  const attached = { UserName: 'bob', PolicyArn };
  await alice.iam.createUser({ UserName: 'bob' });
  return {
    title: 'A policy that allows everything is made, and given to a user',
    resource: policyName,
    steps: [
      {
        call: 'iam:CreatePolicy',
        by: 'alice',
        controlId: 'IAM.1',
        expected: 'FAILED',
        act: () => alice.iam.createPolicy({ PolicyName: policyName, PolicyDocument: policy('*') }),
      },
      {
        call: 'iam:AttachUserPolicy',
        by: 'alice',
        controlId: 'IAM.2',
        expected: 'FAILED',
        resource: 'user/bob',
        act: () => alice.iam.attachUserPolicy(attached),
      },
      {
        call: 'iam:DetachUserPolicy',
        by: 'alice',
        controlId: 'IAM.2',
        expected: 'PASSED',
        resource: 'user/bob',
        act: () => alice.iam.detachUserPolicy(attached),
      },
      {
        call: 'iam:CreatePolicyVersion',
        by: 'alice',
        controlId: 'IAM.1',
        expected: 'PASSED',
        act: () =>
          alice.iam.createPolicyVersion({
            PolicyArn,
            PolicyDocument: policy('support:DescribeCases'),
            SetAsDefault: true,
          }),
      },
    ],
  };
};

const database = 'orders';

const databaseGoesPublic: Stage = async ({ pipeline }) => {
  await pipeline.rds.createDBInstance({
    DBInstanceIdentifier: database,
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    AllocatedStorage: 20,
    MasterUsername: 'orders',
    ManageMasterUserPassword: true,
    PubliclyAccessible: false,
    StorageEncrypted: true,
  });
  const set = (PubliclyAccessible: boolean) => () =>
    pipeline.rds.modifyDBInstance({
      DBInstanceIdentifier: database,
      PubliclyAccessible,
      ApplyImmediately: true,
    });
  const step = { call: 'rds:ModifyDBInstance', by: 'pipeline', controlId: 'RDS.2' } as const;
  return {
    title: 'A database becomes public',
    resource: database,
    steps: [
      { ...step, expected: 'FAILED', act: set(true) },
      { ...step, expected: 'PASSED', act: set(false) },
    ],
  };
};

/** The scenes, and one more in another region, and in another account, where several are governed. */
export const stagesIn = (
  [, another]: readonly string[],
  [account]: readonly string[] = [],
): readonly Stage[] => [
  bucketLosesItsBlock,
  groupOpensSsh,
  groupIsPutRight,
  adminPolicy,
  databaseGoesPublic,
  ...(another === undefined ? [] : [groupOpensSshIn(another)]),
  ...(account === undefined ? [] : [groupOpensSshOf(account)]),
];
