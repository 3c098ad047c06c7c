import { ownTokens } from '../../../../lib/controls/iam/shared/oidc-claims.ts';

const held = (issuer: string, claims: Readonly<Record<string, string>>) =>
  ownTokens(
    Object.entries(claims).map(([claim, value]) => ({
      operator: 'stringlike',
      set: undefined,
      ifExists: false,
      key: `${issuer}:${claim}`,
      values: [value],
    })),
  )(issuer);
const gitHub = 'token.actions.githubusercontent.com';

describe('claims that only one’s own tokens have', () => {
  it.each([
    [gitHub, { sub: 'repo:octo-org/octo-repo:ref:refs/heads/main' }],
    [gitHub, { sub: 'repo:octo-org/*:environment:production' }],
    [gitHub, { sub: 'repo:octo-org@65/octo-repo@74:ref:*' }],
    [gitHub, { sub: 'environment:production:repository_owner:octo-org' }],
    [gitHub, { job_workflow_ref: 'octo-org/ci/.github/workflows/deploy.yml@*' }],
    [gitHub, { repository_owner_id: '65', aud: 'sts.amazonaws.com' }],
    [gitHub, { enterprise_id: '12' }],
    [`${gitHub}/octo-inc`, { sub: 'repo:*' }],
    ['gitlab.com', { sub: 'project_path:shop/orders:ref_type:branch:ref:main' }],
    ['app.terraform.io', { sub: 'organization:shop:project:*:workspace:*:run_phase:*' }],
    ['agent.buildkite.com', { sub: 'organization:shop:pipeline:*' }],
    ['api.pulumi.com/oidc', { aud: 'aws:shop' }],
    ['oidc.vercel.com', { aud: 'https://vercel.com/shop' }],
    ['accounts.google.com', { sub: '111122223333444455556' }],
    ['accounts.google.com', { email: 'alice@example.com' }],
    ['graph.facebook.com', { app_id: '1234567' }],
    ['www.amazon.com', { app_id: 'amzn1.application-oa2-client.1234' }],
    ['oidc.circleci.com/org/0f1e', { sub: 'org/0f1e/project/74/user/12' }],
    ['login.example.com', { sub: 'people:*' }],
  ])('%s %j', (issuer, claims) => expect(held(issuer, claims)).toBe(true));
});

describe('claims that anybody’s tokens can have', () => {
  it.each([
    [gitHub, {}],
    [gitHub, { aud: 'sts.amazonaws.com' }],
    [gitHub, { sub: '*' }],
    [gitHub, { sub: 'repo:*' }],
    [gitHub, { sub: 'repo:octo-*/octo-repo:*' }],
    [gitHub, { sub: 'repo:octo-or?/octo-repo:*' }],
    [gitHub, { sub: '*:octo-org/octo-repo' }],
    [gitHub, { sub: 'ref:refs/heads/main' }],
    [gitHub, { repository: '*/octo-repo' }],
    [gitHub, { repository_owner_id: '6*' }],
    [gitHub, { ref: 'refs/heads/main' }],
    [gitHub, { workflow: 'deploy', environment: 'production' }],
    [gitHub, { actor: 'dependabot[bot]' }],
    [gitHub, { actor_id: '65' }],
    ['gitlab.com', { sub: 'project_path:*' }],
    ['gitlab.com', { sub: 'project_path:shop*' }],
    ['gitlab.com', { aud: 'https://gitlab.com' }],
    ['app.terraform.io', { aud: 'aws.workload.identity' }],
    ['api.pulumi.com/oidc', { aud: '*' }],
    ['accounts.google.com', { email: '*@gmail.com' }],
    ['cognito-identity.amazonaws.com', { aud: 'us-east-1:12345678', amr: '*authenticated' }],
    ['login.example.com', {}],
    ['login.example.com', { sub: '*' }],
    ['login.example.com', { aud: 'orders' }],
    // Whose organization it is, the issuer says already.
    ['oidc.circleci.com/org/0f1e', { aud: '0f1e' }],
    ['constructor', { aud: 'sts.amazonaws.com' }],
  ])('%s %j', (issuer, claims) => expect(held(issuer, claims)).toBe(false));

  it('are those of another issuer', () => {
    const other = [
      {
        operator: 'stringequals',
        set: undefined,
        ifExists: false,
        key: 'login.example.com:sub',
        values: ['orders'],
      },
    ];
    expect(ownTokens(other)(gitHub)).toBe(false);
  });
});
