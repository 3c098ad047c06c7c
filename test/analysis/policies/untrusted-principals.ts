import type { Caller } from './policy-evaluation.ts';

const account = '999999999999';
const chosen = {
  'aws:useragent': ['known'],
  'aws:referer': ['known'],
  'sts:externalid': ['known'],
};
const resource = { 'aws:resourceaccount': ['123456789012'], 'aws:resourceorgid': ['o-mine123456'] };
const internet = { 'aws:sourceip': ['203.0.113.9'] };
const ownVpc = {
  'aws:sourcevpc': ['vpc-9f9f'],
  'aws:sourcevpce': ['vpce-9f9f'],
  'aws:sourcevpcarn': [`arn:aws:ec2:us-east-1:${account}:vpc/vpc-9f9f`],
  'aws:vpceaccount': [account],
  'aws:vpcsourceip': ['10.0.0.9'],
};

const anonymous = (tls: string, network: Caller['context']): Caller => ({
  ids: [],
  context: {
    ...{ ...chosen, ...resource, ...network, 'aws:securetransport': [tls] },
    // "For anonymous requests, the request context returns anonymous" ("Global condition keys", IAM user guide).
    ...{ 'aws:principalaccount': ['anonymous'], 'aws:userid': ['anonymous'] },
  },
});
const signed = (
  name: string,
  userId: string,
  tag: string,
  tls: string,
  network: Caller['context'],
): Caller => {
  const arn = `arn:aws:iam::${account}:${name}`;
  return {
    ids: [account, `arn:aws:iam::${account}:root`, arn],
    context: {
      ...anonymous(tls, network).context,
      ...{ 'aws:principalarn': [arn], 'aws:principalaccount': [account], 'aws:userid': [userId] },
      ...{ 'aws:principalorgid': ['o-theirs12345'], 'aws:principaltag/team': [tag] },
      'aws:principalorgpaths': ['o-theirs12345/r-ab12/ou-ab12-1/'],
      'aws:principalisawsservice': ['false'],
      'aws:viaawsservice': ['false'],
      'sts:externalid': [tag],
    },
  };
};

const withoutOrganization = ({ ids, context }: Caller): Caller => ({
  ids,
  context: Object.fromEntries(
    Object.entries(context).filter(([key]) => !key.startsWith('aws:principalorg')),
  ),
});

/** Callers of whom a policy knows nothing beforehand, with whatever they can choose of a request as it wants it. */
export const untrustedCallers: readonly Caller[] = ['true', 'false'].flatMap((tls) => [
  anonymous(tls, internet),
  anonymous(tls, ownVpc),
  signed('user/eve', 'AIDASTRANGER000000000', 'known', tls, internet),
  signed('role/deploy', 'AROASTRANGER000000000:known', '123456789012', tls, internet),
  signed('role/deploy', 'AROASTRANGER000000000:known', 'o-mine123456', tls, ownVpc),
  withoutOrganization(signed('user/mallory', 'AIDASTRANGER000000001', 'known', tls, internet)),
  // The path of a role may hold colons.
  signed(
    'role/x:iam::111122223333:role/deploy',
    'AROASTRANGER000000000:known',
    'known',
    tls,
    internet,
  ),
]);
