import { Unresolved } from '../../model/unresolved.ts';
import { eks } from '../../services/eks.ts';
import { iam } from '../../services/iam.ts';
import { said } from '../../support/untyped.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import {
  type Answer,
  type Answers,
  byDefault,
  eachOf,
  flagOr,
  isElsewhere,
  named,
  ownValue,
  setByAnother,
  switchIn,
} from './answer.ts';
import { blockOf } from './blocks.ts';

const eksClusterOf = (stack: Stack, name: unknown): Resource =>
  named(stack, 'AWS::EKS::Cluster', name, 'ResourceNotFoundException');

const eksCluster: Answer = (stack, { name }) => {
  const found = eksClusterOf(stack, name);
  const network = found.get('ResourcesVpcConfig');
  const types = () =>
    found
      .get('Logging', 'ClusterLogging', 'EnabledTypes')
      .texts()
      .map((one) => one.get('Type').text(['audit', 'api']));
  const cidrs = (): readonly string[] | undefined => {
    const limits = network
      .get('PublicAccessCidrs')
      .texts()
      .flatMap((one) => blockOf(one, 'IPv4', ['0.0.0.0/0', '203.0.113.0/24']) ?? []);
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
      encryptionConfig: () =>
        found
          .get('EncryptionConfig')
          .texts()
          .map((one) => ({
            provider: { keyArn: one.get('Provider', 'KeyArn').name() },
            resources: one
              .get('Resources')
              .texts()
              .map((resource) => resource.text(['secrets', 'nothing'])),
          })),
      // "the default is CONFIG_MAP" where CloudFormation makes it (CreateAccessConfigRequest).
      accessConfig: () => ({ authenticationMode: modeOf(stack, found) }),
    }),
  };
};

const modes = ['CONFIG_MAP', 'API', 'API_AND_CONFIG_MAP'];
/** One of another stack to which somebody gives an entry takes entries. */
const modeOf = (stack: Stack, cluster: Resource): string | undefined =>
  cluster.declared.isPart
    ? eachOf(stack, setByAnother('the authentication mode'), modes.slice(1), { isOfOthers: true })
    : cluster.get('AccessConfig', 'AuthenticationMode').among(modes);

const policyOf = (stack: Stack, one: Part): string | undefined => {
  const admin = eks.arn('access-policy', stack.template.deployment, 'AmazonEKSClusterAdminPolicy');
  return one.get('PolicyArn').text([admin, 'another']);
};

/** Entries of a cluster that are declared, each with the principal whose it is: a user, where only a deployment knows. */
const entriesOf = (stack: Stack, clusterName: unknown) => {
  const { name, physicalId, arn } = eksClusterOf(stack, clusterName);
  const { deployment } = stack.template;
  const stands = [iam.arn('role', deployment, 'any'), iam.arn('user', deployment, 'any')];
  return stack
    .leadingTo([name, physicalId, arn], 'ClusterName', 'AWS::EKS::AccessEntry')
    .map((entry) => ({ entry, principal: entry.get('PrincipalArn').text(stands) }));
};
const accessEntries: Answer = (stack, { clusterName, associatedPolicyArn }) => ({
  accessEntries: entriesOf(stack, clusterName).flatMap(({ entry, principal = [] }) =>
    entry
      .get('AccessPolicies')
      .items()
      .some((one) => policyOf(stack, one) === associatedPolicyArn)
      ? principal
      : [],
  ),
});
const accessPolicies: Answer = (stack, { clusterName, principalArn }) => ({
  associatedAccessPolicies: entriesOf(stack, clusterName)
    .filter(({ principal }) => principal === principalArn)
    .flatMap(({ entry }) => entry.get('AccessPolicies').items())
    .map((one) => ({
      policyArn: policyOf(stack, one),
      accessScope: {
        type: one.get('AccessScope', 'Type').among(['cluster', 'namespace']),
        namespaces: one
          .get('AccessScope', 'Namespaces')
          .texts()
          .map((name) => name.text(['kube-system', 'default'])),
      },
    })),
});
export const eksAnswers: Answers = {
  describeCluster: eksCluster,
  listAccessEntries: accessEntries,
  listAssociatedAccessPolicies: accessPolicies,
};

/** One of a snapshot takes over what is not said. */
const isEncrypted = (stack: Stack, cluster: Resource): boolean => {
  const set = cluster.get('Encrypted');
  if (set.isSet) return set.flag() === true;
  if (cluster.get('SnapshotIdentifier').isSet)
    return eachOf(stack, 'the encryption, which it takes over from its snapshot', [false, true], {
      isOfOthers: isElsewhere(cluster, 'SnapshotIdentifier'),
    });
  // https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html: since January 2025.
  return byDefault(stack, 'the encryption of new clusters', true) ?? false;
};

const groupType = 'AWS::Redshift::ClusterParameterGroup';

/**
 * The groups that AWS gives clusters: since January 2025 the second. "New clusters created without a specified parameter group
 * will automatically use the default.redshift-2.0 parameter group", with `require_ssl` set to true.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html
 */
const ofAws = { before: 'default.redshift-1.0', now: 'default.redshift-2.0' };
const requiresTls = new Map([
  [ofAws.before, 'false'],
  [ofAws.now, 'true'],
]);

/** A group of the template, one of AWS's, or one that the account has. */
const parametersOf: Answer = (stack, { ParameterGroupName }) => {
  const found = stack.find([groupType], (one) =>
    [one.name, one.physicalId].includes(String(ParameterGroupName)),
  );
  if (!found) {
    const ParameterValue = requiresTls.get(said(ParameterGroupName));
    if (ParameterValue !== undefined)
      return { Parameters: [{ ParameterName: 'require_ssl', ParameterValue }] };
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
        ParameterValue: switchIn(one.get('ParameterValue'), ['false', 'true']),
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
              found.get('ClusterParameterGroupName').name() ??
              ownValue(stack, 'connections by TLS alone to new clusters', ofAws.now) ??
              ofAws.before,
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
  describeLoggingStatus: (stack, { ClusterIdentifier }) => {
    const type = 'AWS::Redshift::Cluster';
    const logging = named(stack, type, ClusterIdentifier, 'ClusterNotFoundFault').get(
      'LoggingProperties',
    );
    // CloudFormation has no switch for it: Terraform does.
    const isOn = (): boolean => logging.get('Enabled').flag() ?? true;
    // Redshift refuses logging to nowhere: to a bucket it goes by its name, to CloudWatch by the kind.
    const goes = (): boolean =>
      logging.get('BucketName').isSet ||
      logging.get('LogDestinationType').text(['s3', 'cloudwatch']) === 'cloudwatch';
    return { LoggingEnabled: logging.isSet && isOn() && goes() };
  },
};
