import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

/** Properties have the names that RDS answers with, but for these. */
const places = (facet: 'instance' | 'cluster', group: string) =>
  placesIn({
    [facet]: '',
    [`${facet}.IAMDatabaseAuthenticationEnabled`]: 'EnableIAMDatabaseAuthentication',
    [`${facet}.EnabledCloudwatchLogsExports`]: 'EnableCloudwatchLogsExports',
    [`${facet}.Endpoint.Port`]: 'Port',
    parameters: group,
  });

export const declaredInstance: DeclaredType = {
  type: dbInstance,
  as: 'AWS::RDS::DBInstance',
  id: ({ name }) => name.toLowerCase(),
  placeOf: places('instance', 'DBParameterGroupName'),
};
export const declaredCluster: DeclaredType = {
  type: dbCluster,
  as: 'AWS::RDS::DBCluster',
  id: ({ name }) => name.toLowerCase(),
  placeOf: places('cluster', 'DBClusterParameterGroupName'),
};
