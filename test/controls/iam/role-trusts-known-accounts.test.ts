import { roleTrustsKnownAccounts } from '../../../lib/controls/iam/role-trusts-known-accounts.ts';
import { testControl } from '../harness.ts';
import { administers, role } from './shared/identities.ts';
import { allow, cognitoToken, gitHubToken, trust } from './shared/trust.ts';

const failing = {
  id: role,
  verdict: 'FAIL',
  evidence: ['trustPolicy.Statement[0].Principal'],
} as const;
const outside = { ...failing, plan: { proposal: /nobody else may assume/ } } as const;
const unclear = { ...failing, plan: { proposal: /does not tell which/ } } as const;
const narrowed = {
  ...failing,
  plan: { risk: 'disruptive', calls: ['iam.updateAssumeRolePolicy'], undo: 'widens' },
} as const;
const own = 'arn:aws:iam::123456789012:root';
const other = '333333333333';
const known = { trustedAccounts: ['210987654321'], trustedOrganizations: ['o-a1b2c3d4e5'] };
const vendor = { AWS: 'arn:aws:iam::210987654321:role/scanner' };
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };

testControl(roleTrustsKnownAccounts, {
  base: { path: '/', privileges: [], ...trust(allow({ AWS: own })) },
  rows: {
    'Cognito, guests of one pool': {
      given: trust(cognitoToken({ aud: 'us-east-1:1234', amr: 'unauthenticated' })),
      verdict: 'PASS',
    },
    'Cognito, guests of any pool': {
      given: trust(cognitoToken({ amr: 'unauthenticated' })),
      ...unclear,
    },
    'this account': { given: {}, verdict: 'PASS' },
    'a service': { given: trust(allow({ Service: 'ec2.amazonaws.com' })), verdict: 'PASS' },
    'GitHub, one repository': {
      given: trust(gitHubToken('repo:octo-org/octo-repo:*')),
      verdict: 'PASS',
    },
    'an account that nobody named': { given: trust(allow(vendor)), ...outside },
    'an account that nobody named, with an external ID': {
      given: trust(allow(vendor, { StringEquals: { 'sts:ExternalId': '7f3a' } })),
      ...outside,
    },
    'an account that the baseline names': {
      given: trust(allow(vendor)),
      parameters: known,
      verdict: 'PASS',
    },
    'a session of a role in an account that the baseline names': {
      given: trust(allow({ AWS: 'arn:aws:sts::210987654321:assumed-role/scanner/nightly' })),
      parameters: known,
      verdict: 'PASS',
    },
    'one known account and one unknown': {
      given: trust(allow(vendor), allow({ AWS: '333333333333' })),
      parameters: known,
      ...narrowed,
      evidence: ['trustPolicy.Statement[1].Principal'],
    },
    anybody: { given: trust(allow('*')), ...unclear },
    'anybody of an organization that the baseline names': {
      given: trust(allow('*', inOrganization)),
      parameters: known,
      verdict: 'PASS',
    },
    'anybody of another organization': {
      given: trust(allow('*', inOrganization)),
      parameters: { trustedOrganizations: ['o-zzzzzzzzzz'] },
      ...outside,
    },
    'an unknown account, held to a known organization': {
      given: trust(allow({ AWS: '333333333333' }, inOrganization)),
      parameters: known,
      verdict: 'PASS',
    },
    'anybody of a known or an unknown account': {
      given: trust(
        allow('*', { StringEquals: { 'aws:PrincipalAccount': ['210987654321', '333333333333'] } }),
      ),
      parameters: known,
      ...unclear,
    },
    'anybody from an address': {
      given: trust(allow('*', { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } })),
      ...unclear,
    },
    'a SAML provider of another account': {
      given: trust({
        ...allow({ Federated: 'arn:aws:iam::333333333333:saml-provider/corp' }),
        Action: 'sts:AssumeRoleWithSAML',
      }),
      ...outside,
    },
    'a role of IAM Identity Center': {
      given: { ...trust(allow(vendor)), path: '/aws-reserved/sso.amazonaws.com/eu-west-1/' },
      verdict: 'NOT_APPLICABLE',
    },
    'no policy': { given: { trustPolicy: '' }, verdict: 'UNKNOWN' },
    'an unknown account among others': {
      given: trust({ ...allow({ AWS: [own, other], Service: 'ec2.amazonaws.com' }), Sid: 'Mine' }),
      ...narrowed,
    },
    'an unknown account, in a statement of its own with an external ID': {
      given: trust(
        allow({ AWS: own }),
        allow({ AWS: other }, { StringEquals: { 'sts:ExternalId': '7f3a' } }),
      ),
      ...narrowed,
      evidence: ['trustPolicy.Statement[1].Principal'],
    },
    'anybody of an unknown account, beside the own': {
      given: trust(
        allow({ AWS: own }),
        allow('*', { StringEquals: { 'aws:PrincipalAccount': other } }),
      ),
      ...narrowed,
      evidence: ['trustPolicy.Statement[1].Principal'],
    },
    'an unknown account, and anybody': {
      given: trust(allow({ AWS: [other, '*'] })),
      ...unclear,
      evidence: ['trustPolicy.Statement[0].Principal', 'trustPolicy.Statement[0].Principal'],
    },
    'an unknown account beside a service, for a role that administers IAM': {
      given: {
        ...trust(allow({ AWS: other, Service: 'ec2.amazonaws.com' })),
        privileges: administers,
      },
      ...failing,
      plan: { proposal: /only way in/ },
    },
  },
});
