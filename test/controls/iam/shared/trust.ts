/** A trust policy's facets of one role. */
export const trust = (...Statement: object[]) => ({
  trustPolicy: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement })),
});
export const allow = (Principal: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition ? { Condition } : {}),
});
export const webIdentity = (Federated: string, Condition?: object) => ({
  ...allow({ Federated }, Condition),
  Action: 'sts:AssumeRoleWithWebIdentity',
});
const provider = (issuer: string) => `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
const gitHub = 'token.actions.githubusercontent.com';
export const gitHubToken = (sub: unknown, operator = 'StringLike') =>
  webIdentity(provider(gitHub), {
    StringEquals: { [`${gitHub}:aud`]: 'sts.amazonaws.com' },
    [operator]: { [`${gitHub}:sub`]: sub },
  });
export const oidcToken = (issuer: string, claims: Record<string, unknown>) =>
  webIdentity(provider(issuer), {
    StringLike: Object.fromEntries(
      Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]),
    ),
  });
export const cognitoToken = (claims: Record<string, unknown>) =>
  webIdentity('cognito-identity.amazonaws.com', {
    'ForAnyValue:StringLike': Object.fromEntries(
      Object.entries(claims).map(([claim, value]) => [
        `cognito-identity.amazonaws.com:${claim}`,
        value,
      ]),
    ),
  });
