import { Unresolved } from '../../model/unresolved.ts';
import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, byDefault, flagOr, named } from './answer.ts';

const eksCluster: Answer = (stack, { name }) => {
  const found = named(stack, 'AWS::EKS::Cluster', name, 'ResourceNotFoundException');
  const network = found.get('ResourcesVpcConfig');
  const types = () =>
    found
      .get('Logging', 'ClusterLogging', 'EnabledTypes')
      .items()
      .map((one) => one.get('Type').text(['audit', 'api']));
  const cidrs = (): readonly string[] | undefined => {
    const limits = network
      .get('PublicAccessCidrs')
      .items()
      .flatMap((one) => one.text(['0.0.0.0/0', '203.0.113.0/24']) ?? []);
    // A list of nothing limits nothing.
    return limits.length > 0 ? limits : undefined;
  };
  return {
    cluster: lazily({
      status: () => 'ACTIVE',
      resourcesVpcConfig: () => ({
        endpointPublicAccess: network.get('EndpointPublicAccess').flag() ?? true,
        publicAccessCidrs: cidrs(),
      }),
      logging: () => ({ clusterLogging: [{ enabled: true, types: types() }] }),
    }),
  };
};
export const eksAnswers: Answers = { describeCluster: eksCluster };

/** One of a snapshot takes over what is not said. */
const isEncrypted = (stack: Stack, cluster: Resource): boolean => {
  const set = cluster.get('Encrypted');
  if (set.isSet) return set.flag() === true;
  if (cluster.get('SnapshotIdentifier').isSet)
    throw new Unresolved('the encryption, which it takes over from its snapshot');
  // https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html: since January 2025.
  return byDefault(stack, 'the encryption of new clusters', true) ?? false;
};

const groupType = 'AWS::Redshift::ClusterParameterGroup';

/** A group of the template, or one that the account has: that of AWS is none of ours. */
const parametersOf: Answer = (stack, { ParameterGroupName }) => {
  const found = stack.find([groupType], (one) =>
    [one.name, one.physicalId].includes(String(ParameterGroupName)),
  );
  if (!found) {
    const live = stack.read('redshift', 'describeClusterParameters', { ParameterGroupName });
    if (live) return live;
    throw new Unresolved(`the parameter group ${ParameterGroupName}, which is not in the template`);
  }
  return {
    Parameters: found
      .get('Parameters')
      .items()
      .map((one) => ({
        ParameterName: one.get('ParameterName').text(),
        ParameterValue: one.get('ParameterValue').text(['false', 'true']),
      })),
  };
};

const redshiftCluster: Answer = (stack, { ClusterIdentifier }) => {
  const found = named(stack, 'AWS::Redshift::Cluster', ClusterIdentifier, 'ClusterNotFoundFault');
  return {
    Clusters: [
      lazily({
        ClusterStatus: () => 'available',
        PubliclyAccessible: () =>
          // "Default: false", https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html. Since January
          // 2025, https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html.
          flagOr(
            stack,
            found.get('PubliclyAccessible'),
            'no public address of new clusters',
            false,
          ),
        Encrypted: () => isEncrypted(stack, found),
        AutomatedSnapshotRetentionPeriod: () =>
          found.get('AutomatedSnapshotRetentionPeriod').number(['0', '35']) ?? 1,
        AllowVersionUpgrade: () =>
          flagOr(stack, found.get('AllowVersionUpgrade'), 'upgrades of clusters', true),
        MasterUsername: () => {
          const name = found.get('MasterUsername').text(['awsuser', 'owner']);
          if (name === undefined)
            throw new Unresolved('the name of the administrator, which its snapshot has');
          return name;
        },
        MultiAZ: () => (found.get('MultiAZ').flag() === true ? 'Enabled' : 'Disabled'),
        ClusterParameterGroups: () => [
          {
            ParameterGroupName:
              found.get('ClusterParameterGroupName').name() ?? 'that AWS gives a cluster',
            ParameterApplyStatus: 'in-sync',
          },
        ],
        EnhancedVpcRouting: () => found.get('EnhancedVpcRouting').flag() ?? false,
      }),
    ],
  };
};
export const redshiftAnswers: Answers = {
  describeClusters: redshiftCluster,
  describeClusterParameters: parametersOf,
  describeLoggingStatus: (stack, { ClusterIdentifier }) => ({
    LoggingEnabled: named(
      stack,
      'AWS::Redshift::Cluster',
      ClusterIdentifier,
      'ClusterNotFoundFault',
    ).get('LoggingProperties').isSet,
  }),
};
