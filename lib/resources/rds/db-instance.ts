import type { DBInstance } from '@aws-sdk/client-rds';
import {
  defineResourceType,
  type Listed,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { rds } from '../../services/rds.ts';
import { only, tagsIn } from '../described.ts';
import { databaseReachable, type Placed } from '../ec2/reachable.ts';
import { at } from '../ids.ts';
import { comparableDatabase } from './db-comparable.ts';
import { comparableGroup, type GroupInUse, groupInUse } from './db-group-in-use.ts';
import { aboutListed, after, identifiersAt, nextOf, sourceIdentifier } from './db-ids.ts';
import { dbParameterGroup, parameterPages, parametersIn } from './db-parameter-group.ts';
import {
  comparableParameters,
  evaluatedParameters,
  type ParametersInUse,
} from './db-parameters.ts';
import { placedInstance } from './db-placed.ts';
import { isInMotion, withoutPassword } from './db-status.ts';

const arn = (ref: Ref) => rds.arn('db', ref, ref.id);
const gone = 'DBInstanceNotFound';

const read = async (reader: Reader, { id }: Ref): Promise<DBInstance> => {
  const asked = { DBInstanceIdentifier: id };
  return withoutPassword(
    only((await reader.call('rds', 'describeDBInstances', asked)).DBInstances, gone),
  );
};

const readParameters = async (reader: Reader, ref: Ref): Promise<ParametersInUse> => {
  const instance = await read(reader, ref);
  const {
    Engine: engine = '',
    EngineVersion: version = '',
    DBClusterIdentifier: cluster,
  } = instance;
  if (cluster) return { engine, version, cluster, statuses: [], values: {} };
  const groups = instance.DBParameterGroups ?? [];
  const [{ DBParameterGroupName: group = '' } = {}] = groups;
  return {
    engine,
    version,
    group,
    statuses: groups.map(({ ParameterApplyStatus = 'unknown' }) => ParameterApplyStatus),
    values: group ? await parametersIn(reader, group, evaluatedParameters(engine, version)) : {},
  };
};

const readGroup = async (reader: Reader, ref: Ref): Promise<GroupInUse | undefined> => {
  const instance = await read(reader, ref);
  const { DBParameterGroups: [group] = [], Engine = '', EngineVersion = '' } = instance;
  const name = instance.DBClusterIdentifier ? undefined : group?.DBParameterGroupName;
  const names = evaluatedParameters(Engine, EngineVersion);
  if (!name || names.length === 0) return undefined;
  const pages = parameterPages(reader, name, names);
  return groupInUse(reader, { kind: 'pg', name }, instance, pages);
};

const readLogTypes = async (reader: Reader, ref: Ref): Promise<readonly string[]> => {
  const { Engine, EngineVersion } = await read(reader, ref);
  const { DBEngineVersions: [version] = [] } = await reader.call(
    'rds',
    'describeDBEngineVersions',
    { Engine, EngineVersion, IncludeAll: true },
  );
  return version?.ExportableLogTypes ?? [];
};

const usesGroup = (group: string, { facets = {} }: Listed): boolean => {
  const groups = at(facets, ['instance', 'DBParameterGroups']);
  return (
    !Array.isArray(groups) || groups.some((one) => at(one, ['DBParameterGroupName']) === group)
  );
};

/** Where it answers, in any subnet of its group: a standby takes over in another. An address of IPv6 is never public. */
const placed = async (reader: Reader, ref: Ref): Promise<Placed | undefined> =>
  placedInstance(await read(reader, ref));

/** A DB instance, on its own or a member of a cluster; DocumentDB's and Neptune's are listed too. Its id is its identifier. */
export const dbInstance = defineResourceType({
  type: 'AWS::RDS::DBInstance',
  scope: 'regional',
  securityHubType: 'AwsRdsDbInstance',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'instance', while: isInMotion },
    announcements: [
      {
        via: 'cloudtrail',
        source: rds.eventSource,
        calls: {
          CreateDBInstance: 'created',
          CreateDBInstanceReadReplica: 'created',
          RestoreDBInstanceFromDBSnapshot: 'created',
          RestoreDBInstanceFromS3: 'created',
          RestoreDBInstanceToPointInTime: 'created',
          DeleteDBInstance: 'deleted',
          ModifyDBInstance: ['instance', 'parameters'],
          PromoteReadReplica: ['instance'],
          SwitchoverReadReplica: ['instance'],
          // What is pending takes effect.
          RebootDBInstance: ['instance', 'parameters'],
          StartDBInstance: ['instance', 'parameters'],
          StopDBInstance: ['instance'],
          // Swaps the identifiers of two instances and names neither.
          SwitchoverBlueGreenDeployment: ['instance', 'parameters'],
        },
        idsIn: identifiersAt({
          request: [
            'dBInstanceIdentifier',
            'newDBInstanceIdentifier',
            'targetDBInstanceIdentifier',
          ],
          response: ['dBInstanceIdentifier', 'dBInstance.dBInstanceIdentifier'],
        }),
      },
      {
        via: 'service',
        source: 'aws.rds',
        detailType: 'RDS DB Instance Event',
        effect: ['instance', 'parameters'],
        idsIn: sourceIdentifier,
      },
    ],
    list: {
      actions: ['rds:DescribeDBInstances'],
      hasInterface: true,
      page: async (reader, token) => {
        const page = await reader.call('rds', 'describeDBInstances', {
          MaxRecords: 100,
          ...after(token),
        });
        return {
          resources: (page.DBInstances ?? []).flatMap((instance) =>
            instance.DBInstanceIdentifier
              ? [
                  {
                    id: instance.DBInstanceIdentifier,
                    facets: { instance: withoutPassword(instance) },
                    ...aboutListed(instance.DBInstanceArn, instance.TagList),
                  },
                ]
              : [],
          ),
          ...nextOf(page),
        };
      },
    },
  },
  // Config's own id of a DB instance is `DbiResourceId`, db-….
  ignoresCase: true,
  configurationItem: 'resourceName',
  arn,
  about: {
    actions: ['rds:DescribeDBInstances'],
    read: async (reader, ref) => {
      const { DBInstanceArn, TagList } = await read(reader, ref);
      return { arn: DBInstanceArn ?? arn(ref), tags: tagsIn(TagList) };
    },
  },
  reachable: databaseReachable(['rds:DescribeDBInstances'], placed),
  facets: {
    /** Its settings; a member of a cluster shows those of the cluster that hold for it (logs, IAM, backups). */
    instance: {
      actions: ['rds:DescribeDBInstances'],
      borrowedFrom: [
        {
          type: 'AWS::RDS::DBCluster',
          facet: 'cluster',
          isBorrowedBy: (cluster, { facets = {} }) =>
            at(facets, ['instance', 'DBClusterIdentifier']) === cluster,
        },
      ],
      read,
      comparable: comparableDatabase,
    },
    /** What its DB parameter group says; a member of a cluster has the cluster's. */
    parameters: {
      actions: ['rds:DescribeDBInstances', 'rds:DescribeDBParameters'],
      absent: ['DBParameterGroupNotFound'],
      borrowedFrom: [{ type: dbParameterGroup.type, facet: 'parameters', isBorrowedBy: usesGroup }],
      read: readParameters,
      comparable: comparableParameters,
    },
    /** What changing those parameters takes; for plans. */
    parameterGroup: {
      actions: ['rds:DescribeDBInstances', 'rds:DescribeDBParameters'],
      absent: ['DBParameterGroupNotFound'],
      read: readGroup,
      comparable: comparableGroup,
    },
    /** The log types that its engine's version can publish to CloudWatch Logs; for plans. */
    exportableLogs: {
      actions: ['rds:DescribeDBInstances', 'rds:DescribeDBEngineVersions'],
      read: readLogTypes,
      // AWS's doing, not the instance's.
      comparable: () => null,
    },
  },
});
