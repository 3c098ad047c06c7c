import { verdictOf } from './checking.ts';

const head = 'Parameters: {Open: {Type: String}}\nResources:\n';
const instance = (id: string, properties: string) =>
  `  ${id}: {Type: 'AWS::RDS::DBInstance', Properties: {${properties}}}\n`;
const of = (properties: string, more = '') => `${head}${instance('It', properties)}${more}`;
const replicaOf = (source: string, more = '') =>
  of(`SourceDBInstanceIdentifier: !Ref Source${more}`, instance('Source', source));
const group = (family: string, value: string) =>
  `  Group: {Type: 'AWS::RDS::DBParameterGroup', Properties: {Family: ${family}, Parameters: {rds.force_ssl: '${value}'}}}\n`;
const withGroup = 'DBParameterGroupName: !Ref Group';
const elsewhere = 'SourceDBInstanceIdentifier: !Ref Open';

it.each<[name: string, template: string, control: string, verdict: string]>([
  ['an engine in capitals', of('Engine: MySQL'), 'RDS.3', 'FAIL'],
  [
    'an engine in capitals, encrypted',
    of('Engine: MySQL, StorageEncrypted: true'),
    'RDS.3',
    'PASS',
  ],
  [
    'an instance of Aurora, whose cluster has its encryption',
    of('Engine: aurora-postgresql, StorageEncrypted: false'),
    'RDS.3',
    'UNKNOWN it depends on the cluster of an instance of Aurora',
  ],
  ['an edition in capitals', of('Engine: SQLServer-SE'), 'RDS.8', 'FAIL'],
  [
    'a cluster in capitals',
    `${head}  It: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: Aurora-PostgreSQL}}\n`,
    'RDS.7',
    'FAIL',
  ],
  [
    'a cluster without an engine',
    `${head}  It: {Type: 'AWS::RDS::DBCluster', Properties: {}}\n`,
    'RDS.7',
    'FAIL',
  ],
  [
    'a cluster of a snapshot, without an engine',
    `${head}  It: {Type: 'AWS::RDS::DBCluster', Properties: {SnapshotIdentifier: !Ref Open, DeletionProtection: true}}\n`,
    'RDS.7',
    'PASS',
  ],
  [
    'a cluster that can be wound back',
    `${head}  It: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: aurora-mysql, BacktrackWindow: 3600}}\n`,
    'RDS.14',
    'PASS',
  ],
  [
    'a cluster that cannot be wound back',
    `${head}  It: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: aurora-mysql}}\n`,
    'RDS.14',
    'FAIL',
  ],
  ...['RDS.34', 'RDS.37', 'PL.RDS.2'].map((control): [string, string, string, string] => [
    `a cluster whose engine is open, by ${control}`,
    `${head}  It: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: !Ref Open, EngineVersion: '16', DBClusterParameterGroupName: !Ref Group}}
  Group: {Type: 'AWS::RDS::DBClusterParameterGroup', Properties: {Description: a, Family: aurora-postgresql16, Parameters: {password_encryption: md5}}}\n`,
    control,
    'UNKNOWN it depends on the parameter Open, which has no default',
  ]),
  ['no engine', of('StorageEncrypted: false'), 'RDS.3', 'FAIL'],
  ['no engine, public', of('PubliclyAccessible: true'), 'RDS.2', 'FAIL'],
  [
    'no engine where it decides',
    of(''),
    'RDS.10',
    'UNKNOWN it depends on Engine, which is not declared and EngineVersion, which is not declared',
  ],
  ...(
    [
      ['', 'FAIL'],
      ['Engine: !Ref Open', 'FAIL'],
      // Db2 is made with a group or a license of its own, and RDS.9 asks it for no log.
      ['DBParameterGroupName: a', 'UNKNOWN it depends on Engine, which is not declared'],
      ['LicenseModel: a', 'UNKNOWN it depends on Engine, which is not declared'],
      [
        'DBSnapshotIdentifier: a',
        'UNKNOWN it depends on the engine of what DBSnapshotIdentifier names',
      ],
    ] as const
  ).map(([made, verdict]): [string, string, string, string] => [
    `the logs without an engine, by ${made}`,
    of(made),
    'RDS.9',
    verdict,
  ]),
  ...(
    [
      [`${elsewhere}, KmsKeyId: a`, 'PASS'],
      [elsewhere, 'UNKNOWN it depends on the encryption of what SourceDBInstanceIdentifier names'],
      [
        `${elsewhere}, StorageEncrypted: false`,
        'UNKNOWN it depends on the encryption of what SourceDBInstanceIdentifier names',
      ],
      [
        `${elsewhere}, KmsKeyId: a, UseLatestRestorableTime: true`,
        'UNKNOWN it depends on the encryption of what SourceDBInstanceIdentifier names',
      ],
      [
        'DBSnapshotIdentifier: a, KmsKeyId: a',
        'UNKNOWN it depends on the encryption of what DBSnapshotIdentifier names',
      ],
    ] as const
  ).map(([made, verdict]): [string, string, string, string] => [
    `the encryption by ${made}`,
    of(made),
    'RDS.3',
    verdict,
  ]),
  [
    'a key for what has an unencrypted source',
    replicaOf('Engine: mysql', ', KmsKeyId: a'),
    'RDS.3',
    'FAIL',
  ],
  [
    'a replica of one that is restored',
    replicaOf('DBSnapshotIdentifier: a', ', KmsKeyId: a'),
    'RDS.3',
    'PASS',
  ],
  ...(
    [
      ['SnapshotIdentifier: a, KmsKeyId: a', 'PASS'],
      ['SourceDBClusterIdentifier: a, KmsKeyId: a', 'PASS'],
      ['SnapshotIdentifier: a, KmsKeyId: a, StorageEncrypted: false', 'FAIL'],
      [
        'SnapshotIdentifier: a',
        'UNKNOWN it depends on the encryption of what SnapshotIdentifier names',
      ],
      ['KmsKeyId: a', 'FAIL'],
    ] as const
  ).map(([made, verdict]): [string, string, string, string] => [
    `a cluster by ${made}`,
    `${head}  It: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: mysql, ${made}}}\n`,
    'RDS.27',
    verdict,
  ]),
  ['a replica of another stack', of(elsewhere), 'RDS.8', 'FAIL'],
  ['a replica of another stack in two zones', of(`${elsewhere}, MultiAZ: true`), 'RDS.5', 'PASS'],
  [
    'the logs that MySQL and MariaDB alone have, of another stack',
    of(`${elsewhere}, EnableCloudwatchLogsExports: [audit, error, general, slowquery]`),
    'RDS.9',
    'PASS',
  ],
  [
    'a log that two products have, of another stack',
    of(`${elsewhere}, EnableCloudwatchLogsExports: [error]`),
    'RDS.9',
    'FAIL',
  ],
  [
    'the logs that Oracle alone has, without two of them',
    of(`${elsewhere}, EnableCloudwatchLogsExports: [alert, trace]`),
    'RDS.9',
    'FAIL',
  ],
  [
    'logs that are open, of another stack',
    of(`${elsewhere}, EnableCloudwatchLogsExports: !Ref Open`),
    'RDS.8',
    'FAIL',
  ],
  [
    'no log, of another stack, which may be of Db2',
    of(elsewhere),
    'RDS.9',
    'UNKNOWN it depends on the engine of what SourceDBInstanceIdentifier names',
  ],
  [
    'the encryption of another stack',
    of(elsewhere),
    'RDS.3',
    'UNKNOWN it depends on the encryption of what SourceDBInstanceIdentifier names',
  ],
  [
    'the upgrades of another stack',
    of(elsewhere),
    'RDS.13',
    'UNKNOWN it depends on the upgrades of what SourceDBInstanceIdentifier names',
  ],
  [
    'the port of a snapshot',
    of('DBSnapshotIdentifier: !Ref Open'),
    'RDS.23',
    'UNKNOWN it depends on the port of what DBSnapshotIdentifier names',
  ],
  [
    'the backups of a snapshot',
    of('DBSnapshotIdentifier: !Ref Open'),
    'RDS.11',
    'UNKNOWN it depends on the backups of what DBSnapshotIdentifier names',
  ],
  [
    'a replica of an encrypted instance',
    replicaOf('Engine: postgres, StorageEncrypted: true'),
    'RDS.3',
    'PASS',
  ],
  [
    'a replica that says that it is encrypted',
    replicaOf('Engine: postgres', ', StorageEncrypted: true'),
    'RDS.3',
    'FAIL',
  ],
  [
    'a replica with the port of its source',
    replicaOf('Engine: mysql, Port: 4406'),
    'RDS.23',
    'PASS',
  ],
  [
    'a replica with the administrator of its source',
    replicaOf('Engine: mysql, MasterUsername: admin'),
    'RDS.25',
    'FAIL',
  ],
  [
    'a replica of a replica',
    `${replicaOf('SourceDBInstanceIdentifier: !Ref First')}${instance('First', 'Engine: mysql, StorageEncrypted: true')}`,
    'RDS.3',
    'PASS',
  ],
  [
    'a circle of replicas',
    of(
      'DBInstanceIdentifier: it, SourceDBInstanceIdentifier: other',
      instance('Other', 'DBInstanceIdentifier: other, SourceDBInstanceIdentifier: it'),
    ),
    'RDS.3',
    'UNKNOWN it depends on a replica that is a replica of itself',
  ],
  [
    'a version by the family of the group',
    of(`Engine: postgres, ${withGroup}`, group('postgres13', '0')),
    'PL.RDS.1',
    'FAIL',
  ],
  [
    'a group that forces TLS, of any version',
    of(`Engine: postgres, ${withGroup}`, group('postgres16', '1')),
    'PL.RDS.1',
    'PASS',
  ],
  ...(
    [
      ['postgres13', 'FAIL'],
      ['postgres16', 'PASS'],
      ['db2-ae', 'NOT_APPLICABLE'],
      ['no-engine13', 'UNKNOWN it depends on Engine, which is not declared'],
    ] as const
  ).map(([family, verdict]): [string, string, string, string] => [
    `an engine by the family ${family} of the group`,
    of(`Port: 4406, ${withGroup}`, group(family, verdict === 'FAIL' ? '0' : '1')),
    'PL.RDS.1',
    verdict,
  ]),
  [
    'an engine by the group of AWS that is named',
    of("DBSnapshotIdentifier: !Ref Open, DBParameterGroupName: 'default.postgres14'"),
    'RDS.9',
    'FAIL',
  ],
  [
    'the engine of a replica by the group of its source',
    `${replicaOf(withGroup)}${group('postgres16', '1')}`,
    'PL.RDS.1',
    'PASS',
  ],
  [
    'the engine of a cluster of a snapshot by its group',
    `${head}  It: {Type: 'AWS::RDS::DBCluster', Properties: {SnapshotIdentifier: !Ref Open, DBClusterParameterGroupName: default.aurora-mysql8.0}}\n`,
    'RDS.14',
    'FAIL',
  ],
  [
    'a replica with the group of its source',
    `${replicaOf(`Engine: postgres, ${withGroup}`)}${group('postgres16', '1')}`,
    'PL.RDS.1',
    'PASS',
  ],
  ['MySQL of any version without a group', of('Engine: mysql'), 'PL.RDS.1', 'FAIL'],
  [
    'a version of which the default depends',
    of('Engine: postgres'),
    'PL.RDS.1',
    'UNKNOWN it depends on EngineVersion, which is not declared',
  ],
])('evaluates %s', async (_, template, control, expected) => {
  expect(await verdictOf(template, control, 'It')).toBe(expected);
});

const ofKind = (kind: string, properties: string) =>
  `${head}  It: {Type: 'AWS::${kind}::DBCluster', Properties: {${properties}}}\n`;
const right =
  'StorageEncrypted: true, BackupRetentionPeriod: 7, EnableCloudwatchLogsExports: [audit], DeletionProtection: true';
it.each([
  ['DocDB', ['DocumentDB.1', 'DocumentDB.2', 'DocumentDB.4', 'DocumentDB.5']],
  ['Neptune', ['Neptune.1', 'Neptune.2', 'Neptune.4', 'Neptune.5']],
])('a cluster of %s is evaluated by the type that CloudFormation has for it', async (kind, ids) => {
  for (const id of ids) {
    expect([id, await verdictOf(ofKind(kind, right), id, 'It')]).toEqual([id, 'PASS']);
    expect([id, await verdictOf(ofKind(kind, ''), id, 'It')]).toEqual([id, 'FAIL']);
  }
  const snapshot = 'SnapshotIdentifier: !Ref Open';
  expect(await verdictOf(ofKind(kind, snapshot), ids[0] ?? '', 'It')).toMatch(/^UNKNOWN/);
});

const multiAz = 'Engine: mysql, DBClusterInstanceClass: db.m5d.large';
const vpcDecides =
  'UNKNOWN it depends on PubliclyAccessible, which is not declared: the VPC then decides';
it.each([
  ['a Multi-AZ DB cluster', 'RDS::DBCluster', `${multiAz}, PubliclyAccessible: true`, 'FAIL'],
  ['a private one', 'RDS::DBCluster', `${multiAz}, PubliclyAccessible: false`, 'PASS'],
  ['one of which the VPC decides', 'RDS::DBCluster', multiAz, vpcDecides],
  ['one of Aurora, whose instances say it', 'RDS::DBCluster', 'Engine: aurora-mysql', '0 verdicts'],
  ['an instance of Neptune', 'Neptune::DBInstance', 'PubliclyAccessible: "true"', 'FAIL'],
  ['a private one', 'Neptune::DBInstance', 'PubliclyAccessible: false', 'PASS'],
  ['one that says nothing', 'Neptune::DBInstance', '', 'PASS by default'],
])('asks %s whether it can be reached from outside', async (_, type, properties, expected) => {
  const text = `${head}  It: {Type: 'AWS::${type}', Properties: {${properties}}}\n`;
  expect(await verdictOf(text, 'RDS.2', 'It')).toBe(expected);
});
it('asks a cluster that has the name of an instance for its own address', async () => {
  const named = (type: string, id: string, isPublic: boolean) =>
    `  ${id}: {Type: 'AWS::RDS::${type}', Properties: {${multiAz}, ${type}Identifier: shop, PubliclyAccessible: ${isPublic}}}\n`;
  const text = `${head}${named('DBInstance', 'A', false)}${named('DBCluster', 'B', true)}`;
  expect(await verdictOf(text, 'RDS.2', 'A')).toBe('PASS');
  expect(await verdictOf(text, 'RDS.2', 'B')).toBe('FAIL');
});

const network = (gateway: string, database: string) => `
Parameters: {Open: {Type: String}, Kind: {Type: String, Default: open, AllowedValues: [open, shut]}}
Conditions: {IsOpen: !Equals [!Ref Kind, open]}
Resources:
  Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, ${gateway}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network, CidrBlock: 10.0.1.0/24}}
  Foreign: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Open, CidrBlock: 10.0.1.0/24}}
  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: a, SubnetIds: [!Ref A, !Ref B]}}
  Named: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupName: Own, DBSubnetGroupDescription: a, SubnetIds: [!Ref A]}}
  Elsewhere: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: a, SubnetIds: [!Ref Foreign]}}
  It: {${database}}
`;
const ofVpc = (id: string) => `Properties: {VpcId: !Ref ${id}, InternetGatewayId: !Ref Gateway}`;
const in_ = (group: string, more = '') =>
  `Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBSubnetGroupName: ${group}${more}}`;
const ofCluster = 'Type: AWS::RDS::DBCluster';
it.each([
  ['an instance', ofVpc('Network'), in_('!Ref Group'), 'FAIL'],
  ['a group by its name', ofVpc('Network'), in_('own'), 'FAIL'],
  ['a VPC that is elsewhere', ofVpc('Open'), in_('!Ref Elsewhere'), 'FAIL'],
  [
    'a Multi-AZ DB cluster',
    ofVpc('Network'),
    `${ofCluster}, Properties: {${multiAz}, DBSubnetGroupName: !Ref Group}`,
    'FAIL',
  ],
  ['one that says it', ofVpc('Network'), in_('!Ref Group', ', PubliclyAccessible: false'), 'PASS'],
  [
    'a gateway on a condition',
    `Condition: IsOpen, ${ofVpc('Network')}`,
    in_('!Ref Group'),
    'FAIL when Kind is open',
  ],
  ['another VPC', ofVpc('Other'), in_('!Ref Group'), vpcDecides],
  ['an open VPC', ofVpc('Open'), in_('!Ref Group'), vpcDecides],
  [
    'a gateway of a VPN',
    'Properties: {VpcId: !Ref Network, VpnGatewayId: !Ref Open}',
    in_('!Ref Group'),
    vpcDecides,
  ],
  ['an open group', ofVpc('Network'), in_('!Ref Open'), vpcDecides],
  [
    'no group',
    ofVpc('Network'),
    'Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}',
    vpcDecides,
  ],
  ['a replica', ofVpc('Network'), in_('!Ref Group', ', SourceDBInstanceIdentifier: a'), vpcDecides],
  [
    'a member of a cluster',
    ofVpc('Network'),
    in_('!Ref Group', ', DBClusterIdentifier: a'),
    vpcDecides,
  ],
])('knows of the internet gateway of a VPC: %s', async (_, gateway, database, expected) => {
  expect(await verdictOf(network(gateway, database), 'RDS.2', 'It')).toBe(expected);
});
