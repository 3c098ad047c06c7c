import { Unresolved } from '../../model/unresolved.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import {
  type Answer,
  type Answers,
  awsError,
  flagOr,
  lastOf,
  named,
  ownValue,
  switchIn,
} from './answer.ts';

const replicationInstances: Answer = (stack, { Filters }) => {
  const [{ Values }] = [Filters].flat() as [{ readonly Values?: unknown }];
  const [arn] = [Values].flat();
  const found = stack.find(['AWS::DMS::ReplicationInstance'], (one) => one.arn === arn);
  if (!found) return { ReplicationInstances: [] };
  return {
    ReplicationInstances: [
      lazily({
        ReplicationInstanceStatus: () => 'available',
        // "The default value is true" (CreateReplicationInstance), and so is the one of minor versions.
        PubliclyAccessible: () => found.get('PubliclyAccessible').flag() ?? true,
        MultiAZ: () => found.get('MultiAZ').flag() ?? false,
        AutoMinorVersionUpgrade: () =>
          flagOr(
            stack,
            found.get('AutoMinorVersionUpgrade'),
            'upgrades of minor versions, which are on',
            true,
          ),
      }),
    ],
  };
};
export const dmsAnswers: Answers = { describeReplicationInstances: replicationInstances };

const stream: Answer = (stack, { StreamName }) => {
  const found = named(stack, 'AWS::Kinesis::Stream', StreamName, 'ResourceNotFoundException');
  const encryption = found.get('StreamEncryption');
  return {
    StreamDescriptionSummary: lazily({
      StreamStatus: () => 'ACTIVE',
      // It is with a key or not at all: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-kinesis-stream-streamencryption.html
      EncryptionType: () => encryption.get('EncryptionType').text(['NONE', 'KMS']) ?? 'NONE',
      KeyId: () => encryption.get('KeyId').name(),
      // "The default value is 24": the page of the stream.
      RetentionPeriodHours: () => found.get('RetentionPeriodHours').number(['24', '8760']) ?? 24,
    }),
  };
};
export const kinesisAnswers: Answers = { describeStreamSummary: stream };

const isOn = (part: Part) => ({ Enabled: part.get('Enabled').flag() ?? false });
const authenticationOf = (asked: Part) => ({
  Sasl: { Iam: isOn(asked.get('Sasl', 'Iam')), Scram: isOn(asked.get('Sasl', 'Scram')) },
  Tls: {
    ...isOn(asked.get('Tls')),
    CertificateAuthorityArnList: asked.get('Tls', 'CertificateAuthorityArnList').nameList(),
  },
  Unauthenticated: isOn(asked.get('Unauthenticated')),
});
const publicAccessOf = (stack: Stack, type: Part): string =>
  type.text(['DISABLED', 'SERVICE_PROVIDED_EIPS']) ??
  ownValue(stack, 'brokers without public addresses', 'DISABLED') ??
  'SERVICE_PROVIDED_EIPS';

const cluster: Answer = (stack, { ClusterArn }) => {
  const found = stack.find(['AWS::MSK::Cluster'], (one) => one.arn === ClusterArn);
  if (!found) throw awsError('NotFoundException');
  const access = found.get('BrokerNodeGroupInfo', 'ConnectivityInfo', 'PublicAccess', 'Type');
  const inside = found.get('EncryptionInfo', 'EncryptionInTransit', 'InCluster');
  return {
    ClusterInfo: lazily({
      ClusterType: () => 'PROVISIONED',
      State: () => 'ACTIVE',
      Provisioned: () =>
        lazily({
          BrokerNodeGroupInfo: () => ({
            ConnectivityInfo: { PublicAccess: { Type: publicAccessOf(stack, access) } },
          }),
          EncryptionInfo: () => ({
            EncryptionInTransit: {
              InCluster: flagOr(stack, inside, 'encryption between brokers, which is on', true),
            },
          }),
          ClientAuthentication: () => authenticationOf(found.get('ClientAuthentication')),
        }),
    }),
  };
};
export const kafkaAnswers: Answers = { describeClusterV2: cluster };

const notebook: Answer = (stack, { NotebookInstanceName }) => {
  const type = 'AWS::SageMaker::NotebookInstance';
  const found = named(stack, type, NotebookInstanceName, 'ValidationException');
  const switched = (name: string) => () =>
    found.get(name).text(['Enabled', 'Disabled']) ?? 'Enabled';
  return lazily({
    NotebookInstanceStatus: () => 'InService',
    DirectInternetAccess: switched('DirectInternetAccess'),
    RootAccess: switched('RootAccess'),
    SubnetId: () => found.get('SubnetId').name(),
  });
};
export const sagemakerAnswers: Answers = { describeNotebookInstance: notebook };

const workGroup: Answer = (stack, { WorkGroup }) => {
  const found = named(stack, 'AWS::Athena::WorkGroup', WorkGroup, 'WorkGroupNotFound');
  const metrics = found.get('WorkGroupConfiguration', 'PublishCloudWatchMetricsEnabled');
  // Whoever makes one otherwise than in the console turns them on. CloudFormation does where it updates a workgroup whose
  // template says nothing of them, and not where it makes one:
  // https://docs.aws.amazon.com/athena/latest/ug/workgroups-control-limits.html
  return {
    WorkGroup: {
      Configuration: lazily({ PublishCloudWatchMetricsEnabled: () => metrics.flag() ?? false }),
    },
  };
};
export const athenaAnswers: Answers = { getWorkGroup: workGroup };

const stateMachine: Answer = (stack, { stateMachineArn }) => {
  const type = 'AWS::StepFunctions::StateMachine';
  const found = stack.find([type], (one) => one.arn === stateMachineArn);
  if (!found) throw awsError('StateMachineDoesNotExist');
  const level = found.get('LoggingConfiguration', 'Level');
  return {
    status: 'ACTIVE',
    // "By default, the level is set to OFF."
    loggingConfiguration: lazily({
      level: () => level.text(['OFF', 'FATAL', 'ERROR', 'ALL']) ?? 'OFF',
    }),
  };
};
export const sfnAnswers: Answers = { describeStateMachine: stateMachine };

const poolNamed = (stack: Stack, id: unknown): Resource => {
  const found = stack.find(['AWS::Cognito::IdentityPool'], (one) => one.physicalId === id);
  if (!found) throw awsError('ResourceNotFoundException');
  return found;
};
const pool: Answer = (stack, { IdentityPoolId }) => {
  const found = poolNamed(stack, IdentityPoolId);
  return lazily({
    AllowUnauthenticatedIdentities: () =>
      flagOr(
        stack,
        found.get('AllowUnauthenticatedIdentities'),
        'pools that admit no guests',
        false,
      ),
    AllowClassicFlow: () =>
      flagOr(stack, found.get('AllowClassicFlow'), 'the enhanced flow alone', false),
  });
};
/** The roles of a pool, where the template declares them; of another it does not say what it may do. */
const poolRoles: Answer = (stack, { IdentityPoolId }) => {
  const found = poolNamed(stack, IdentityPoolId);
  const type = 'AWS::Cognito::IdentityPoolRoleAttachment';
  const attachments = stack.leadingTo([found.physicalId], 'IdentityPoolId', type);
  const last = lastOf(stack, `roles of ${found.declared.logicalId}`, attachments);
  const roleOf = (whose: string) => () => {
    const role = last?.get('Roles', whose).name();
    if (role !== undefined && !stack.find(['AWS::IAM::Role'], (one) => one.arn === role))
      throw new Unresolved(`what ${role} may do, which is not in the template`);
    return role;
  };
  return {
    Roles: lazily({
      unauthenticated: roleOf('unauthenticated'),
      authenticated: roleOf('authenticated'),
    }),
  };
};
export const cognitoIdentityAnswers: Answers = {
  describeIdentityPool: pool,
  getIdentityPoolRoles: poolRoles,
};

const workgroup: Answer = (stack, { workgroupName }) => {
  const type = 'AWS::RedshiftServerless::Workgroup';
  const found = named(stack, type, workgroupName, 'ResourceNotFoundException');
  const requiresTls = (): string => {
    const set = found
      .get('ConfigParameters')
      .items()
      .find((one) => one.get('ParameterKey').name() === 'require_ssl');
    const text = switchIn(set?.get('ParameterValue'));
    // https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ConfigParameter.html
    return text ?? ownValue(stack, 'connections by TLS alone', 'true') ?? 'false';
  };
  return {
    workgroup: lazily({
      status: () => 'AVAILABLE',
      publiclyAccessible: () =>
        flagOr(stack, found.get('PubliclyAccessible'), 'workgroups that are private', false),
      enhancedVpcRouting: () => found.get('EnhancedVpcRouting').flag() ?? false,
      configParameters: () => [{ parameterKey: 'require_ssl', parameterValue: requiresTls() }],
    }),
  };
};
export const redshiftServerlessAnswers: Answers = { getWorkgroup: workgroup };
