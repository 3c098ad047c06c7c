import { readdir, readFile } from 'node:fs/promises';
import { parseEvent } from '../../../lib/engine/changes/event-to-changes.ts';
import type { Announcement, AnyResourceType } from '../../../lib/model/resource-type.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { exportedByTests } from '../../exported.ts';
import { provenanceOf } from '../../fakes/heard.ts';
import { eventOf, type RecordedCalls } from '../../resources/recorded-calls.ts';

const place = {
  account: '123456789012',
  homeRegion: 'us-east-1',
  regions: ['us-east-1'],
};

const folder = new URL('../../events/', import.meta.url);

/**
 * Events of which no whole public record was found on 1 December 2026: their parameters are those of the SDK's request, in the
 * spelling of the service's other records. Who finds a record puts its shape in the place of one, and takes it out of here.
 */
const derived: readonly string[] = [
  'CreateAccessPoint-s3',
  'CreateApi',
  'CreateDBInstance-cluster',
  'CreateDefaultVpc',
  'CreateEventBus',
  'CreateMultiRegionAccessPoint',
  'CreateSubnet',
  'DeleteDBCluster',
  'DeleteDBInstance',
  'DeleteRestApi',
  'DeleteVpc',
  'DetachNetworkInterface',
  'ModifyNetworkInterfaceAttribute',
  'PutAccessPointPolicy',
  'PutMultiRegionAccessPointPolicy',
  'PutResourcePolicy-dynamodb',
  'PutResourcePolicy-own',
  'PutRule-ears',
  'PutRule-own',
  'Subscribe',
  'TerminateInstances',
];

it('what is listed as derived is there', async () => {
  const files = new Set(await readdir(folder));
  expect(derived.filter((name) => !files.has(`${name}.json`))).toEqual([]);
});

const ofTypes = (
  await exportedByTests<RecordedCalls>('recordedCalls', 'RecordedCalls', 'resources')
).flat();

const nameOf = (event: unknown): string => String(Object(Object(event).detail).eventName);

/** Whether an event tells of a change by one group of a type's calls, and by no other. */
const isToldBy = (type: AnyResourceType, announcement: Announcement, event: unknown): boolean => {
  const regions = ['us-east-1', 'us-west-2', 'eu-west-1'];
  const alone = { ...type, live: { ...type.live, announcements: [announcement] } };
  const parsed = parseEvent(event, [alone], { ...place, regions }, provenanceOf({}));
  if ('dropped' in parsed) return false;
  const isOwn = ({ sweep, lender, reachable }: (typeof parsed.sweeps)[number]) =>
    sweep === type.type && !lender && !reachable;
  return parsed.changes.length > 0 || parsed.sweeps.some(isOwn);
};

it('there is an event of each group of calls by which CloudTrail tells of a type, and it names something', async () => {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(new URL(file, folder), 'utf8'));
  const events = [
    ...(await Promise.all((await readdir(folder)).map(read))),
    ...ofTypes.map(eventOf),
  ];
  const silent = resourceTypes.flatMap((type) =>
    type.live.announcements.flatMap((announcement) => {
      if (announcement.via !== 'cloudtrail') return [];
      const calls = Object.keys(announcement.calls);
      const about = events.filter((event) =>
        calls.some((call) => nameOf(event).startsWith(call.replace(/20\d{6}.*$/, ''))),
      );
      return about.some((event) => isToldBy(type, announcement, event))
        ? []
        : [`${type.type}: ${calls.join(', ')}`];
    }),
  );
  if (silent.length > 0)
    throw new Error(
      `write export const recordedCalls: RecordedCalls in the test of the type, with one of these calls as CloudTrail records it, or the whole event in test/events:\n${silent.join('\n')}`,
    );
});

it.each(ofTypes)('$eventName of $eventSource names $ids', ({ ids, ...call }) => {
  const parsed = parseEvent(eventOf({ ids, ...call }), resourceTypes, place, provenanceOf({}));
  if ('dropped' in parsed) throw new Error(parsed.dropped);
  expect(parsed.changes.map(({ ref }) => ref.id)).toEqual(ids);
});

/** What an event of `test/events` is about: resources, each once, and types of which it can be any. */
const told = async (name: string, regions = place.regions) => {
  const event = await readFile(new URL(`../../events/${name}.json`, import.meta.url), 'utf8');
  const parsed = parseEvent(
    JSON.parse(event),
    resourceTypes,
    { ...place, regions },
    provenanceOf({}),
  );
  if ('dropped' in parsed) throw new Error(parsed.dropped);
  const named = parsed.changes.map(({ type, ref }) => `${type} ${ref.id}`);
  const swept = parsed.sweeps.flatMap(({ sweep, reachable }) =>
    reachable ? [] : [`${sweep} any`],
  );
  const ways = parsed.sweeps.flatMap(({ sweep, reachable }) =>
    reachable ? [`${sweep} by ${reachable.through?.join(' or ') ?? 'any'}`] : [],
  );
  return { things: [...new Set([...named, ...swept])].sort(), ways: ways.sort() };
};

const balancer =
  'AWS::ElasticLoadBalancingV2::LoadBalancer arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/orders/50dc6c495c0c9188';

it.each<[string, readonly string[]]>([
  ['ModifySnapshotAttribute', ['AWS::EC2::Snapshot snap-0a1b2c3d4e5f60718']],
  ['CreateSnapshot', ['AWS::EC2::Snapshot snap-0a1b2c3d4e5f60719']],
  [
    'CreateSnapshots',
    ['AWS::EC2::Snapshot snap-0a1b2c3d4e5f6071a', 'AWS::EC2::Snapshot snap-0a1b2c3d4e5f6071b'],
  ],
  ['ModifyDBClusterSnapshotAttribute', ['AWS::RDS::DBClusterSnapshot orders-final']],
  ['CreateAccessPoint-s3', ['AWS::S3::AccessPoint partners']],
  ['CreateAccessPoint-efs', ['AWS::EFS::AccessPoint fsap-0a1b2c3d4e5f60718']],
  ['CreateReplicationInstance', ['AWS::DMS::ReplicationInstance RPEQGNHZ5OQ4FYVDFGZ7N5BOWI']],
  ['ModifyReplicationInstance', ['AWS::DMS::ReplicationInstance RPEQGNHZ5OQ4FYVDFGZ7N5BOWI']],
  ['UpdateConnectivity', ['AWS::MSK::Cluster orders/abcd1234-5678-90ab-cdef-1234567890ab-1']],
  ['CreateNotebookInstance', ['AWS::SageMaker::NotebookInstance orders']],
  ['CreateLaunchConfiguration', ['AWS::AutoScaling::LaunchConfiguration web-7']],
  ['UpdateAutoScalingGroup', ['AWS::AutoScaling::AutoScalingGroup web']],
  ['UpdateWorkgroup', ['AWS::RedshiftServerless::Workgroup orders']],
  [
    'UpdateIdentityPool',
    ['AWS::Cognito::IdentityPool us-east-1:0a1b2c3d-0000-4000-8000-000000000917'],
  ],
  [
    'SetIdentityPoolRoles',
    ['AWS::Cognito::IdentityPool us-east-1:0a1b2c3d-0000-4000-8000-000000000956'],
  ],
  ['CreateHostedZone', ['AWS::Route53::HostedZone Z1PA6795UKMFR9']],
  ['DeleteHostedZone', ['AWS::Route53::HostedZone Z1PA6795UKMFR9']],
  ['CreateQueryLoggingConfig', ['AWS::Route53::HostedZone Z1PA6795UKMFR9']],
  ['DeleteQueryLoggingConfig', ['AWS::Route53::HostedZone any']],
  ['DeleteLogGroup', ['AWS::Route53::HostedZone any', 'Plumbline::CloudWatch::Region any']],
  ['UpdateDetector', ['Plumbline::GuardDuty::Region us-east-1']],
  ['Disable-inspector', ['Plumbline::Inspector::Region us-east-1']],
  ['PutBlockPublicAccessConfiguration', ['Plumbline::EMR::Region us-east-1']],
  ['ModifyImageAttribute', ['AWS::EC2::Image ami-0a1b2c3d4e5f60718']],
  ['RunInstances', ['AWS::EC2::Instance i-0a1b2c3d4e5f60718']],
  ['ModifyInstanceMetadataOptions', ['AWS::EC2::Instance i-0a1b2c3d4e5f60718']],
  ['StartInstances', ['AWS::EC2::Instance i-0a1b2c3d4e5f60718']],
  ['ec2-instance-state', ['AWS::EC2::Instance i-0a1b2c3d4e5f60718']],
  ['CreateVolume', ['AWS::EC2::Volume vol-0a1b2c3d4e5f60718']],
  [
    'ModifySubnetAttribute',
    ['AWS::EC2::Subnet subnet-0a1b2c3d4e5f60718', 'AWS::EFS::FileSystem any'],
  ],
  ['UpdateClusterVersion', ['AWS::EKS::Cluster orders']],
  ['ModifyClusterParameterGroup', ['AWS::Redshift::Cluster any']],
  ['DisableLogging', ['AWS::Redshift::Cluster orders']],
  ['CreateMountTarget', ['AWS::EFS::FileSystem fs-0a1b2c3d4e5f60718']],
  ['CreateNetworkAclEntry', ['AWS::EC2::NetworkAcl acl-0a1b2c3d4e5f60718']],
  ['CreateNetworkAcl', ['AWS::EC2::NetworkAcl acl-0a1b2c3d4e5f60719']],
  [
    'CreateFlowLogs',
    ['AWS::EC2::VPC vpc-0a1b2c3d4e5f60718', 'AWS::EC2::VPC vpc-0a1b2c3d4e5f60719'],
  ],
  ['CreateFlowLogs-subnet', []],
  ['DeleteFlowLogs', ['AWS::EC2::VPC any']],
  ['UpdateDistribution', ['AWS::CloudFront::Distribution E2QWRUHAPOMQZL']],
  ['CreateDistribution', ['AWS::CloudFront::Distribution E2QWRUHAPOMQZL']],
  ['UpdateProject', ['AWS::CodeBuild::Project orders']],
  ['UpdateProjectVisibility', ['AWS::CodeBuild::Project orders']],
  ['UpdateWebhook', ['AWS::CodeBuild::Project orders']],
  ['RegisterTaskDefinition', ['AWS::ECS::TaskDefinition orders']],
  ['UpdateService', ['AWS::ECS::Service shop/orders']],
  ['UpdateClusterSettings', ['AWS::ECS::Cluster shop']],
  ['ModifyCacheCluster', ['AWS::ElastiCache::CacheCluster orders']],
  [
    'ModifyReplicationGroup',
    [
      'AWS::ElastiCache::CacheCluster orders-001',
      'AWS::ElastiCache::CacheCluster orders-002',
      'AWS::ElastiCache::ReplicationGroup orders',
    ],
  ],
  ['CreateVpcEndpoint', ['AWS::EC2::VPC vpc-0a1b2c3d4e5f60718']],
  ['DeleteVpcEndpoints', ['AWS::EC2::VPC any']],
  ['ModifyTransitGateway', ['AWS::EC2::TransitGateway tgw-0a1b2c3d4e5f60718']],
  ['ReplaceNetworkAclAssociation', ['AWS::EC2::NetworkAcl any']],
  ['AttachNetworkInterface', ['AWS::EC2::Instance i-0a1b2c3d4e5f60718']],
  [
    'StopLogging',
    ['Plumbline::CloudTrail::Region us-east-1', 'Plumbline::CloudWatch::Region us-east-1'],
  ],
  ['PutMetricAlarm', ['Plumbline::CloudWatch::Region any']],
  ['DeleteMetricFilter', ['Plumbline::CloudWatch::Region any']],
  [
    'UpdateTrail',
    [
      'AWS::CloudTrail::Trail arn:aws:cloudtrail:us-east-1:123456789012:trail/main',
      'Plumbline::CloudTrail::Region us-east-1',
      'Plumbline::CloudWatch::Region us-east-1',
    ],
  ],
  ['CreateLaunchTemplateVersion', ['AWS::EC2::LaunchTemplate lt-0a1b2c3d4e5f60718']],
  ['PutDeliveryChannel', ['Plumbline::Config::Region us-east-1']],
  ['DisableEbsEncryptionByDefault', ['Plumbline::EC2::Region us-east-1']],
  ['EnableSerialConsoleAccess', ['Plumbline::EC2::Region us-east-1']],
  ['AssociateIamInstanceProfile', ['AWS::EC2::Instance i-0a1b2c3d4e5f60718']],
  ['DisassociateIamInstanceProfile', ['AWS::EC2::Instance i-0a1b2c3d4e5f60718']],
  ['DeleteAlternateContact', ['Plumbline::Contacts::Account 123456789012']],
  ['CreateFileSystem', ['AWS::EFS::FileSystem fs-0a1b2c3d4e5f60718']],
  ['PutBackupPolicy', ['AWS::EFS::FileSystem fs-0a1b2c3d4e5f60718']],
  ['UpdateClusterConfig', ['AWS::EKS::Cluster orders']],
  ['AssociateEncryptionConfig', ['AWS::EKS::Cluster orders']],
  ['AssociateAccessPolicy', ['AWS::EKS::Cluster orders']],
  ['ModifyCluster', ['AWS::Redshift::Cluster orders']],
  ['UpdateElasticsearchDomainConfig', ['AWS::OpenSearchService::Domain orders']],
  ['CreateAccessPoint', ['AWS::EFS::AccessPoint fsap-0a1b2c3d4e5f60718']],
  ['CreateLoadBalancer', [balancer]],
  ['ModifyLoadBalancerAttributes', [balancer]],
  ['ModifyListener', [balancer]],
  ['DeleteRule', [balancer]],
  ['UpdateTable', ['AWS::DynamoDB::Table orders']],
  ['UpdateContinuousBackups', ['AWS::DynamoDB::Table orders']],
  ['ModifyDocumentPermission', ['AWS::SSM::Document orders']],
  ['UpdateServiceSetting', ['Plumbline::SSM::Region us-east-1']],
  [
    'UpdateServiceSetting-default-role',
    ['AWS::EC2::Instance any', 'Plumbline::SSM::Region us-east-1'],
  ],
  ['ssm-compliance-state', ['AWS::SSM::PatchCompliance i-0a1b2c3d4e5f60718']],
  ['DeleteAssociation', ['AWS::SSM::AssociationCompliance any']],
  ['CreateLoadBalancerListeners', ['AWS::ElasticLoadBalancing::LoadBalancer legacy']],
  // Of a stage of a REST API, or of another API, and of no other kind: both have the same calls and the same source.
  ['CreateStage-rest', ['AWS::ApiGateway::Stage a1b2c3d4e5/prod']],
  ['UpdateStage-rest', ['AWS::ApiGateway::Stage a1b2c3d4e5/prod']],
  ['CreateDeployment-rest', ['AWS::ApiGateway::Stage a1b2c3d4e5/prod']],
  ['CreateStage-http', ['AWS::ApiGatewayV2::Stage f6g7h8i9j0/prod']],
  ['DeleteAccessLogSettings', ['AWS::ApiGatewayV2::Stage f6g7h8i9j0/$default']],
  ['UpdateRoute', ['AWS::ApiGatewayV2::Route f6g7h8i9j0/k1l2m3n']],
  ['DisassociateWebACL-stage', ['AWS::ApiGateway::Stage a1b2c3d4e5/prod']],
  ['PutBackupVaultAccessPolicy', ['AWS::Backup::BackupVault orders']],
  ['PutResourcePolicy-glue', ['Plumbline::Glue::DataCatalog us-east-1']],
  ['UpdateRestApi', ['AWS::ApiGateway::RestApi a1b2c3d4e5']],
  ['PutAccessPointPolicy', ['AWS::S3::AccessPoint partners']],
  ['PutPermission', ['AWS::Events::EventBus orders']],
  ['PutPermission-default', ['AWS::Events::EventBus default']],
  ['StopStreamEncryption', ['AWS::Kinesis::Stream orders']],
  ['DetachPolicy-organization', ['Plumbline::Organization::Account 123456789012']],
  [
    'DisableOrganizationsRootCredentialsManagement',
    ['Plumbline::Organization::Account 123456789012'],
  ],
  ['PutBucketEncryption', ['AWS::S3::Bucket orders']],
  ['PutBucketLifecycle', ['AWS::CloudTrail::Trail any', 'AWS::S3::Bucket orders']],
  [
    'ModifyManagedPrefixList',
    ['AWS::EC2::PrefixList pl-0a1b2c3d4e5f60718', 'AWS::EC2::SecurityGroup any'],
  ],
  ['AttachGroupPolicy', ['AWS::IAM::Group operators']],
  [
    'CreatePolicyVersion',
    ['AWS::Cognito::IdentityPool any', 'AWS::IAM::Policy arn:aws:iam::123456789012:policy/orders'],
  ],
  ['DeleteServerCertificate', ['AWS::IAM::ServerCertificate orders']],
  ['ModifyDBCluster', ['AWS::RDS::DBCluster orders', 'AWS::RDS::DBInstance any']],
  ['ModifyDBParameterGroup', ['AWS::RDS::DBInstance any', 'AWS::RDS::DBParameterGroup orders']],
  [
    'ModifyDBClusterParameterGroup',
    ['AWS::RDS::DBCluster any', 'AWS::RDS::DBClusterParameterGroup orders'],
  ],
  ['ModifyDBSnapshotAttribute', ['AWS::RDS::DBSnapshot orders-final']],
  ['DeleteAnalyzer', ['Plumbline::AccessAnalyzer::Region us-east-1']],
  ['DisableImageBlockPublicAccess', ['Plumbline::EC2::ImageRegion us-east-1']],
  ['DisableSecurityHub', ['Plumbline::SecurityHub::Region us-east-1']],
  // Of a Classic Load Balancer, and of no other: its calls have the same names.
  ['ModifyLoadBalancerAttributes-classic', ['AWS::ElasticLoadBalancing::LoadBalancer legacy']],
])('%s is about %j', async (name, about) => {
  expect((await told(name)).things).toEqual(about);
});

it.each(['CreateMultiRegionAccessPoint', 'PutMultiRegionAccessPointPolicy'])(
  '%s, which S3 takes in one region, is heard from there',
  async (name) => {
    const regions = ['us-east-1', 'us-west-2'];
    expect((await told(name, regions)).things).toEqual([
      'AWS::S3::MultiRegionAccessPoint partners-everywhere',
    ]);
  },
);

const everywhere = (by: string) =>
  [
    'AWS::EC2::Instance',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::Redshift::Cluster',
  ].map((type) => `${type} by ${by}`);
it.each<[string, readonly string[]]>([
  ['CreateRoute', everywhere('rtb-0a1b2c3d4e5f60718')],
  ['AssociateRouteTable', everywhere('subnet-0a1b2c3d4e5f60718 or rtb-0a1b2c3d4e5f60718')],
  ['ReplaceRouteTableAssociation', everywhere('any')],
  ['ReplaceNetworkAclAssociation', everywhere('any')],
  ['AttachInternetGateway', everywhere('vpc-0a1b2c3d4e5f60718')],
  ['CreateNetworkAclEntry', everywhere('acl-0a1b2c3d4e5f60718')],
  ['ModifyVpcBlockPublicAccessOptions', everywhere('any')],
  [
    'RegisterTargets',
    [
      'AWS::EC2::Instance by i-0a1b2c3d4e5f60718 or arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/6d0ecf831eec9f09',
    ],
  ],
  // A subnet that is given a public address gives it to nothing that is there.
  ['ModifySubnetAttribute', []],
  ['CreateFlowLogs', []],
])('%s opens or closes ways %j', async (name, ways) => {
  expect((await told(name)).ways).toEqual(ways);
});
