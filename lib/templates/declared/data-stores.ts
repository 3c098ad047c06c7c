import { efsAccessPoint } from '../../resources/efs/efs-access-point.ts';
import { efsFileSystem } from '../../resources/efs/efs-file-system.ts';
import { eksCluster } from '../../resources/eks/eks-cluster.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';
import { domainTypes } from '../answers/opensearch.ts';
import { givenId } from '../resolution/identities.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const byId: DeclaredType['id'] = ({ physicalId }) => physicalId;

/** Domains of either engine; whether software waits for one shows in the account. */
const domains = domainTypes.map(
  (as): DeclaredType => ({
    type: opensearchDomain,
    as,
    id: ({ name }) => name,
    untold: ['software'],
    placeOf: placesIn({
      'domain.isEncrypted': 'EncryptionAtRestOptions.Enabled',
      'domain.encryptsBetweenNodes': 'NodeToNodeEncryptionOptions.Enabled',
      'domain.requiresHttps': 'DomainEndpointOptions.EnforceHTTPS',
      'domain.tlsPolicy': 'DomainEndpointOptions.TLSSecurityPolicy',
      'domain.asksWho': 'AdvancedSecurityOptions.Enabled',
      'domain.logs': 'LogPublishingOptions',
      policy: 'AccessPolicies',
    }),
  }),
);

/** File systems, clusters and domains. */
export const declaredDataStores: readonly DeclaredType[] = [
  {
    type: efsFileSystem,
    as: 'AWS::EFS::FileSystem',
    id: byId,
    parts: { 'AWS::EFS::MountTarget': { name: givenId, by: ['FileSystemId'] } },
    placeOf: placesIn({
      'fileSystem.isEncrypted': 'Encrypted',
      'fileSystem.kmsKey': 'KmsKeyId',
      'backup.status': 'BackupPolicy.Status',
    }),
  },
  {
    type: efsAccessPoint,
    as: 'AWS::EFS::AccessPoint',
    id: byId,
    placeOf: placesIn({
      'accessPoint.root': 'RootDirectory.Path',
      'accessPoint.hasUser': 'PosixUser',
    }),
  },
  {
    type: eksCluster,
    as: 'AWS::EKS::Cluster',
    // Which versions AWS supports shows in the account.
    untold: ['support'],
    id: ({ name }) => name,
    parts: { 'AWS::EKS::AccessEntry': { name: 'Name', by: ['ClusterName'] } },
    placeOf: placesIn({
      'cluster.hasPublicEndpoint': 'ResourcesVpcConfig.EndpointPublicAccess',
      'cluster.publicSources': 'ResourcesVpcConfig.PublicAccessCidrs',
      'cluster.logs': 'Logging',
      'cluster.encryptsSecrets': 'EncryptionConfig',
      'cluster.takesEntries': 'AccessConfig.AuthenticationMode',
    }),
  },
  {
    type: redshiftCluster,
    as: 'AWS::Redshift::Cluster',
    id: ({ name }) => name.toLowerCase(),
    placeOf: placesIn({
      'cluster.isPublic': 'PubliclyAccessible',
      'cluster.isEncrypted': 'Encrypted',
      'cluster.snapshotDays': 'AutomatedSnapshotRetentionPeriod',
      'cluster.upgradesItself': 'AllowVersionUpgrade',
      'cluster.routesInVpc': 'EnhancedVpcRouting',
      admin: 'MasterUsername',
      logging: 'LoggingProperties',
      tls: 'ClusterParameterGroupName',
      zones: 'MultiAZ',
    }),
  },
  ...domains,
];
