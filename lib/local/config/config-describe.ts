import type { EC2 } from '@aws-sdk/client-ec2';
import type { IAM } from '@aws-sdk/client-iam';
import type { RDS } from '@aws-sdk/client-rds';
import type { S3 } from '@aws-sdk/client-s3';
import type { Subject } from './config-subjects.ts';

/** Clients of moto itself. */
export interface ConfigClients {
  readonly ec2: EC2;
  readonly iam: IAM;
  readonly rds: RDS;
  readonly s3: S3;
}
export interface Described {
  /** Config's own id: `db-…` of an instance, AIDA… of a user. */
  readonly resourceId: string | undefined;
  readonly resourceName: string | undefined;
  readonly arn: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly configuration: object | undefined;
}
type Describe = (clients: ConfigClients, id: string) => Promise<Described>;

const describes: Readonly<Record<Subject['type'], Describe>> = {
  'AWS::S3::Bucket': async ({ s3 }, id) => {
    await s3.headBucket({ Bucket: id });
    const arn = `arn:aws:s3:::${id}`;
    return { resourceId: id, resourceName: id, arn, configuration: { name: id } };
  },
  'AWS::EC2::SecurityGroup': async ({ ec2 }, id) => {
    const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [id] });
    const [group] = SecurityGroups ?? [];
    const arn = `arn:aws:ec2:us-east-1:${group?.OwnerId}:security-group/${id}`;
    return { resourceId: id, resourceName: group?.GroupName, arn, configuration: group };
  },
  'AWS::IAM::User': async ({ iam }, UserName) => {
    const { User } = await iam.getUser({ UserName });
    return iamItem(User?.UserId, UserName, User);
  },
  'AWS::IAM::Role': async ({ iam }, RoleName) => {
    const { Role } = await iam.getRole({ RoleName });
    return iamItem(Role?.RoleId, RoleName, Role);
  },
  'AWS::IAM::Group': async ({ iam }, GroupName) => {
    const { Group } = await iam.getGroup({ GroupName });
    return iamItem(Group?.GroupId, GroupName, Group);
  },
  'AWS::IAM::Policy': async ({ iam }, PolicyArn) => {
    const { Policy } = await iam.getPolicy({ PolicyArn });
    return iamItem(Policy?.PolicyId, Policy?.PolicyName, Policy);
  },
  'AWS::RDS::DBInstance': async ({ rds }, id) => {
    const { DBInstances } = await rds.describeDBInstances({ DBInstanceIdentifier: id });
    const [it] = DBInstances ?? [];
    return rdsItem(it?.DbiResourceId, id, it?.DBInstanceArn, it?.InstanceCreateTime, it);
  },
  'AWS::RDS::DBCluster': async ({ rds }, id) => {
    const { DBClusters } = await rds.describeDBClusters({ DBClusterIdentifier: id });
    const [it] = DBClusters ?? [];
    return rdsItem(it?.DbClusterResourceId, id, it?.DBClusterArn, it?.ClusterCreateTime, it);
  },
  'AWS::RDS::DBSnapshot': async ({ rds }, id) => {
    const { DBSnapshots } = await rds.describeDBSnapshots({ DBSnapshotIdentifier: id });
    const [it] = DBSnapshots ?? [];
    return rdsItem(id, id, it?.DBSnapshotArn, it?.SnapshotCreateTime, it);
  },
  'AWS::RDS::DBClusterSnapshot': async ({ rds }, id) => {
    const { DBClusterSnapshots } = await rds.describeDBClusterSnapshots({
      DBClusterSnapshotIdentifier: id,
    });
    const [it] = DBClusterSnapshots ?? [];
    return rdsItem(id, id, it?.DBClusterSnapshotArn, it?.SnapshotCreateTime, it);
  },
};

interface InIam {
  readonly Arn?: string | undefined;
  readonly CreateDate?: Date | undefined;
}
const iamItem = (
  resourceId: string | undefined,
  resourceName: string | undefined,
  configuration: InIam | undefined,
): Described => {
  const { Arn: arn, CreateDate: createdAt } = configuration ?? {};
  return { resourceId, resourceName, arn, createdAt, configuration };
};

const rdsItem = (
  resourceId: string | undefined,
  resourceName: string,
  arn: string | undefined,
  createdAt: Date | undefined,
  configuration: object | undefined,
): Described => ({ resourceId, resourceName, arn, createdAt, configuration });

const isGone = (error: unknown) => /NotFound|NoSuch/.test(String(Object(error).name));

/** What moto knows of a resource; undefined when it is not there. */
export const describeSubject = async (
  clients: ConfigClients,
  { type, id }: Subject,
): Promise<Described | undefined> => {
  try {
    const described = await describes[type](clients, id);
    return described.configuration ? described : undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};
