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
const declaredClusterAs = (
  as: string,
  leftOut: Readonly<Record<string, string>>,
): DeclaredType => ({
  type: dbCluster,
  as,
  id: ({ name }) => name.toLowerCase(),
  leftOut,
  placeOf: places('cluster', 'DBClusterParameterGroupName'),
});
const ofDocumentDb = ['DocumentDB.1', 'DocumentDB.2', 'DocumentDB.4', 'DocumentDB.5'];
const ofNeptune = ['Neptune.1', 'Neptune.2', 'Neptune.4', 'Neptune.5'];
const ofRds = [
  ...['PL.RDS.1', 'PL.RDS.2', 'RDS.7', 'RDS.12', 'RDS.14', 'RDS.15', 'RDS.16', 'RDS.24', 'RDS.27'],
  'RDS.34',
  'RDS.35',
  'RDS.37',
];
const all = (ids: readonly string[], why: string) => Object.fromEntries(ids.map((id) => [id, why]));
const apart = 'CloudFormation has a type of its own for what it asks about';
export const declaredClusters: readonly DeclaredType[] = [
  declaredClusterAs('AWS::RDS::DBCluster', all([...ofDocumentDb, ...ofNeptune], apart)),
  declaredClusterAs('AWS::DocDB::DBCluster', all([...ofRds, ...ofNeptune], apart)),
  declaredClusterAs('AWS::Neptune::DBCluster', all([...ofRds, ...ofDocumentDb], apart)),
];
