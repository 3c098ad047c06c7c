import { roleTrustsKnownAccounts } from '../../../lib/controls/iam/role-trusts-known-accounts.ts';
import { testControl } from '../harness.ts';
import { allow, gitHubToken, trust } from './trust.ts';

const outside = { verdict: 'FAIL', evidence: ['trustPolicy.Statement[0].Principal'] } as const;
const known = { trustedAccounts: ['210987654321'], trustedOrganizations: ['o-a1b2c3d4e5'] };
const vendor = { AWS: 'arn:aws:iam::210987654321:role/scanner' };
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };

testControl(roleTrustsKnownAccounts, {
  base: { path: '/', ...trust(allow({ AWS: 'arn:aws:iam::123456789012:root' })) },
  rows: {
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
      verdict: 'FAIL',
      evidence: ['trustPolicy.Statement[1].Principal'],
    },
    anybody: { given: trust(allow('*')), ...outside },
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
      ...outside,
    },
    'anybody from an address': {
      given: trust(allow('*', { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } })),
      ...outside,
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
  },
});
