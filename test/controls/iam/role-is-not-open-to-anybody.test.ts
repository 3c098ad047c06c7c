import { roleIsNotOpenToAnybody } from '../../../lib/controls/iam/role-is-not-open-to-anybody.ts';
import { testControl } from '../harness.ts';
import { administers, role } from './shared/identities.ts';
import { allow, cognitoToken, gitHubToken, oidcToken, trust, webIdentity } from './shared/trust.ts';

const open = {
  id: role,
  verdict: 'FAIL',
  evidence: ['trustPolicy.Statement[0].Principal'],
} as const;
const untrusted = { ...open, plan: { proposal: /does not tell whom/ } } as const;
const narrowed = {
  ...open,
  plan: { risk: 'disruptive', calls: ['iam.updateAssumeRolePolicy'], undo: 'widens' },
} as const;
const eks = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const everybody = { AWS: '*' };
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
const pool = 'us-east-1:12345678-dc6f-4e9a-8d1e-000000000000';

const guests = cognitoToken({ aud: pool, amr: 'unauthenticated' });
const giving = (Action: string) => ({
  guestPrivileges: {
    documents: [
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
      }),
    ],
    boundary: undefined,
  },
});

testControl(roleIsNotOpenToAnybody, {
  base: {
    path: '/',
    privileges: [],
    guestPrivileges: undefined,
    ...trust(allow({ Service: 'lambda.amazonaws.com' })),
  },
  rows: {
    'a service': { given: {}, verdict: 'PASS' },
    'this account': {
      given: trust(allow({ AWS: 'arn:aws:iam::123456789012:root' })),
      verdict: 'PASS',
    },
    'a third party with an external ID': {
      given: trust(
        allow(
          { AWS: 'arn:aws:iam::210987654321:root' },
          { StringEquals: { 'sts:ExternalId': '7f3a' } },
        ),
      ),
      verdict: 'PASS',
    },
    'pods of a cluster': {
      given: trust({
        ...allow({ Service: 'pods.eks.amazonaws.com' }),
        Action: ['sts:AssumeRole', 'sts:TagSession'],
      }),
      verdict: 'PASS',
    },
    'certificates of one trust anchor': {
      given: trust({
        ...allow(
          { Service: 'rolesanywhere.amazonaws.com' },
          { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'build' } },
        ),
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      }),
      verdict: 'PASS',
    },
    'administrators of IAM Identity Center': {
      given: trust(
        allow(everybody, {
          ArnLike: {
            'aws:PrincipalArn':
              'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*',
          },
        }),
      ),
      verdict: 'PASS',
    },
    'another account': { given: trust(allow({ AWS: '210987654321' })), verdict: 'PASS' },
    'everybody, as a star': { given: trust(allow('*')), ...narrowed },
    'everybody, as {"AWS": "*"}': {
      given: trust(allow(everybody)),
      ...narrowed,
      reason: /anybody/,
    },
    'everybody, in a list': {
      given: trust(allow({ AWS: ['arn:aws:iam::123456789012:root', '*'] })),
      ...narrowed,
    },
    'everybody but one': {
      given: trust({
        Effect: 'Allow',
        NotPrincipal: { AWS: 'arn:aws:iam::123456789012:user/eve' },
        Action: 'sts:*',
      }),
      ...untrusted,
      evidence: ['trustPolicy.Statement[0].NotPrincipal'],
    },
    'everybody, by another spelling of the action': {
      given: trust({ ...allow(everybody), Action: ['STS:assume*'] }),
      ...narrowed,
    },
    'everybody, for an action that assumes no role': {
      given: trust({ ...allow(everybody), Action: 'sts:TagSession' }),
      verdict: 'PASS',
    },
    'everybody who knows the external ID': {
      given: trust(allow(everybody, { StringEquals: { 'sts:ExternalId': '7f3a' } })),
      ...untrusted,
    },
    'everybody with MFA': {
      given: trust(allow(everybody, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
      ...untrusted,
    },
    'everybody of one organization': {
      given: trust(allow(everybody, inOrganization)),
      verdict: 'PASS',
    },
    'everybody of one organization, if the key is there': {
      given: trust(
        allow(everybody, { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      ),
      ...untrusted,
    },
    'everybody of any organization': {
      given: trust(allow(everybody, { StringLike: { 'aws:PrincipalOrgID': 'o-*' } })),
      ...untrusted,
    },
    'everybody of the role’s own organization': {
      given: trust(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
        allow(everybody, { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } }),
      ),
      verdict: 'PASS',
    },
    'everybody in a unit of an organization': {
      given: trust(
        allow(everybody, {
          'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-1/*' },
        }),
      ),
      verdict: 'PASS',
    },
    'everybody, with ForAllValues, which passes who has no such key': {
      given: trust(
        allow(everybody, {
          'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' },
        }),
      ),
      ...untrusted,
    },
    'roles of one account by ARN': {
      given: trust(
        allow(everybody, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::210987654321:role/*' } }),
      ),
      verdict: 'PASS',
    },
    'roles of one name in any account': {
      given: trust(
        allow(everybody, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } }),
      ),
      ...untrusted,
    },
    'everybody but one account': {
      given: trust(
        allow(everybody, { StringNotEquals: { 'aws:PrincipalAccount': '210987654321' } }),
      ),
      ...untrusted,
    },
    'a service on behalf of one account': {
      given: trust(allow('*', { StringEquals: { 'aws:SourceAccount': '123456789012' } })),
      verdict: 'PASS',
    },
    'everybody from one address range': {
      given: trust(allow(everybody, { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } })),
      verdict: 'PASS',
    },
    'everybody from every address': {
      given: trust(allow(everybody, { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })),
      ...untrusted,
    },
    'everybody, and a Deny for all but one organization': {
      given: trust(allow(everybody), {
        ...allow('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
        Effect: 'Deny',
      }),
      verdict: 'PASS',
    },
    'everybody, and a Deny for all but one organization and services': {
      given: trust(allow(everybody), {
        ...allow('*', {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        }),
        Effect: 'Deny',
      }),
      verdict: 'PASS',
    },
    'everybody, and a Deny for services of other organizations': {
      given: trust(allow(everybody), {
        ...allow('*', {
          StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        }),
        Effect: 'Deny',
      }),
      ...narrowed,
    },
    'everybody, and a Deny for who brings no word on services': {
      given: trust(allow(everybody), {
        ...allow('*', { Null: { 'aws:PrincipalIsAWSService': 'true' } }),
        Effect: 'Deny',
      }),
      ...narrowed,
    },
    'everybody, and a Deny for all but services': {
      given: trust(allow(everybody), {
        ...allow('*', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
        Effect: 'Deny',
      }),
      verdict: 'PASS',
    },
    'everybody, and a Deny that holds only without MFA as well': {
      given: trust(allow(everybody), {
        ...allow('*', {
          StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
        }),
        Effect: 'Deny',
      }),
      ...narrowed,
    },
    'everybody, and a Deny of another action': {
      given: trust(allow(everybody), {
        ...allow('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
        Effect: 'Deny',
        Action: 'sts:TagSession',
      }),
      ...narrowed,
    },
    'an identity that was deleted': {
      given: trust(allow({ AWS: 'AROAEXAMPLEID12345678' })),
      verdict: 'PASS',
    },
    'GitHub, one repository': {
      given: trust(gitHubToken('repo:octo-org/octo-repo:*')),
      verdict: 'PASS',
    },
    'GitHub, one repository, spelled out': {
      given: trust(gitHubToken('repo:octo-org/octo-repo:ref:refs/heads/main', 'StringEquals')),
      verdict: 'PASS',
    },
    'GitHub, one organization': { given: trust(gitHubToken('repo:octo-org/*')), verdict: 'PASS' },
    'GitHub, whoever has the audience': {
      given: trust(oidcToken('token.actions.githubusercontent.com', { aud: 'sts.amazonaws.com' })),
      ...untrusted,
    },
    'GitHub, every repository': { given: trust(gitHubToken('repo:*')), ...untrusted },
    'GitHub, organizations that begin alike': {
      given: trust(gitHubToken('repo:octo*')),
      ...untrusted,
    },
    'GitHub, one repository name of any organization': {
      given: trust(gitHubToken('repo:*/octo-repo:*')),
      ...untrusted,
    },
    'GitHub, one repository or any': {
      given: trust(gitHubToken(['repo:octo-org/octo-repo:*', '*'])),
      ...untrusted,
    },
    'GitHub, a subject that anybody can make': {
      given: trust(gitHubToken('environment:production')),
      ...untrusted,
    },
    'GitHub, a customized subject that names the owner': {
      given: trust(gitHubToken('repository_owner_id:1234567:environment:production')),
      verdict: 'PASS',
    },
    'GitHub, by the number of the repository': {
      given: trust(oidcToken('token.actions.githubusercontent.com', { repository_id: '74' })),
      verdict: 'PASS',
    },
    'GitHub, the subject if it is there': {
      given: trust(gitHubToken('repo:octo-org/octo-repo:*', 'StringLikeIfExists')),
      ...untrusted,
    },
    'GitHub, with ForAllValues': {
      given: trust(gitHubToken('repo:octo-org/octo-repo:*', 'ForAllValues:StringLike')),
      ...untrusted,
    },
    'GitHub, no condition': {
      given: trust(
        webIdentity('arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'),
      ),
      ...untrusted,
    },
    'GitLab, one group': {
      given: trust(oidcToken('gitlab.com', { sub: 'project_path:mygroup/*:ref_type:branch:*' })),
      verdict: 'PASS',
    },
    'GitLab, an audience only': {
      given: trust(oidcToken('gitlab.com', { aud: 'https://gitlab.com' })),
      ...untrusted,
    },
    'HCP Terraform, any organization': {
      given: trust(oidcToken('app.terraform.io', { sub: 'organization:*:project:*' })),
      ...untrusted,
    },
    'a service account of a cluster': {
      given: trust(oidcToken(eks, { sub: 'system:serviceaccount:shop:orders' })),
      verdict: 'PASS',
    },
    'a service account of a cluster, as eksctl writes it': {
      given: trust(
        webIdentity(`arn:aws:iam::123456789012:oidc-provider/${eks}`, {
          StringEquals: {
            [`${eks}:sub`]: 'system:serviceaccount:shop:orders',
            [`${eks}:aud`]: 'sts.amazonaws.com',
          },
        }),
      ),
      verdict: 'PASS',
    },
    'any service account of a cluster': {
      given: trust(oidcToken(eks, { aud: 'sts.amazonaws.com' })),
      ...untrusted,
      reason:
        /^every token of oidc\.eks\.[^ ]+ lets its holder assume the role, which is too wide$/,
    },
    'any service account of a cluster, without any condition': {
      given: trust(webIdentity(`arn:aws:iam::123456789012:oidc-provider/${eks}`)),
      ...untrusted,
      reason:
        /^every token of oidc\.eks\.[^ ]+ lets its holder assume the role, which is too wide$/,
    },
    'a service account of a cluster, with ForAllValues': {
      given: trust(
        webIdentity(`arn:aws:iam::123456789012:oidc-provider/${eks}`, {
          'ForAllValues:StringEquals': { [`${eks}:sub`]: 'system:serviceaccount:shop:orders' },
        }),
      ),
      ...untrusted,
      reason: /which is too wide$/,
    },
    'a provider of one’s own without any condition': {
      given: trust(webIdentity('arn:aws:iam::123456789012:oidc-provider/login.example.com')),
      ...untrusted,
      reason: /^every token of login\.example\.com lets/,
    },
    'the internet in ranges, each in a statement of its own': {
      given: trust(
        allow(everybody, { IpAddress: { 'aws:SourceIp': '11.0.0.0/8' } }),
        allow(everybody, { IpAddress: { 'aws:SourceIp': ['12.0.0.0/8', '13.0.0.0/8'] } }),
      ),
      ...untrusted,
      evidence: ['trustPolicy.Statement[0].Principal', 'trustPolicy.Statement[1].Principal'],
    },
    'a provider of one’s own, beside everybody': {
      given: trust(
        webIdentity('arn:aws:iam::123456789012:oidc-provider/login.example.com'),
        allow('*'),
      ),
      ...untrusted,
      evidence: ['trustPolicy.Statement[0].Principal', 'trustPolicy.Statement[1].Principal'],
    },
    'a provider that a wildcard leaves open': {
      given: trust(webIdentity('arn:aws:iam::123456789012:oidc-provider/*')),
      ...untrusted,
    },
    'Cognito, who signed in to one pool': {
      given: trust(cognitoToken({ aud: pool, amr: 'authenticated' })),
      verdict: 'PASS',
    },
    'Cognito, guests of one pool, who may tell of their use': {
      given: { ...trust(guests), ...giving('rum:PutRumEvents') },
      verdict: 'PASS',
    },
    'Cognito, guests of one pool, who get nothing': {
      given: { ...trust(guests), guestPrivileges: { documents: [], boundary: undefined } },
      verdict: 'PASS',
    },
    'Cognito, guests of one pool, who may do what AWS keeps from them by the enhanced flow alone': {
      given: { ...trust(guests), ...giving('iam:PassRole') },
      ...untrusted,
      evidence: [
        'trustPolicy.Statement[0].Principal',
        'guestPrivileges.documents[0].Statement[0].Action',
      ],
      reason: /^whoever knows the id of the pool us-east-1:12345678/,
    },
    'Cognito, guests of one pool, who may do what the baseline gives them': {
      given: { ...trust(guests), ...giving('s3:PutObject') },
      parameters: { guestActions: ['s3:PutObject'] },
      verdict: 'PASS',
    },
    'Cognito, guests of one pool, by a policy that cannot be read': {
      given: { ...trust(guests), guestPrivileges: { documents: ['{'], boundary: undefined } },
      verdict: 'UNKNOWN',
    },
    'Cognito, guests of one pool, of whom it is not known what they get': {
      given: trust(guests),
      ...untrusted,
    },
    'Cognito, guests of any pool whose id begins so': {
      given: {
        ...trust(cognitoToken({ aud: 'us-east-1:*', amr: 'unauthenticated' })),
        ...giving('rum:PutRumEvents'),
      },
      ...untrusted,
    },
    'Cognito, guests and who signed in': {
      given: {
        ...trust(cognitoToken({ aud: pool, amr: ['authenticated', 'unauthenticated'] })),
        ...giving('rum:PutRumEvents'),
      },
      ...untrusted,
    },
    'Cognito, guests of one pool, beside everybody': {
      given: { ...trust(guests, allow('*')), ...giving('rum:PutRumEvents') },
      ...open,
      plan: { proposal: /does not tell whom/ },
      evidence: ['trustPolicy.Statement[0].Principal', 'trustPolicy.Statement[1].Principal'],
    },
    'Cognito, guests not kept out': { given: trust(cognitoToken({ aud: pool })), ...untrusted },
    'Cognito, any pool': { given: trust(cognitoToken({ amr: 'authenticated' })), ...untrusted },
    'a SAML provider': {
      given: trust({
        ...allow(
          { Federated: 'arn:aws:iam::123456789012:saml-provider/corp' },
          { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        ),
        Action: 'sts:AssumeRoleWithSAML',
      }),
      verdict: 'PASS',
    },
    'a SAML provider of any account': {
      given: trust({
        ...allow({ Federated: 'arn:aws:iam::*:saml-provider/corp' }),
        Action: 'sts:AssumeRoleWithSAML',
      }),
      ...untrusted,
    },
    'any service': { given: trust(allow({ Service: '*' })), ...untrusted },
    'a service-linked role': {
      given: { ...trust(allow('*')), path: '/aws-service-role/rds.amazonaws.com/' },
      verdict: 'NOT_APPLICABLE',
    },
    'a principal of an unknown kind': { given: trust(allow({ Anyone: '*' })), verdict: 'UNKNOWN' },
    'everybody, in a single statement that is no list': {
      given: {
        trustPolicy: encodeURIComponent(
          JSON.stringify({ version: '2012-10-17', statement: allow(everybody) }),
        ),
      },
      ...narrowed,
      evidence: ['trustPolicy.Statement.Principal'],
    },
    'everybody, beside a service': {
      given: trust({ ...allow({ AWS: '*', Service: 'ec2.amazonaws.com' }), Sid: 'Machines' }),
      ...narrowed,
    },
    'everybody, in one statement of two': {
      given: trust(allow({ Service: 'ec2.amazonaws.com' }), allow('*')),
      ...narrowed,
      evidence: ['trustPolicy.Statement[1].Principal'],
    },
    'everybody, and GitHub without a subject': {
      given: trust(
        allow('*'),
        webIdentity('arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'),
      ),
      ...untrusted,
      evidence: ['trustPolicy.Statement[0].Principal', 'trustPolicy.Statement[1].Principal'],
    },
    'everybody, beside an identity that was deleted': {
      given: trust(allow({ AWS: ['*', 'AROAEXAMPLEID12345678'] })),
      ...open,
      plan: { proposal: /was deleted/ },
    },
    'everybody, in a policy as long as IAM allows': {
      given: trust(allow('*'), { ...allow({ AWS: '123456789012' }), Sid: 'a'.repeat(1900) }),
      ...open,
      plan: { proposal: /longer than IAM allows/ },
    },
    'everybody, for a role that administers IAM': {
      given: { ...trust(allow('*')), privileges: administers },
      ...open,
      plan: { proposal: /only way in/ },
    },
    'everybody and others, for a role that administers IAM': {
      given: {
        ...trust(allow({ AWS: ['*', 'arn:aws:iam::210987654321:root'] })),
        privileges: administers,
      },
      ...narrowed,
    },
  },
});
