import type { DBCluster } from '@aws-sdk/client-rds';
import {
  defineResourceType,
  type Listed,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { rds } from '../../services/rds.ts';
import { only, tagsIn } from '../described.ts';
import { at } from '../ids.ts';
import {
  clusterParameterPages,
  clusterParametersIn,
  dbClusterParameterGroup,
} from './db-cluster-parameter-group.ts';
import { comparableDatabase } from './db-comparable.ts';
import { comparableGroup, type GroupInUse, groupInUse } from './db-group-in-use.ts';
import {
  aboutListed,
  after,
  identifiersAt,
  identifiersIfAny,
  nextOf,
  sourceIdentifier,
} from './db-ids.ts';
import {
  comparableParameters,
  evaluatedParameters,
  type ParametersInUse,
} from './db-parameters.ts';
import { clusterReachable } from './db-placed.ts';
import { isInMotion, withoutPassword } from './db-status.ts';

const arn = (ref: Ref) => rds.arn('cluster', ref, ref.id);
const gone = 'DBClusterNotFoundFault';

const read = async (reader: Reader, { id }: Ref): Promise<DBCluster> => {
  const asked = { DBClusterIdentifier: id };
  return withoutPassword(
    only((await reader.call('rds', 'describeDBClusters', asked)).DBClusters, gone),
  );
};

const readParameters = async (reader: Reader, ref: Ref): Promise<ParametersInUse> => {
  const cluster = await read(reader, ref);
  const { Engine: engine = '', EngineVersion: version = '' } = cluster;
  const { DBClusterParameterGroup: group = '', DBClusterMembers: members = [] } = cluster;
  return {
    engine,
    version,
    group,
    statuses: members.map(
      ({ DBClusterParameterGroupStatus = 'unknown' }) => DBClusterParameterGroupStatus,
    ),
    values: group
      ? await clusterParametersIn(reader, group, evaluatedParameters(engine, version))
      : {},
  };
};

const readGroup = async (reader: Reader, ref: Ref): Promise<GroupInUse | undefined> => {
  const cluster = await read(reader, ref);
  const { DBClusterParameterGroup: name, Engine = '', EngineVersion = '' } = cluster;
  const names = evaluatedParameters(Engine, EngineVersion);
  if (!name || names.length === 0) return undefined;
  const pages = clusterParameterPages(reader, name, names);
  return groupInUse(reader, { kind: 'cluster-pg', name }, cluster, pages);
};

const usesGroup = (group: string, { facets = {} }: Listed): boolean =>
  (at(facets, ['cluster', 'DBClusterParameterGroup']) ?? group) === group;

/** An Aurora or Multi-AZ DB cluster; DocumentDB's and Neptune's are listed too. Its id is its identifier. */
export const dbCluster = defineResourceType({
  type: 'AWS::RDS::DBCluster',
  scope: 'regional',
  securityHubType: 'AwsRdsDbCluster',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'cluster', while: isInMotion },
    announcements: [
      {
        via: 'cloudtrail',
        source: rds.eventSource,
        calls: {
          CreateDBCluster: 'created',
          RestoreDBClusterFromS3: 'created',
          RestoreDBClusterFromSnapshot: 'created',
          RestoreDBClusterToPointInTime: 'created',
          DeleteDBCluster: 'deleted',
          ModifyDBCluster: ['cluster', 'parameters'],
          PromoteReadReplicaDBCluster: ['cluster'],
          // What is pending takes effect.
          RebootDBCluster: ['cluster', 'parameters'],
          StartDBCluster: ['cluster', 'parameters'],
          StopDBCluster: ['cluster'],
          // Swaps the identifiers of two clusters and names neither.
          SwitchoverBlueGreenDeployment: ['cluster', 'parameters'],
        },
        idsIn: identifiersAt({
          request: ['dBClusterIdentifier', 'newDBClusterIdentifier'],
          response: ['dBClusterIdentifier', 'dBCluster.dBClusterIdentifier'],
        }),
      },
      {
        // A member that is added, removed or rebooted changes what the cluster shows of its members;
        // a call on any other instance names no cluster.
        via: 'cloudtrail',
        source: rds.eventSource,
        calls: {
          CreateDBInstance: ['cluster', 'parameters'],
          DeleteDBInstance: ['cluster', 'parameters'],
          RebootDBInstance: ['cluster', 'parameters'],
        },
        idsIn: identifiersIfAny({
          request: ['dBClusterIdentifier'],
          response: ['dBClusterIdentifier', 'dBInstance.dBClusterIdentifier'],
        }),
      },
      {
        via: 'service',
        source: 'aws.rds',
        detailType: 'RDS DB Cluster Event',
        effect: ['cluster', 'parameters'],
        idsIn: sourceIdentifier,
      },
    ],
    list: {
      actions: ['rds:DescribeDBClusters'],
      page: async (reader, token) => {
        const page = await reader.call('rds', 'describeDBClusters', {
          MaxRecords: 100,
          ...after(token),
        });
        return {
          resources: (page.DBClusters ?? []).flatMap((cluster) =>
            cluster.DBClusterIdentifier
              ? [
                  {
                    id: cluster.DBClusterIdentifier,
                    facets: { cluster: withoutPassword(cluster) },
                    ...aboutListed(cluster.DBClusterArn, cluster.TagList),
                  },
                ]
              : [],
          ),
          ...nextOf(page),
        };
      },
    },
  },
  // Config's own id of a DB cluster is `DbClusterResourceId`, cluster-….
  ignoresCase: true,
  configurationItem: 'resourceName',
  arn,
  about: {
    actions: ['rds:DescribeDBClusters'],
    read: async (reader, ref) => {
      const { DBClusterArn, TagList } = await read(reader, ref);
      return { arn: DBClusterArn ?? arn(ref), tags: tagsIn(TagList) };
    },
  },
  reachable: clusterReachable(read),
  facets: {
    cluster: { actions: ['rds:DescribeDBClusters'], read, comparable: comparableDatabase },
    /** What its DB cluster parameter group says. */
    parameters: {
      actions: ['rds:DescribeDBClusters', 'rds:DescribeDBClusterParameters'],
      absent: ['DBParameterGroupNotFound', 'DBClusterParameterGroupNotFound'],
      borrowedFrom: [
        { type: dbClusterParameterGroup.type, facet: 'parameters', isBorrowedBy: usesGroup },
      ],
      read: readParameters,
      comparable: comparableParameters,
    },
    /** What changing those parameters takes; for plans. */
    parameterGroup: {
      actions: ['rds:DescribeDBClusters', 'rds:DescribeDBClusterParameters'],
      absent: ['DBParameterGroupNotFound', 'DBClusterParameterGroupNotFound'],
      read: readGroup,
      comparable: comparableGroup,
    },
  },
});
