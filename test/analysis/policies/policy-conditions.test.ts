import {
  letsOnlyKnownThrough,
  sparesOnlyKnown,
} from '../../../lib/analysis/policies/policy-conditions.ts';
import { parsePolicy } from '../../../lib/analysis/policies/policy-document.ts';

const variable = (name: string) => `\${${name}}`;

const conditionOf = (operator: string, key: string, values: string | string[]) => {
  const Statement = { Effect: 'Allow', Action: '*', Condition: { [operator]: { [key]: values } } };
  const policy = parsePolicy(JSON.stringify({ Statement }));
  const condition = 'statements' in policy && policy.statements[0]?.conditions[0];
  if (!condition) throw new Error(JSON.stringify(policy));
  return condition;
};

describe('letsOnlyKnownThrough', () => {
  it.each<[string, string, string | string[], boolean]>([
    ['StringEquals', 'aws:SourceVpc', 'vpc-1a2b', true],
    ['StringEquals', 'AWS:sourcevpc', 'vpc-1a2b', true],
    ['StringLike', 'aws:SourceVpc', 'vpc-1a2b', true],
    ['StringLike', 'aws:SourceVpc', 'vpc-*', false],
    ['ArnEquals', 'aws:SourceVpcArn', 'arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1a2b', true],
    ['ArnLike', 'aws:SourceVpcArn', 'arn:aws:ec2:us-east-1:111122223333:vpc/*', false],
    ['StringEquals', 'aws:SourceVpce', ['vpce-1a2b', 'vpce-3c4d'], true],
    ['StringEquals', 'aws:SourceVpce', [], false],
    ['IpAddress', 'aws:SourceIp', [], false],
    ['StringLike', 'aws:SourceVpce', ['vpce-1a2b', 'vpce-*'], false],
    ['StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1a2b', false],
    ['StringNotEquals', 'aws:SourceVpce', 'vpce-1a2b', false],
    ['ForAllValues:StringEquals', 'aws:SourceVpce', 'vpce-1a2b', false],
    ['ForAnyValue:StringEquals', 'aws:SourceVpce', 'vpce-1a2b', true],
    ['Null', 'aws:SourceVpce', 'false', false],
    ['StringEquals', 'aws:PrincipalOrgID', 'o-a1b2', true],
    ['StringLike', 'aws:PrincipalOrgID', 'o-*', false],
    ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-a1b2/r-c3/ou-d4/*', true],
    ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-*/r-c3/*', false],
    ['StringEquals', 'aws:PrincipalAccount', '111122223333', true],
    ['StringEquals', 'aws:PrincipalServiceName', 'logging.s3.amazonaws.com', true],
    // Variables of the bucket's own account and organization are nobody's to choose.
    ['StringEquals', 'aws:PrincipalAccount', variable('aws:ResourceAccount'), true],
    ['StringLike', 'aws:PrincipalAccount', variable('AWS:resourceaccount'), true],
    ['StringEquals', 'aws:PrincipalOrgID', variable('aws:ResourceOrgID'), true],
    ['StringEquals', 'aws:SourceAccount', variable('aws:ResourceAccount'), true],
    ['StringEquals', 'aws:SourceOrgID', variable('aws:ResourceOrgID'), true],
    ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${variable('aws:ResourceOrgID')}/*`, true],
    [
      'ArnEquals',
      'aws:PrincipalArn',
      `arn:aws:iam::${variable('aws:ResourceAccount')}:role/a`,
      true,
    ],
    [
      'ArnLike',
      'aws:PrincipalArn',
      `arn:aws:iam::${variable('aws:ResourceAccount')}:role/*`,
      false,
    ],
    ['StringLike', 'aws:PrincipalAccount', `${variable('aws:ResourceAccount')}*`, false],
    ['StringEqualsIfExists', 'aws:PrincipalAccount', variable('aws:ResourceAccount'), false],
    ['StringEquals', 'aws:PrincipalAccount', variable("aws:ResourceAccount, '*'"), false],
    // The comparison turned round says the same.
    ['StringEquals', 'aws:ResourceAccount', variable('aws:PrincipalAccount'), true],
    ['StringEquals', 'aws:ResourceOrgID', variable('aws:PrincipalOrgID'), true],
    ['StringNotEquals', 'aws:ResourceAccount', variable('aws:PrincipalAccount'), false],
    // Variables of the caller are his to choose, and are the same on both sides.
    ['StringEquals', 'aws:PrincipalAccount', variable('aws:PrincipalAccount'), false],
    ['StringEquals', 'aws:PrincipalOrgID', variable('aws:PrincipalOrgID'), false],
    ['StringEquals', 'aws:SourceVpc', variable('aws:Ec2InstanceSourceVpc'), false],
    ['StringEquals', 'aws:PrincipalAccount', variable('aws:SourceAccount'), false],
    ['StringEquals', 'aws:PrincipalAccount', variable('aws:PrincipalTag/account'), false],
    ['StringEquals', 'aws:SourceVpc', variable('aws:ResourceOrgID'), false],
    ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/a', true],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/a', false],
    // S3 asks for values without any wildcard, even where the account is fixed.
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*', false],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:us-east-1:111122223333:topic', true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:*:*', false],
    ['StringEquals', 'aws:SourceAccount', '111122223333', true],
    ['StringEquals', 'aws:userid', 'AIDAEXAMPLE', true],
    ['StringLike', 'aws:userid', 'AROAEXAMPLE:*', false],
    // Callers who do not sign have these values.
    ['StringEquals', 'aws:userid', 'anonymous', false],
    ['StringEquals', 'aws:PrincipalAccount', 'anonymous', false],
    ['StringEquals', 'aws:PrincipalAccount', ['111122223333', 'anonymous'], false],
    ['StringEqualsIgnoreCase', 'aws:PrincipalAccount', 'Anonymous', false],
    ['StringEquals', 's3:DataAccessPointAccount', '111122223333', true],
    ['ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:us-west-2:111122223333:accesspoint/*', true],
    ['ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:us-west-2:*:accesspoint/a', false],
    ['StringEquals', 's3:x-amz-server-side-encryption-aws-kms-key-id', 'arn:aws:kms:key', true],
    ['StringEquals', 'aws:PrincipalTag/team', 'a', false],
    ['StringEquals', 'aws:username', 'bob', false],
    ['StringLike', 'aws:Referer', 'https://example.org/', false],
    ['StringEquals', 'aws:UserAgent', 'secret', false],
    ['StringEquals', 'aws:ResourceAccount', '111122223333', false],
    ['Bool', 'aws:SecureTransport', 'true', false],
    ['DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z', false],

    ['IpAddress', 'aws:SourceIp', '192.0.2.1', true],
    ['IpAddress', 'aws:SourceIp', '192.0.2.0/24', true],
    ['IpAddress', 'aws:SourceIp', '11.0.0.0/8', true],
    ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', true],
    ['IpAddress', 'aws:SourceIp', '12.0.0.0/7', false],
    ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', false],
    ['IpAddress', 'aws:SourceIp', ['0.0.0.0/1', '128.0.0.0/1'], false],
    ['IpAddress', 'aws:SourceIp', ['192.0.2.0/24', '0.0.0.0/0'], false],
    // S3 weighs each range by itself; many of them are everybody all the same.
    ['IpAddress', 'aws:SourceIp', Array.from({ length: 256 }, (_, i) => `${i}.0.0.0/8`), false],
    [
      'IpAddress',
      'aws:SourceIp',
      Array.from({ length: 512 }, (_, i) => `${i >> 1}.${128 * (i % 2)}.0.0/9`),
      false,
    ],
    ['IpAddress', 'aws:SourceIp', ['11.0.0.0/8', '12.0.0.0/8'], false],
    ['IpAddress', 'aws:SourceIp', ['11.0.0.0/9', '11.128.0.0/9', '11.2.0.0/16'], true],
    [
      'IpAddress',
      'aws:SourceIp',
      ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '11.0.0.0/8'],
      true,
    ],
    [
      'IpAddress',
      'aws:SourceIp',
      Array.from({ length: 16 }, (_, i) => `2${i.toString(16)}00::/32`),
      false,
    ],
    ['IpAddress', 'aws:SourceIp', ['2001:db8::/33', '2001:db8:8000::/33'], true],
    ['IpAddress', 'aws:SourceIp', '::ffff:0:0/96', false],
    ['IpAddress', 'aws:SourceIp', '::ffff:192.0.2.0/120', true],
    ['ForAllValues:IpAddress', 'aws:SourceIp', '192.0.2.0/24', false],
    ['IpAddress', 'aws:SourceIp', '2001:db8::/32', true],
    ['IpAddress', 'aws:SourceIp', '2001:DB8::1', true],
    ['IpAddress', 'aws:SourceIp', '2000::/3', false],
    ['IpAddress', 'aws:SourceIp', '::/0', false],
    ['IpAddress', 'aws:SourceIp', variable('aws:SourceIp'), false],
    ['IpAddress', 'aws:SourceIp', '192.0.2.0/x', false],
    ['IpAddress', 'aws:SourceIp', '*', false],
    ['IpAddressIfExists', 'aws:SourceIp', '192.0.2.0/24', false],
    ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24', false],
    // A private address says nothing of whose network it is in.
    ['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/16', false],
    ['StringEquals', 'aws:SourceIp', '192.0.2.1', false],
  ])('%s %s %j: %j', (operator, key, values, expected) => {
    expect(letsOnlyKnownThrough(conditionOf(operator, key, values))).toBe(expected);
  });
});

describe('sparesOnlyKnown', () => {
  it.each<[string, string, string | string[], boolean]>([
    ['StringNotEquals', 'aws:SourceVpce', 'vpce-1a2b', true],
    ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-a1b2', true],
    ['StringNotLike', 'aws:SourceVpce', 'vpce-*', false],
    ['StringNotEquals', 'aws:SourceVpce', [], false],
    ['ArnNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/a', true],
    ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/a', false],
    ['ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', 'o-a1b2/*', true],
    ['ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', 'o-a1b2/*', false],
    ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24', true],
    ['NotIpAddress', 'aws:SourceIp', '0.0.0.0/1', false],
    ['NotIpAddress', 'aws:SourceIp', Array.from({ length: 256 }, (_, i) => `${i}.0.0.0/8`), false],
    ['StringNotEquals', 'aws:PrincipalAccount', variable('aws:ResourceAccount'), true],
    // Of an owner in no organization this cannot be resolved, and the Deny may be void.
    ['StringNotEquals', 'aws:PrincipalOrgID', variable('aws:ResourceOrgID'), false],
    ['StringNotEquals', 'aws:ResourceOrgID', variable('aws:PrincipalOrgID'), false],
    ['StringEquals', 'aws:SourceVpce', 'vpce-1a2b', false],
    ['StringNotEquals', 'aws:UserAgent', 'secret', false],
    ['Bool', 'aws:SecureTransport', 'false', false],
  ])('%s %s %j: %j', (operator, key, values, expected) => {
    expect(sparesOnlyKnown(conditionOf(operator, key, values))).toBe(expected);
  });
});
