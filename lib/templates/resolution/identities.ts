import { type Declaration, placed } from '../template.ts';
import { Holed, open } from './hole.ts';
import { type Head, head, type Scope } from './scope.ts';
import { textFrom } from './texts.ts';

interface Identity {
  /** The property that names it, where one may. */
  readonly name?: string;
  /** What `Ref` gives for a name. @default - the name */
  readonly ref?: 'arn' | ((name: string) => string);
  /** The part of its ARN behind the account, or all behind the partition. */
  readonly arn?: (
    name: string,
    place: { readonly region: string; readonly account: string },
  ) => string;
  /** It stands for what this property names, and `Ref` gives that one's. */
  readonly standsFor?: string;
  /** What `Ref` and the attributes of it give only a deployment knows, and they can be anything. */
  readonly isOpen?: true;
}

const ofIam =
  (kind: string) =>
  (name: string, { account }: { account: string }) =>
    `iam::${account}:${kind}/${name}`;
const regional =
  (service: string, kind: string) =>
  (name: string, { region, account }: { region: string; account: string }) =>
    `${service}:${region}:${account}:${kind}${name}`;

/** "Return values" of each type in the CloudFormation template reference. */
const written: Readonly<Record<string, Identity>> = {
  'AWS::ApiGateway::RestApi': {
    arn: (name, { region }) => `apigateway:${region}::/restapis/${name}`,
  },
  'AWS::Athena::WorkGroup': { name: 'Name', arn: regional('athena', 'workgroup/') },
  'AWS::Backup::BackupVault': { name: 'BackupVaultName', arn: regional('backup', 'backup-vault:') },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    name: 'BackupVaultName',
    arn: regional('backup', 'backup-vault:'),
  },
  'AWS::Events::EventBus': { name: 'Name', arn: regional('events', 'event-bus/') },
  'AWS::CertificateManager::Certificate': { ref: 'arn', arn: regional('acm', 'certificate/') },
  // Terraform alone has it: it waits for the certificate, and gives its ARN.
  'Plumbline::CertificateManager::Validation': { standsFor: 'CertificateArn' },
  // `Ref` gives the name of the stage, which stages of several APIs share: what leads to one is told by its own.
  'AWS::ApiGateway::Stage': { ref: (name) => `stage.${name}` },
  'AWS::AutoScaling::AutoScalingGroup': {
    name: 'AutoScalingGroupName',
    arn: regional('autoscaling', 'autoScalingGroup:declared:autoScalingGroupName/'),
  },
  'AWS::AutoScaling::LaunchConfiguration': {
    name: 'LaunchConfigurationName',
    arn: regional('autoscaling', 'launchConfiguration:declared:launchConfigurationName/'),
  },
  'AWS::CloudFormation::CustomResource': { isOpen: true },
  'AWS::CloudFormation::Stack': { isOpen: true },
  'AWS::CloudFront::Distribution': {
    arn: (name, { account }) => `cloudfront::${account}:distribution/${name}`,
  },
  'AWS::CloudTrail::Trail': { name: 'TrailName', arn: regional('cloudtrail', 'trail/') },
  'AWS::CodeBuild::Project': { name: 'Name', arn: regional('codebuild', 'project/') },
  'AWS::ECS::Cluster': { name: 'ClusterName', arn: regional('ecs', 'cluster/') },
  'AWS::ECS::TaskDefinition': { name: 'Family', arn: regional('ecs', 'task-definition/') },
  'AWS::ECS::Service': { name: 'ServiceName', arn: regional('ecs', 'service/') },
  'AWS::ElastiCache::CacheCluster': {
    name: 'ClusterName',
    arn: regional('elasticache', 'cluster:'),
  },
  'AWS::ElastiCache::ReplicationGroup': {
    name: 'ReplicationGroupId',
    arn: regional('elasticache', 'replicationgroup:'),
  },
  'AWS::DMS::ReplicationInstance': {
    name: 'ResourceIdentifier',
    ref: 'arn',
    arn: regional('dms', 'rep:'),
  },
  'AWS::DynamoDB::GlobalTable': { name: 'TableName', arn: regional('dynamodb', 'table/') },
  'AWS::DynamoDB::Table': { name: 'TableName', arn: regional('dynamodb', 'table/') },
  'AWS::ECR::Repository': { name: 'RepositoryName', arn: regional('ecr', 'repository/') },
  'AWS::EC2::SecurityGroup': {
    ref: (name) => `sg-${name}`,
    arn: (name, { region, account }) => `ec2:${region}:${account}:security-group/sg-${name}`,
  },
  'Plumbline::EC2::DefaultSecurityGroup': { ref: (name) => `sg-${name}` },
  'AWS::EC2::PrefixList': { ref: (name) => `pl-${name}` },
  'AWS::EFS::AccessPoint': { ref: (name) => `fsap-${name}` },
  'AWS::EFS::FileSystem': { ref: (name) => `fs-${name}` },
  'AWS::EKS::Cluster': { name: 'Name', arn: regional('eks', 'cluster/') },
  'AWS::Elasticsearch::Domain': { name: 'DomainName', arn: regional('es', 'domain/') },
  'AWS::OpenSearchService::Domain': { name: 'DomainName', arn: regional('es', 'domain/') },
  'AWS::Redshift::ClusterParameterGroup': {
    name: 'ParameterGroupName',
    arn: regional('redshift', 'parametergroup:'),
  },
  'AWS::Redshift::Cluster': { name: 'ClusterIdentifier', arn: regional('redshift', 'cluster:') },
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    name: 'LoadBalancerName',
    arn: regional('elasticloadbalancing', 'loadbalancer/'),
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    ref: 'arn',
    arn: regional('elasticloadbalancing', 'listener/'),
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    name: 'Name',
    ref: 'arn',
    arn: regional('elasticloadbalancing', 'loadbalancer/'),
  },
  'AWS::GuardDuty::Detector': { arn: regional('guardduty', 'detector/') },
  'AWS::GuardDuty::Filter': { name: 'Name' },
  'AWS::IAM::Group': { name: 'GroupName', arn: ofIam('group') },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName', ref: 'arn', arn: ofIam('policy') },
  'AWS::IAM::Role': { name: 'RoleName', arn: ofIam('role') },
  'AWS::IAM::ServerCertificate': {
    name: 'ServerCertificateName',
    arn: ofIam('server-certificate'),
  },
  'AWS::IAM::User': { name: 'UserName', arn: ofIam('user') },
  'AWS::Kinesis::Stream': { name: 'Name', arn: regional('kinesis', 'stream/') },
  'AWS::KMS::Key': { arn: regional('kms', 'key/') },
  'AWS::KMS::ReplicaKey': { arn: regional('kms', 'key/') },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: regional('lambda', 'function:') },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    arn: (name, { region, account }) => `logs:${region}:${account}:log-group:${name}:*`,
  },
  'AWS::MSK::Cluster': { name: 'ClusterName', ref: 'arn', arn: regional('kafka', 'cluster/') },
  'AWS::DocDB::DBCluster': { name: 'DBClusterIdentifier', arn: regional('rds', 'cluster:') },
  'AWS::Neptune::DBCluster': { name: 'DBClusterIdentifier', arn: regional('rds', 'cluster:') },
  'AWS::Neptune::DBInstance': { name: 'DBInstanceIdentifier', arn: regional('rds', 'db:') },
  'AWS::RDS::DBCluster': { name: 'DBClusterIdentifier', arn: regional('rds', 'cluster:') },
  'AWS::RDS::DBClusterParameterGroup': {
    name: 'DBClusterParameterGroupName',
    arn: regional('rds', 'cluster-pg:'),
  },
  'AWS::RDS::DBInstance': { name: 'DBInstanceIdentifier', arn: regional('rds', 'db:') },
  'AWS::RDS::DBParameterGroup': { name: 'DBParameterGroupName', arn: regional('rds', 'pg:') },
  'AWS::RedshiftServerless::Workgroup': {
    name: 'WorkgroupName',
    arn: regional('redshift-serverless', 'workgroup/'),
  },
  'AWS::S3::AccessPoint': { name: 'Name', arn: regional('s3', 'accesspoint/') },
  // It has an alias in the place of the name, which S3 makes up.
  'AWS::S3::MultiRegionAccessPoint': {
    name: 'Name',
    arn: (name, { account }) => `s3::${account}:accesspoint/${name}`,
  },
  'AWS::S3::Bucket': { name: 'BucketName', arn: (name) => `s3:::${name}` },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    ref: 'arn',
    arn: regional('states', 'stateMachine:'),
  },
  'AWS::SageMaker::NotebookInstance': {
    name: 'NotebookInstanceName',
    arn: regional('sagemaker', 'notebook-instance/'),
  },
  'AWS::SNS::Topic': { name: 'TopicName', ref: 'arn', arn: regional('sns', '') },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    ref: (name) => `https://sqs.amazonaws.com/${name}`,
    arn: regional('sqs', ''),
  },
  'AWS::Logs::MetricFilter': { name: 'FilterName' },
  'AWS::SSM::Document': { name: 'Name', arn: regional('ssm', 'document/') },
  'AWS::SecretsManager::SecretTargetAttachment': { standsFor: 'SecretId' },
  'AWS::SecurityHub::Hub': { ref: 'arn', arn: regional('securityhub', 'hub/') },
  'AWS::SecretsManager::Secret': {
    ref: 'arn',
    name: 'Name',
    arn: regional('secretsmanager', 'secret:'),
  },
};
/** Looked up for each reference, which a map does at once. */
const identities: ReadonlyMap<string, Identity> = new Map(Object.entries(written));

const isOpen = (type: string): boolean =>
  type.startsWith('Custom::') || type.endsWith('::MODULE') || identities.get(type)?.isOpen === true;
const whyOpen = ({ logicalId, type }: Declaration) => `what ${logicalId}, a ${type}, returns`;

/** What gives the ARN of a resource within `Fn::Sub`. */
export const arnVariable = ({ logicalId, type }: Declaration): string =>
  identities.get(type)?.ref === 'arn' ? `\${${logicalId}}` : `\${${logicalId}.Arn}`;

/** The name that a resource has or, where AWS makes one up, its logical id: no name that AWS makes is equal to it. */
export const nameOf = (declared: Declaration, scope: Scope): string | Holed => {
  const property = identities.get(declared.type)?.name;
  const properties = head(declared.properties, scope);
  if (property === undefined || typeof properties !== 'object' || properties === null)
    return declared.logicalId;
  const written: unknown = Reflect.get(properties, property);
  // As most are: AWS names them.
  if (written === undefined) return declared.logicalId;
  const value = head(written, { ...scope, use: 'name', depth: scope.depth + 1 });
  if (value instanceof Holed) return value;
  if (value === undefined || value === null) return declared.logicalId;
  if (typeof value !== 'object') return String(value);
  const id = `${declared.logicalId}.${property}`;
  return open(id, `${id}, which is no text`, true);
};

/** The property by which a resource of a type is named. */
export const namePropertyOf = (type: string): string | undefined => identities.get(type)?.name;

/** The key by which a resource has the ARN that AWS gave it. */
export const givenArn = 'Plumbline::Arn';

export const arnOf = (declared: Declaration, scope: Scope): Head => {
  const given: unknown = Reflect.get(Object(declared.properties), givenArn);
  if (given !== undefined) return head(given, { ...scope, use: 'name' });
  const { account, region, partition } = placed(scope.template, declared).deployment;
  const name = nameOf(declared, scope);
  const [, service = ''] = declared.type.split('::');
  const form = identities.get(declared.type)?.arn ?? regional(service.toLowerCase(), '');
  if (!(name instanceof Holed)) return `arn:${partition}:${form(name, { account, region })}`;
  const mark = '\u0000';
  const [before = '', after = ''] = `arn:${partition}:${form(mark, { account, region })}`.split(
    mark,
  );
  return textFrom([before, ...name.parts, after]);
};

/** The key by which a resource of another stack has the id that a part of it names. */
export const givenId = 'Plumbline::Id';

/** What `Ref` gives. */
export const physicalIdOf = (declared: Declaration, scope: Scope): Head => {
  const given: unknown = Reflect.get(Object(declared.properties), givenId);
  if (given !== undefined) return head(given, { ...scope, use: 'name' });
  if (isOpen(declared.type)) return open(declared.logicalId, whyOpen(declared));
  const { ref, standsFor } = identities.get(declared.type) ?? {};
  if (standsFor !== undefined)
    return head(Reflect.get(Object(declared.properties), standsFor), {
      ...scope,
      use: 'name',
      depth: scope.depth + 1,
    });
  if (ref === 'arn') return arnOf(declared, scope);
  const name = nameOf(declared, scope);
  return ref && typeof name === 'string' ? ref(name) : name;
};

/** What `Fn::GetAtt` gives: the ARN or the id of a resource of the template, or a property that it has. */
export const attributeOf = (declared: Declaration, name: string, scope: Scope): Head => {
  if (isOpen(declared.type)) return open(`${declared.logicalId}.${name}`, whyOpen(declared));
  if (/^(?:\w*Arn)$/.test(name)) return arnOf(declared, scope);
  if (/^(?:\w*Id)$/.test(name)) return physicalIdOf(declared, scope);
  const properties = head(declared.properties, scope);
  if (typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name))
    return head(Reflect.get(properties, name), { ...scope, depth: scope.depth + 1 });
  return open(
    `${declared.logicalId}.${name}`,
    `the attribute ${name} of ${declared.logicalId}, which is known after deployment`,
  );
};
