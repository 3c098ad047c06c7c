import { verdictOf } from './checking.ts';

const of = (type: string, properties: string) =>
  `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::${type}', Properties: ${properties}}\n`;
const open = 'UNKNOWN it depends on the parameter Open, which has no default';
const project = (more: string) => of('CodeBuild::Project', `{Source: {Type: GITHUB}, ${more}}`);
const variable = (name: string, type = 'PLAINTEXT') =>
  project(
    `Environment: {EnvironmentVariables: [{Name: ${name}, Type: ${type}, Value: planted-secret}]}`,
  );
const network = (assign: string) =>
  of(
    'ECS::Service',
    `{NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: ${assign}, Subnets: [a]}}}`,
  );
const serviceOf = (version: string, family: string, task: string) =>
  `Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RuntimePlatform: {OperatingSystemFamily: ${family}}}}
  It: {Type: AWS::ECS::Service, Properties: {LaunchType: FARGATE, PlatformVersion: ${version}, TaskDefinition: ${task}, NetworkConfiguration: {AwsvpcConfiguration: {AssignPublicIp: ENABLED, Subnets: [a]}}}}
`;
const group = (more: string) => of('ElastiCache::ReplicationGroup', `{${more}}`);

it.each<[name: string, template: string, control: string, verdict: string]>([
  [
    'an address with a password',
    of(
      'CodeBuild::Project',
      '{Source: {Type: BITBUCKET, Location: "https://a:b@bitbucket.org/c"}}',
    ),
    'CodeBuild.1',
    'FAIL',
  ],
  ...(
    [
      ['Engine: valkey', 'PASS by default'],
      // A member has the encryption of the primary group, which stands in another Region.
      [
        'Engine: valkey, GlobalReplicationGroupId: a',
        'UNKNOWN group is not known: the primary group of the global datastore',
      ],
      ['Engine: Valkey', 'PASS by default'],
      ['Engine: valkey, AtRestEncryptionEnabled: false', 'FAIL'],
      ['Engine: valkey, AtRestEncryptionEnabled: true', 'PASS'],
      ['Engine: redis', 'FAIL'],
      ['EngineVersion: "7.1"', 'FAIL'],
      ['Engine: !Ref Open', 'UNKNOWN it depends on the parameter Open, which has no default'],
    ] as const
  ).map(([more, verdict]): [string, string, string, string] => [
    `a group of ${more}`,
    group(more),
    'ElastiCache.4',
    verdict,
  ]),
  [
    'a container without the name of a log driver',
    of(
      'ECS::TaskDefinition',
      "{ContainerDefinitions: [{Name: a, Image: a, LogConfiguration: {LogDriver: ''}}]}",
    ),
    'ECS.9',
    'FAIL',
  ],
  ...(
    [
      ['1.0.0', 'WINDOWS_SERVER_2022_CORE', '!Ref Task', 'PASS'],
      ['1.0.0', 'LINUX', '!Ref Task', 'FAIL'],
      ['1.4.0', 'LINUX', '!Ref Task', 'PASS'],
      ['1.3.0', 'LINUX', 'elsewhere:1', 'FAIL'],
      ['LATEST', 'LINUX', 'elsewhere:1', 'PASS'],
      [
        '1.0.0',
        'LINUX',
        'elsewhere:1',
        'UNKNOWN it depends on the task definition, which says whether it runs on Windows',
      ],
    ] as const
  ).map(([version, family, task, verdict]): [string, string, string, string] => [
    `platform ${version} for ${task} of ${family}`,
    serviceOf(version, family, task),
    'ECS.10',
    verdict,
  ]),
  [
    'addresses of tasks on a platform of which the family is elsewhere',
    serviceOf('1.0.0', 'LINUX', 'elsewhere:1'),
    'ECS.2',
    'FAIL',
  ],
  [
    'an address that who knows says',
    of('CodeBuild::Project', '{Source: {Type: BITBUCKET, Location: !Ref Open}}'),
    'CodeBuild.1',
    'UNKNOWN sources is not known: the parameter Open, which has no default',
  ],
  [
    'an address in which who knows signs in',
    of(
      'CodeBuild::Project',
      '{Source: {Type: GITHUB, Location: !Sub "https://${Open}@github.com/a/b"}}',
    ),
    'CodeBuild.1',
    'UNKNOWN sources is not known: the parameter Open, which has no default',
  ],
  [
    'an address whose path is open',
    of(
      'CodeBuild::Project',
      '{Source: {Type: GITHUB, Location: !Sub "https://github.com/${Open}/b"}}',
    ),
    'CodeBuild.1',
    'PASS',
  ],
  ['a key in the clear', variable('AWS_SECRET_ACCESS_KEY'), 'CodeBuild.2', 'FAIL'],
  [
    'a key from a secret',
    variable('AWS_SECRET_ACCESS_KEY', 'SECRETS_MANAGER'),
    'CodeBuild.2',
    'PASS',
  ],
  [
    'a key from who knows where',
    variable('AWS_SECRET_ACCESS_KEY', '!Ref Open'),
    'CodeBuild.2',
    open,
  ],
  ['logs by default', project('Name: a'), 'CodeBuild.4', 'PASS by default'],
  [
    'a webhook without filters, whose pull requests wait by default',
    project('Triggers: {Webhook: true}'),
    'PL.CODEBUILD.2',
    'PASS by default',
  ],
  [
    'a webhook that asks for no approval',
    project(
      'Triggers: {Webhook: true, PullRequestBuildPolicy: {RequiresCommentApproval: DISABLED}}',
    ),
    'PL.CODEBUILD.2',
    'FAIL',
  ],
  [
    'a webhook for pushes alone',
    project(
      'Triggers: {Webhook: true, FilterGroups: [[{Type: EVENT, Pattern: PUSH}]], PullRequestBuildPolicy: {RequiresCommentApproval: DISABLED}}',
    ),
    'PL.CODEBUILD.2',
    'PASS',
  ],
  ['no webhook', project('Name: a'), 'PL.CODEBUILD.2', 'NOT_APPLICABLE'],
  ['a public project', project('Visibility: PUBLIC_READ'), 'PL.CODEBUILD.1', 'FAIL'],
  ['a public address', network('ENABLED'), 'ECS.2', 'FAIL'],
  [
    'an address that nothing says',
    of('ECS::Service', '{NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a]}}}'),
    'ECS.2',
    'PASS by default',
  ],
  [
    'upgrades that nothing says',
    of('ElastiCache::CacheCluster', '{Engine: redis}'),
    'ElastiCache.2',
    'PASS by default',
  ],
  [
    'task sets that others make',
    of('ECS::Service', '{DeploymentController: {Type: EXTERNAL}}'),
    'ECS.2',
    'UNKNOWN it depends on the network of the task sets of the service',
  ],
  ['a public address that is open', network('!Ref Open'), 'ECS.2', open],
  [
    'a cluster that is measured',
    of('ECS::Cluster', '{ClusterSettings: [{Name: containerInsights, Value: enhanced}]}'),
    'ECS.12',
    'PASS',
  ],
  ['a cluster that says nothing', of('ECS::Cluster', '{}'), 'ECS.12', 'FAIL'],
  ...[
    ['a task in the processes of the host', '{PidMode: host}', 'ECS.3', 'FAIL'],
    ['a task whose processes are open', '{PidMode: !Ref Open}', 'ECS.3', open],
    ['a task that says nothing of processes', '{}', 'ECS.3', 'PASS by default'],
    ['a container without logs', '{ContainerDefinitions: [{Name: a}]}', 'ECS.9', 'FAIL'],
    [
      'a container with logs',
      '{ContainerDefinitions: [{Name: a, LogConfiguration: {LogDriver: awslogs}}]}',
      'ECS.9',
      'PASS',
    ],
    [
      'a key in the environment of a container',
      '{ContainerDefinitions: [{Name: a, Environment: [{Name: AWS_SECRET_ACCESS_KEY, Value: x}]}]}',
      'ECS.8',
      'FAIL',
    ],
    [
      'a variable whose name is open',
      '{ContainerDefinitions: [{Name: a, Environment: [{Name: !Ref Open, Value: x}]}]}',
      'ECS.8',
      open,
    ],
    [
      'root on the network of the host',
      '{NetworkMode: host, ContainerDefinitions: [{Name: a, User: root}]}',
      'ECS.1',
      'FAIL',
    ],
    [
      'nobody on the network of the host',
      '{NetworkMode: host, ContainerDefinitions: [{Name: a, User: "1000"}]}',
      'ECS.1',
      'PASS',
    ],
  ].map(([what = '', task = '', control = '', expected = '']): [string, string, string, string] => [
    what,
    of('ECS::TaskDefinition', task),
    control,
    expected,
  ]),
  ['a group without TLS', group('AtRestEncryptionEnabled: true'), 'ElastiCache.5', 'FAIL'],
  [
    'TLS for whoever asks',
    group('TransitEncryptionEnabled: true, TransitEncryptionMode: preferred'),
    'PL.ELASTICACHE.1',
    'FAIL',
  ],
  [
    'a cache without a subnet group',
    of('ElastiCache::CacheCluster', '{Engine: redis}'),
    'ElastiCache.7',
    'FAIL',
  ],
  [
    'the snapshots of a group, which its nodes have',
    group('SnapshotRetentionLimit: 1'),
    'ElastiCache.1',
    'PASS',
  ],
  ['a group without snapshots', group('Engine: valkey'), 'ElastiCache.1', 'FAIL'],
  [
    'snapshots of a group that are open',
    group('SnapshotRetentionLimit: !Ref Open'),
    'ElastiCache.1',
    open,
  ],
  [
    'a group that upgrades nothing',
    group('AutoMinorVersionUpgrade: false'),
    'ElastiCache.2',
    'FAIL',
  ],
  ['a group in a subnet group', group('CacheSubnetGroupName: private'), 'ElastiCache.7', 'PASS'],
  ['a group in no subnet group', group('Engine: redis'), 'ElastiCache.7', 'FAIL'],
  ['a subnet group that is open', group('CacheSubnetGroupName: !Ref Open'), 'ElastiCache.7', open],
  [
    'a subnet group that is made with it',
    `${group('CacheSubnetGroupName: !Ref Made')}
  Made: {Type: 'AWS::ElastiCache::SubnetGroup', Properties: {Description: a, SubnetIds: [s]}}`,
    'ElastiCache.7',
    'PASS',
  ],
  ['an old group without a token', group("EngineVersion: '5.0.6'"), 'ElastiCache.6', 'FAIL'],
  [
    'an old group with a token',
    group("EngineVersion: '5.0.6', AuthToken: !Ref Open"),
    'ElastiCache.6',
    'PASS',
  ],
  ['a group with users', group("EngineVersion: '7.1'"), 'ElastiCache.6', 'NOT_APPLICABLE'],
  [
    'snapshots of a cache',
    of('ElastiCache::CacheCluster', '{Engine: redis, SnapshotRetentionLimit: 1}'),
    'ElastiCache.1',
    'PASS',
  ],
])('evaluates %s', async (_, template, control, expected) => {
  expect(await verdictOf(template, control, 'It')).toBe(expected);
});
