import { readFile } from 'node:fs/promises';
import { parseEvent } from '../../../lib/engine/changes/event-to-changes.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { provenanceOf } from '../../fakes/heard.ts';

const account = '123456789012';
const place = { account, homeRegion: 'us-east-1', regions: ['us-east-1'] };
const model = JSON.parse(
  await readFile(
    new URL('../../events/AuthorizeSecurityGroupIngress.json', import.meta.url),
    'utf8',
  ),
);
const alice = { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/alice`, userName: 'alice' };

/** Which resources of a type an event of CloudTrail names, or that it can be about any. */
const idsOf = (type: string, call: string, detail: object): readonly string[] | 'all' => {
  const [service, eventName] = call.split(':');
  const parsed = parseEvent(
    {
      ...model,
      source: `aws.${service}`,
      detail: {
        ...model.detail,
        eventSource: `${service}.amazonaws.com`,
        eventName,
        requestParameters: null,
        responseElements: null,
        userIdentity: alice,
        ...detail,
      },
    },
    resourceTypes,
    place,
    provenanceOf({}),
  );
  if ('dropped' in parsed) throw new Error(parsed.dropped);
  const isAll = parsed.sweeps.some((one) => one.sweep === type && one.lender === undefined);
  // What decides who may read it is told twice.
  const ids = [
    ...new Set(parsed.changes.flatMap((one) => (one.type === type ? [one.ref.id] : []))),
  ];
  if (isAll && ids.length > 0) throw new Error('both');
  return isAll ? 'all' : ids;
};

const group = 'AWS::EC2::SecurityGroup';
const user = 'AWS::IAM::User';
const requested = (requestParameters: unknown) => ({ requestParameters });
const answered = (responseElements: unknown, requestParameters: unknown = null) => ({
  requestParameters,
  responseElements,
});
const source = { ipPermissions: { items: [{ groups: { items: [{ groupId: 'sg-source' }] } }] } };
const cut = { reason: 'requestParameters too large', omitted: true, originalSize: 131_072 };
const authorize = 'ec2:AuthorizeSecurityGroupIngress';

const cases: Record<
  string,
  [type: string, call: string, detail: object, ids: readonly string[] | 'all']
> = {
  'the old dialect': [group, authorize, requested({ groupId: 'sg-1', ...source }), ['sg-1']],
  'the new dialect': [
    group,
    authorize,
    requested({ AuthorizeSecurityGroupIngressRequest: { GroupId: 'sg-1' } }),
    ['sg-1'],
  ],
  'a group by its name: each rule that is answered has its id': [
    group,
    authorize,
    answered(
      {
        _return: true,
        securityGroupRuleSet: {
          items: [
            { groupId: 'sg-1', securityGroupRuleId: 'sgr-1' },
            { groupId: 'sg-1', securityGroupRuleId: 'sgr-2' },
          ],
        },
      },
      { groupName: 'web', ...source },
    ),
    ['sg-1'],
  ],
  'a group by its name, answered in the new dialect': [
    group,
    authorize,
    answered(
      {
        AuthorizeSecurityGroupIngressResponse: {
          securityGroupRuleSet: { item: { groupId: 'sg-1' } },
        },
      },
      { groupName: 'web' },
    ),
    ['sg-1'],
  ],
  'rules that were taken off by the group’s name': [
    group,
    'ec2:RevokeSecurityGroupIngress',
    answered(
      { revokedSecurityGroupRuleSet: { items: [{ groupId: 'sg-1' }] } },
      { groupName: 'web' },
    ),
    ['sg-1'],
  ],
  'the source of a rule is not the group that has it': [
    group,
    authorize,
    requested({ groupName: 'web', ...source }),
    'all',
  ],
  'the names of a query': [group, authorize, requested({ 'GroupId.1': 'sg-1' }), ['sg-1']],
  'a list with its content apart': [
    group,
    authorize,
    requested({ GROUPID: [{ content: 'sg-1', tag: 1 }, { content: 'sg-2' }] }),
    ['sg-1', 'sg-2'],
  ],
  'parameters that were left out': [group, authorize, requested(cut), 'all'],
  'parameters of which the end was cut off': [
    group,
    authorize,
    requested({ groupId: 'sg-1', omitted: 'true' }),
    'all',
  ],
  'parameters that were left out, and an answer that names the group': [
    group,
    authorize,
    answered({ securityGroupRuleSet: { items: [{ groupId: 'sg-1' }] } }, cut),
    ['sg-1'],
  ],
  'parameters and an answer that were left out': [
    group,
    authorize,
    answered({ omitted: true, reason: 'responseElements too large' }, cut),
    'all',
  ],
  'a prefix list': [
    'AWS::EC2::PrefixList',
    'ec2:ModifyManagedPrefixList',
    requested({ modifyManagedPrefixListRequest: { prefixListId: 'pl-1' } }),
    ['pl-1'],
  ],
  'a policy that is put on a user': [
    user,
    'iam:PutUserPolicy',
    requested({ userName: 'bob', policyName: 'p', policyDocument: '{}' }),
    ['bob'],
  ],
  'a policy too large for CloudTrail, that is put on somebody': [
    user,
    'iam:PutUserPolicy',
    requested(cut),
    'all',
  ],
  'a call on somebody that names nobody': [user, 'iam:PutUserPolicy', requested({}), 'all'],
  'a call on the caller': [user, 'iam:CreateAccessKey', requested(null), ['alice']],
  'a call on the caller with parameters that lack the name': [
    user,
    'iam:DeleteAccessKey',
    requested({ accessKeyId: 'AKIAEXAMPLE' }),
    ['alice'],
  ],
  'a call on the caller, or on anybody: the parameters were left out': [
    user,
    'iam:DeleteAccessKey',
    requested(cut),
    'all',
  ],
  'a call on the caller, or on anybody: there are no parameters': [
    user,
    'iam:DeleteAccessKey',
    requested(undefined),
    'all',
  ],
  'a user by its ARN': [
    user,
    'iam:AttachUserPolicy',
    requested({ userName: `arn:aws:iam::${account}:user/staff/bob` }),
    ['bob'],
  ],
  'a role by its ARN': [
    'AWS::IAM::Role',
    'iam:AttachRolePolicy',
    requested({ RoleName: `arn:aws:iam::${account}:role/ci/deploy` }),
    ['deploy'],
  ],
  'a policy whose holder cannot be known': [
    'AWS::IAM::Policy',
    'iam:AttachRolePolicy',
    requested(cut),
    'all',
  ],
  'a policy of AWS': [
    'AWS::IAM::Policy',
    'iam:AttachRolePolicy',
    requested({ policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', roleName: 'a' }),
    [],
  ],
  'a group that is renamed': [
    'AWS::IAM::Group',
    'iam:UpdateGroup',
    requested({ groupName: 'old', newGroupName: 'new' }),
    ['old', 'new'],
  ],
  'a certificate that is renamed': [
    'AWS::IAM::ServerCertificate',
    'iam:UpdateServerCertificate',
    requested({ serverCertificateName: 'old', newServerCertificateName: 'new' }),
    ['old', 'new'],
  ],
  'a bucket': ['AWS::S3::Bucket', 's3:PutBucketPolicy', requested({ bucketName: 'b' }), ['b']],
  'a bucket by its ARN': [
    'AWS::S3::Bucket',
    's3:PutBucketPolicy',
    requested({ BucketName: ['arn:aws:s3:::b'] }),
    ['b'],
  ],
  'an access point, whose bucket the record names': [
    'AWS::S3::Bucket',
    's3:PutBucketPolicy',
    {
      ...requested({ bucketName: `arn:aws:s3:us-east-1:${account}:accesspoint/reports` }),
      resources: [
        { type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::b/' },
        { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::b', accountId: account },
      ],
    },
    ['b'],
  ],
  'an access point of a bucket that nothing names': [
    'AWS::S3::Bucket',
    's3:PutBucketPolicy',
    requested({ bucketName: 'reports-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias' }),
    'all',
  ],
  'a bucket policy too large for CloudTrail': [
    'AWS::S3::Bucket',
    's3:PutBucketPolicy',
    requested(cut),
    'all',
  ],
  'a database in any case': [
    'AWS::RDS::DBInstance',
    'rds:ModifyDBInstance',
    requested({ DBInstanceIdentifier: 'Orders', newDBInstanceIdentifier: 'orders-2' }),
    ['orders', 'orders-2'],
  ],
  'a database by its ARN': [
    'AWS::RDS::DBInstance',
    'rds:ModifyDBInstance',
    requested({ dBInstanceIdentifier: `arn:aws:rds:us-east-1:${account}:db:orders` }),
    ['orders'],
  ],
  'a cluster by the ARN of another account': [
    'AWS::RDS::DBCluster',
    'rds:ModifyDBCluster',
    requested({ dBClusterIdentifier: 'arn:aws:rds:us-east-1:444455556666:cluster:orders' }),
    [],
  ],
  'a switch of databases that names neither': [
    'AWS::RDS::DBInstance',
    'rds:SwitchoverBlueGreenDeployment',
    requested({ blueGreenDeploymentIdentifier: 'bgd-1' }),
    'all',
  ],
  'a restart of an instance of no cluster': [
    'AWS::RDS::DBCluster',
    'rds:RebootDBInstance',
    requested({ dBInstanceIdentifier: 'orders' }),
    [],
  ],
  'a snapshot that outlives its instance': [
    'AWS::RDS::DBSnapshot',
    'rds:DeleteDBInstance',
    requested({ dBInstanceIdentifier: 'orders', finalDBSnapshotIdentifier: 'Last' }),
    ['last'],
  ],
  'a snapshot in a deletion whose parameters were left out': [
    'AWS::RDS::DBSnapshot',
    'rds:DeleteDBInstance',
    requested(cut),
    'all',
  ],
  'one of several breakers': [
    'Plumbline::Breakers',
    'ssm:DeleteParameters',
    requested({ names: { items: ['/a', '/plumbline/breakers/S3.8'] } }),
    ['us-east-1'],
  ],
  'parameters that are no breakers': [
    'Plumbline::Breakers',
    'ssm:DeleteParameters',
    requested({ names: ['/a', '/b'] }),
    [],
  ],
  'the switch among other parameters': [
    'Plumbline::Switch',
    'ssm:DeleteParameters',
    requested({ names: { items: ['/a', '/plumbline/remediation'] } }),
    ['us-east-1'],
  ],
  'the switch by its ARN': [
    'Plumbline::Switch',
    'ssm:PutParameter',
    requested({ name: 'arn:aws:ssm:us-east-1:123456789012:parameter/plumbline/remediation' }),
    ['us-east-1'],
  ],
  'parameters that are no switch': [
    'Plumbline::Switch',
    'ssm:PutParameter',
    requested({ name: '/plumbline/remediation/more' }),
    [],
  ],
  'a parameter that may be the switch': [
    'Plumbline::Switch',
    'ssm:PutParameter',
    requested(cut),
    ['us-east-1'],
  ],
  'parameters of SSM that were left out': [
    'Plumbline::Breakers',
    'ssm:PutParameter',
    requested(cut),
    ['us-east-1'],
  ],
  'a policy of a queue that was left out': [
    'Plumbline::Deployment',
    'sqs:SetQueueAttributes',
    requested(cut),
    ['us-east-1'],
  ],
  'the policy of a key': [
    'AWS::KMS::Key',
    'kms:PutKeyPolicy',
    requested({ keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', policyName: 'default' }),
    ['1234abcd-12ab-34cd-56ef-1234567890ab'],
  ],
  'a policy of our own role': [
    'Plumbline::Deployment',
    'iam:PutRolePolicy',
    requested({ roleName: 'Plumbline-EvaluateRole-1', policyName: 'theirs' }),
    ['us-east-1'],
  ],
  'a version of our own managed policy': [
    'Plumbline::Deployment',
    'iam:CreatePolicyVersion',
    requested({ policyArn: `arn:aws:iam::${account}:policy/Plumbline-Reading-1` }),
    ['us-east-1'],
  ],
  'a policy of a role that is none of ours': [
    'Plumbline::Deployment',
    'iam:PutRolePolicy',
    requested({ roleName: 'web', policyName: 'x' }),
    [],
  ],
  'a change set of our stack': [
    'Plumbline::Deployment',
    'cloudformation:ExecuteChangeSet',
    requested({ stackName: 'Plumbline', changeSetName: 'cdk-deploy-change-set' }),
    ['us-east-1'],
  ],
  'a change set whose stack is not named': [
    'Plumbline::Deployment',
    'cloudformation:ExecuteChangeSet',
    requested({ changeSetName: `arn:aws:cloudformation:us-east-1:${account}:changeSet/x/1` }),
    'all',
  ],
};

describe('an event names', () => {
  it.each(Object.entries(cases))('%s', (_, [type, call, detail, ids]) => {
    expect(idsOf(type, call, detail)).toEqual(ids);
  });
});

it('what came with a VPC is swept by that, and is the caller’s by that', () => {
  const detail = {
    ...model.detail,
    eventName: 'CreateVpc',
    requestParameters: { cidrBlock: '10.0.0.0/16' },
  };
  const arrive = (responseElements: unknown) =>
    parseEvent(
      { ...model, detail: { ...detail, responseElements } },
      resourceTypes,
      place,
      provenanceOf({}),
    );
  const [told] = Object(arrive({ vpc: { vpcId: 'vpc-1' } })).sweeps;
  expect(told).toMatchObject({ sweep: group, with: 'vpc-1' });
  expect(told.cause).not.toHaveProperty('reach');
  // Nothing that was there before is changed by it.
  expect(arrive(null)).toMatchObject({
    sweeps: [{ sweep: group, cause: { reach: [] } }, { sweep: 'AWS::EC2::VPC' }],
  });
});
