import { athenaWorkGroup } from '../../resources/athena/athena-work-group.ts';
import { autoScalingGroup } from '../../resources/autoscaling/auto-scaling-group.ts';
import { launchConfiguration } from '../../resources/autoscaling/launch-configuration.ts';
import { identityPool } from '../../resources/cognito/identity-pool.ts';
import { replicationInstance } from '../../resources/dms/replication-instance.ts';
import { kinesisStream } from '../../resources/kinesis/kinesis-stream.ts';
import { mskCluster } from '../../resources/msk/msk-cluster.ts';
import { redshiftServerlessWorkgroup } from '../../resources/redshiftserverless/workgroup.ts';
import { notebookInstance } from '../../resources/sagemaker/notebook-instance.ts';
import { stepfunctionsStateMachine } from '../../resources/sfn/stepfunctions-state-machine.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const byName: DeclaredType['id'] = ({ name }) => name;

/** Groups that scale, what they launch, brokers, notebooks, workgroups, state machines and what copies databases. */
export const declaredDataServices: readonly DeclaredType[] = [
  {
    type: launchConfiguration,
    as: 'AWS::AutoScaling::LaunchConfiguration',
    id: byName,
    placeOf: placesIn({
      'configuration.assignsPublicAddress': 'AssociatePublicIpAddress',
      'configuration.httpTokens': 'MetadataOptions.HttpTokens',
      'configuration.hops': 'MetadataOptions.HttpPutResponseHopLimit',
    }),
  },
  {
    type: autoScalingGroup,
    as: 'AWS::AutoScaling::AutoScalingGroup',
    id: byName,
    placeOf: placesIn({
      'group.zones': 'VPCZoneIdentifier',
      'group.healthChecks': 'HealthCheckType',
      'group.instanceTypes': 'MixedInstancesPolicy.LaunchTemplate.Overrides',
      'group.launchesBy': 'LaunchConfigurationName',
    }),
  },
  {
    type: replicationInstance,
    as: 'AWS::DMS::ReplicationInstance',
    id: byName,
    placeOf: placesIn({
      'instance.isPublic': 'PubliclyAccessible',
      'instance.spansZones': 'MultiAZ',
      'instance.upgradesItself': 'AutoMinorVersionUpgrade',
    }),
  },
  {
    type: athenaWorkGroup,
    as: 'AWS::Athena::WorkGroup',
    id: byName,
    placeOf: placesIn({
      'workGroup.publishesMetrics': 'WorkGroupConfiguration.PublishCloudWatchMetricsEnabled',
    }),
  },
  {
    type: kinesisStream,
    as: 'AWS::Kinesis::Stream',
    id: byName,
    placeOf: placesIn({
      'stream.isEncrypted': 'StreamEncryption.EncryptionType',
      'stream.retentionHours': 'RetentionPeriodHours',
    }),
  },
  {
    type: mskCluster,
    as: 'AWS::MSK::Cluster',
    id: byName,
    placeOf: placesIn({
      'cluster.publicAccess': 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type',
      'cluster.encryptsBetweenBrokers': 'EncryptionInfo.EncryptionInTransit.InCluster',
      'cluster.admitsAnybody': 'ClientAuthentication.Unauthenticated.Enabled',
      'cluster.authentication': 'ClientAuthentication',
    }),
  },
  {
    type: notebookInstance,
    as: 'AWS::SageMaker::NotebookInstance',
    id: byName,
    placeOf: placesIn({
      'notebook.internetAccess': 'DirectInternetAccess',
      'notebook.rootAccess': 'RootAccess',
      'notebook.subnet': 'SubnetId',
    }),
  },
  {
    type: stepfunctionsStateMachine,
    as: 'AWS::StepFunctions::StateMachine',
    id: byName,
    placeOf: placesIn({ 'stateMachine.logLevel': 'LoggingConfiguration.Level' }),
  },
  {
    type: identityPool,
    as: 'AWS::Cognito::IdentityPool',
    id: ({ physicalId }) => physicalId,
    placeOf: placesIn({
      'pool.admitsGuests': 'AllowUnauthenticatedIdentities',
      // What is too much stands in the role; that it is for guests, here.
      guestRole: 'AllowUnauthenticatedIdentities',
      signedInRole: 'AllowClassicFlow',
    }),
  },
  {
    type: redshiftServerlessWorkgroup,
    as: 'AWS::RedshiftServerless::Workgroup',
    id: byName,
    placeOf: placesIn({
      'workgroup.isPublic': 'PubliclyAccessible',
      'workgroup.routesInVpc': 'EnhancedVpcRouting',
      'workgroup.requiresTls': 'ConfigParameters',
    }),
  },
];
