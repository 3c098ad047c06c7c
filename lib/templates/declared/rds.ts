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
const all = (ids: readonly string[], why: string) => Object.fromEntries(ids.map((id) => [id, why]));

/** What is asked of the settings of an instance of RDS. */
const ofInstance = [
  ...['PL.RDS.1', 'PL.RDS.2', 'RDS.3', 'RDS.5', 'RDS.6', 'RDS.8', 'RDS.9', 'RDS.10', 'RDS.11'],
  ...['RDS.13', 'RDS.17', 'RDS.23', 'RDS.25'],
];
/** Others that RDS lists among its instances: what it is asked of them is whether they can be reached from outside. */
export const declaredOtherInstances: readonly DeclaredType[] = [
  {
    ...declaredInstance,
    as: 'AWS::Neptune::DBInstance',
    leftOut: all(ofInstance, 'it is asked of what runs an engine of RDS'),
  },
  {
    ...declaredInstance,
    as: 'AWS::RDS::DBCluster',
    leftOut: all(ofInstance, 'the cluster is asked for what its instances have'),
    // Aurora's instances are declared by themselves, and the provider of Terraform has no attribute for it.
    keeps: ({ properties }) =>
      properties.get('PubliclyAccessible').isSet ||
      (properties.scope.template.writtenAt === undefined &&
        properties.get('DBClusterInstanceClass').isSet),
  },
];

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
const apart = 'CloudFormation has a type of its own for what it asks about';
export const declaredClusters: readonly DeclaredType[] = [
  declaredClusterAs('AWS::RDS::DBCluster', all([...ofDocumentDb, ...ofNeptune], apart)),
  declaredClusterAs('AWS::DocDB::DBCluster', all([...ofRds, ...ofNeptune], apart)),
  declaredClusterAs('AWS::Neptune::DBCluster', all([...ofRds, ...ofDocumentDb], apart)),
];
