import type { Clients } from '../../aws/clients.ts';
import { createReader } from '../../aws/reader.ts';
import { resourceTypes } from '../../resources/every.ts';
import { isRecord } from '../../support/untyped.ts';
import type { Subject } from './config-subjects.ts';

/** moto itself, and whose resources it holds. */
export interface Held {
  readonly account: string;
  readonly region: string;
  readonly clients: Clients;
}
export interface Described {
  /** Config's own id: `db-…` of an instance, AIDA… of a user. */
  readonly resourceId: string | undefined;
  readonly resourceName: string | undefined;
  readonly arn: string | undefined;
  readonly createdAt?: Date | undefined;
  readonly configuration: object | undefined;
}
type Describe = (clients: Clients, id: string) => Promise<Described>;

/** Types whose items hold more than a name and an ARN. */
const describes: Readonly<Record<string, Describe>> = {
  'AWS::S3::Bucket': async (clients, id) => {
    await (await clients('s3')).headBucket({ Bucket: id });
    const arn = `arn:aws:s3:::${id}`;
    return { resourceId: id, resourceName: id, arn, configuration: { name: id } };
  },
  'AWS::EC2::SecurityGroup': async (clients, id) => {
    const { SecurityGroups } = await (await clients('ec2')).describeSecurityGroups({
      GroupIds: [id],
    });
    const [group] = SecurityGroups ?? [];
    const arn = `arn:aws:ec2:us-east-1:${group?.OwnerId}:security-group/${id}`;
    return { resourceId: id, resourceName: group?.GroupName, arn, configuration: group };
  },
  'AWS::IAM::User': async (clients, UserName) => {
    const { User } = await (await clients('iam')).getUser({ UserName });
    return iamItem(User?.UserId, UserName, User);
  },
  'AWS::IAM::Role': async (clients, RoleName) => {
    const { Role } = await (await clients('iam')).getRole({ RoleName });
    return iamItem(Role?.RoleId, RoleName, Role);
  },
  'AWS::IAM::Group': async (clients, GroupName) => {
    const { Group } = await (await clients('iam')).getGroup({ GroupName });
    return iamItem(Group?.GroupId, GroupName, Group);
  },
  'AWS::IAM::Policy': async (clients, PolicyArn) => {
    const { Policy } = await (await clients('iam')).getPolicy({ PolicyArn });
    return iamItem(Policy?.PolicyId, Policy?.PolicyName, Policy);
  },
  'AWS::RDS::DBInstance': async (clients, id) => {
    const { DBInstances } = await (await clients('rds')).describeDBInstances({
      DBInstanceIdentifier: id,
    });
    const [it] = DBInstances ?? [];
    return rdsItem(it?.DbiResourceId, id, it?.DBInstanceArn, it?.InstanceCreateTime, it);
  },
  'AWS::RDS::DBCluster': async (clients, id) => {
    const { DBClusters } = await (await clients('rds')).describeDBClusters({
      DBClusterIdentifier: id,
    });
    const [it] = DBClusters ?? [];
    return rdsItem(it?.DbClusterResourceId, id, it?.DBClusterArn, it?.ClusterCreateTime, it);
  },
  'AWS::RDS::DBSnapshot': async (clients, id) => {
    const { DBSnapshots } = await (await clients('rds')).describeDBSnapshots({
      DBSnapshotIdentifier: id,
    });
    const [it] = DBSnapshots ?? [];
    return rdsItem(id, id, it?.DBSnapshotArn, it?.SnapshotCreateTime, it);
  },
  'AWS::RDS::DBClusterSnapshot': async (clients, id) => {
    const { DBClusterSnapshots } = await (await clients('rds')).describeDBClusterSnapshots({
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

/** What the resource's own type reads of it: its ARN, under the name that it has there. */
const identified = async ({ type, id }: Subject, held: Held): Promise<Described | undefined> => {
  const known = resourceTypes.find((each) => each.type === type);
  if (!known) return undefined;
  const ref = { account: held.account, region: held.region, id };
  const reading = await createReader(held).read(known, ref, ['about']);
  const read = reading.gone ? undefined : reading.facets['about'];
  if (!read || !('value' in read) || !isRecord(read.value)) return undefined;
  const arn = String(read.value['arn']);
  return { resourceId: id, resourceName: id, arn, configuration: { id } };
};

/** What moto knows of a resource; undefined when it is not there. */
export const describeSubject = async (
  held: Held,
  subject: Subject,
): Promise<Described | undefined> => {
  const describe = describes[subject.type];
  if (!describe) return identified(subject, held);
  try {
    const described = await describe(held.clients, subject.id);
    return described.configuration ? described : undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};
