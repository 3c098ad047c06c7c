import { checkedIn, templateFrom, verdictOf } from './checking.ts';

/** What is elsewhere, or comes of a snapshot, leaves open what is about it, and nothing else. */
it.each<[type: string, properties: string, unknown: readonly string[]]>([
  ['Redshift::Cluster', '{SnapshotIdentifier: s}', ['Redshift.10', 'Redshift.8']],
  ['Redshift::Cluster', '{SnapshotIdentifier: s, Encrypted: true, MasterUsername: a}', []],
  ['DocDB::DBCluster', '{SnapshotIdentifier: s}', ['DocumentDB.1']],
  ['DocDB::DBCluster', '{SnapshotIdentifier: s, KmsKeyId: a}', []],
  ['Neptune::DBCluster', '{SnapshotIdentifier: s}', ['Neptune.1']],
  ['Neptune::DBCluster', '{SnapshotIdentifier: s, KmsKeyId: a}', []],
  [
    'ECS::Service',
    '{LaunchType: FARGATE, PlatformVersion: 1.3.0, DeploymentController: {Type: EXTERNAL}}',
    ['ECS.2'],
  ],
  [
    'ECS::Service',
    '{LaunchType: FARGATE, PlatformVersion: 1.0.0, TaskDefinition: "a:1"}',
    ['ECS.10'],
  ],
  [
    'AutoScaling::AutoScalingGroup',
    '{VPCZoneIdentifier: [s, t], TargetGroupARNs: [a]}',
    ['AutoScaling.2'],
  ],
  ['Lambda::Function', '{VpcConfig: {SubnetIds: [s, t]}, Runtime: nodejs24.x}', ['Lambda.5']],
  ['ElasticLoadBalancingV2::LoadBalancer', '{Subnets: [s, t]}', []],
  ['OpenSearchService::Domain', '{VPCOptions: {SubnetIds: [s, t]}}', []],
])('AWS::%s of %s', async (type, properties, unknown) => {
  const template = `Resources:\n  It: {Type: 'AWS::${type}', Properties: ${properties}}\n`;
  const all = await checkedIn(await templateFrom(template));
  const found = all.filter(({ verdict }) => verdict.status === 'UNKNOWN');
  expect(found.map(({ control }) => control.id).toSorted()).toEqual(unknown);
});

/** What a policy of AWS gives no template says: it is not asked where anybody gets it. */
it.each([
  "Principal: '*', Action: 'sts:AssumeRole'",
  "Principal: {AWS: '*'}, Action: 'sts:*'",
  'Principal: {Federated: cognito-identity.amazonaws.com}, Action: sts:AssumeRoleWithWebIdentity',
])('a role of AWS with {%s} is open', async (statement) => {
  const role = `{AssumeRolePolicyDocument: {Statement: [{Effect: Allow, ${statement}}]}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']}`;
  const text = `Resources:\n  It: {Type: 'AWS::IAM::Role', Properties: ${role}}\n`;
  expect(await verdictOf(text, 'PL.IAM.1', 'It')).toMatch(/^FAIL/);
});
it('a role for the guests of one pool is unknown by what it gives them', async () => {
  const condition =
    "{StringEquals: {'cognito-identity.amazonaws.com:aud': 'us-east-1:a'}, 'ForAnyValue:StringLike': {'cognito-identity.amazonaws.com:amr': unauthenticated}}";
  const statement = `{Effect: Allow, Principal: {Federated: cognito-identity.amazonaws.com}, Action: sts:AssumeRoleWithWebIdentity, Condition: ${condition}}`;
  const role = `{AssumeRolePolicyDocument: {Statement: [${statement}]}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']}`;
  const text = `Resources:\n  It: {Type: 'AWS::IAM::Role', Properties: ${role}}\n`;
  expect(await verdictOf(text, 'PL.IAM.1', 'It')).toMatch(
    /^UNKNOWN guestPrivileges is not known: what /,
  );
});
