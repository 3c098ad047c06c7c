/** A policy of a resource, of these statements. */
export const policyOf = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

/** An Allow of one action on everything, but for what is said. */
export const allowing =
  (Action: string) =>
  (statement: object): object => ({ Effect: 'Allow', Action, Resource: '*', ...statement });

interface PolicyRow {
  readonly given: { readonly policy: string };
  readonly verdict: 'PASS' | 'FAIL' | 'UNKNOWN';
}
const account = '123456789012';
const everybody = { Principal: '*' };

/** What a policy of any service says of the public, in rows that need no plan. */
export const rowsOfAny = (Action: string): Readonly<Record<string, PolicyRow>> => {
  const allow = allowing(Action);
  const held = (operator: string, key: string, value: unknown) =>
    policyOf(allow({ ...everybody, Condition: { [operator]: { [key]: value } } }));
  const passes = (policy: string): PolicyRow => ({ given: { policy }, verdict: 'PASS' });
  return {
    'a policy for the account': passes(
      policyOf(allow({ Principal: { AWS: `arn:aws:iam::${account}:root` } })),
    ),
    'a policy for another account': passes(policyOf(allow({ Principal: { AWS: '444455556666' } }))),
    'a policy for a service': passes(
      policyOf(allow({ Principal: { Service: 's3.amazonaws.com' } })),
    ),
    'everybody of one account': passes(held('StringEquals', 'aws:PrincipalAccount', account)),
    'everybody of one organization': passes(
      held('StringEquals', 'aws:PrincipalOrgID', 'o-abcdefghij'),
    ),
    'what comes from one topic': passes(
      held('ArnEquals', 'aws:SourceArn', `arn:aws:sns:us-east-1:${account}:orders`),
    ),
    'the owner’s own, as in the policy that a topic is made with': passes(
      held('StringEquals', 'AWS:SourceOwner', account),
    ),
    'callers of one VPC endpoint': passes(held('StringEquals', 'aws:SourceVpce', 'vpce-1a2b3c4d')),
    'a private network': passes(held('IpAddress', 'aws:SourceIp', '10.0.0.0/8')),
    'everybody, and a Deny for all but the account': passes(
      policyOf(allow(everybody), {
        ...allow(everybody),
        Effect: 'Deny',
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } },
      }),
    ),
    'a Deny for everybody': passes(policyOf({ ...allow(everybody), Effect: 'Deny' })),
    'a policy that cannot be read': { given: { policy: '{"Statement":[{}]}' }, verdict: 'UNKNOWN' },
  };
};

const variable = (name: string): string => `\${${name}}`;

/** Conditions that anybody can meet. */
export const metByAnybody: Readonly<Record<string, object>> = {
  'a source that is a pattern': { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::invoices-*' } },
  'a role that is a variable': {
    ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${variable('aws:PrincipalAccount')}:role/app` },
  },
  'a user agent': { StringEquals: { 'aws:UserAgent': 'our-app' } },
  'encryption in transit': { Bool: { 'aws:SecureTransport': 'true' } },
  'a key that callers may leave out': {
    StringEqualsIfExists: { 'aws:PrincipalAccount': account },
  },
  'all values of a key that callers may leave out': {
    'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-abcdefghij' },
  },
  'half the internet': { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1'] } },
};
