import { parsePolicy } from '../../../../lib/analysis/policies/policy-document.ts';
import { isAnybody, knowing, trustees } from '../../../../lib/controls/iam/shared/trust-policy.ts';

const account = '123456789012';
const boundsOf = (...Statement: object[]) => {
  const parsed = parsePolicy(JSON.stringify({ Statement }));
  if ('unreadable' in parsed) throw new Error(parsed.unreadable);
  return trustees(parsed.statements, account).map(({ bounds }) => bounds.flat());
};
const variable = (name: string) => `\${aws:${name}}`;
const statement = (Effect: string, Condition?: object) => ({
  Effect,
  Principal: { AWS: '*' },
  Action: 'sts:AssumeRole',
  ...(Condition ? { Condition } : {}),
});

describe('whom a condition holds callers to', () => {
  it.each([
    [{ StringEquals: { 'aws:PrincipalAccount': '210987654321' } }, ['210987654321']],
    [
      { StringEquals: { 'AWS:principalaccount': ['210987654321', '333333333333'] } },
      ['210987654321', '333333333333'],
    ],
    [
      { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::210987654321:user/alice' } },
      ['210987654321'],
    ],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:210987654321:*' } }, ['210987654321']],
    [{ ArnEquals: { 'aws:PrincipalArn': 'arn:*:iam::210987654321:role/*' } }, ['210987654321']],
    [
      { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::210987654321:role/cdk-*-210987654321-*' } },
      ['210987654321'],
    ],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, ['o-a1b2c3d4e5']],
    [{ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }, ['o-a1b2c3d4e5']],
    [{ StringLike: { 'aws:PrincipalAccount': variable('ResourceAccount') } }, [account]],
    [
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${variable('resourceaccount')}:role/*` } },
      [account],
    ],
    [{ StringEquals: { 'aws:PrincipalOrgID': variable('ResourceOrgID') } }, [account]],
    [
      { StringLike: { 'aws:PrincipalOrgPaths': `${variable('ResourceOrgID')}/r-ab12/*` } },
      [account],
    ],
    [{ IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, ['unknown']],
    [{ StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }, ['unknown']],
  ])('%j', (condition, owners) => {
    expect(boundsOf(statement('Allow', condition))).toEqual([[owners]]);
  });

  it.each([
    { StringNotEquals: { 'aws:PrincipalAccount': '210987654321' } },
    { StringLike: { 'aws:PrincipalAccount': '2109*' } },
    { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/210987654321' } },
    { StringLike: { 'aws:PrincipalArn': 'arn:*:iam::210987654321:role/deploy' } },
    { StringLike: { 'aws:PrincipalArn': 'arn:aws:*:*:210987654321:*' } },
    { StringEquals: { 'aws:PrincipalTag/team': 'shop' } },
    { StringEquals: { 'sts:ExternalId': '210987654321' } },
    { StringEquals: { 'sts:RoleSessionName': 'nightly' } },
    { StringEquals: { 'sts:ExternalId': variable('ResourceAccount') } },
    { StringEquals: { 'aws:PrincipalTag/owner': variable('ResourceOrgID') } },
    { StringEquals: { 'aws:ResourceAccount': variable('ResourceAccount') } },
    { StringLike: { 'aws:PrincipalAccount': `${variable('PrincipalAccount')}` } },
    { StringLike: { 'aws:PrincipalOrgID': `${variable('ResourceOrgID')}*` } },
    { Null: { 'aws:PrincipalOrgID': 'false' } },
    { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
  ])('nobody: %j', (condition) => {
    expect(boundsOf(statement('Allow', condition))).toEqual([[]]);
  });

  it('is what one Deny spares, any of its conditions', () => {
    const spared = {
      StringNotEquals: {
        'aws:PrincipalOrgID': 'o-a1b2c3d4e5',
        'aws:PrincipalAccount': '333333333333',
      },
    };
    expect(boundsOf(statement('Allow'), statement('Deny', spared))).toEqual([
      [['o-a1b2c3d4e5', '333333333333']],
    ]);
  });

  it('is nobody where a Deny takes everybody', () => {
    const [bounds = []] = boundsOf(statement('Allow'), statement('Deny'));
    const trustee = { path: '', principal: '', bounds: [bounds] };
    expect(isAnybody(trustee)).toBe(false);
    expect(knowing(new Set())(trustee)).toBe(true);
  });

  it('is not what a Deny for others spares', () => {
    const deny = {
      ...statement('Deny', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      Principal: { AWS: 'arn:aws:iam::123456789012:user/eve' },
    };
    expect(boundsOf(statement('Allow'), deny)).toEqual([[]]);
  });
});

describe('who is known', () => {
  const isKnownTo = (bounds: string[][], ...known: string[]) =>
    knowing(new Set(known))({ path: '', principal: '', bounds: [bounds] });
  it('is known by one bound, all owners of it', () => {
    expect(isKnownTo([['333333333333'], ['o-a1b2c3d4e5']], 'o-a1b2c3d4e5')).toBe(true);
    expect(isKnownTo([['333333333333', account]], account)).toBe(false);
    expect(isKnownTo([], account)).toBe(false);
  });
});
