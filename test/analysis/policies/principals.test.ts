import {
  accountOf,
  isFixed,
  isKnownParty,
  namesEverybody,
} from '../../../lib/analysis/policies/principals.ts';

describe('isFixed', () => {
  it.each([
    ['111122223333', true],
    ['arn:aws:iam::111122223333:role/a-$b', true],
    ['*', false],
    ['vpc-?', false],
    [`a-\${${'aws:userid'}}`, false],
  ])('%s: %j', (value, expected) => expect(isFixed(value)).toBe(expected));
});

describe('namesEverybody', () => {
  const aws = (not: boolean, ...ids: string[]) => ({
    principals: { not, list: ids.map((id) => ({ kind: 'AWS' as const, id })) },
  });
  it.each([
    ['everybody', aws(false, '*'), true],
    ['everybody among others', aws(false, '111122223333', '*'), true],
    ['a wildcard in an ARN', aws(false, 'arn:aws:iam::*:root'), false],
    ['all but everybody', aws(true, '*'), false],
    ['no principal', { principals: undefined }, false],
    [
      'any service',
      { principals: { not: false, list: [{ kind: 'Service' as const, id: '*' }] } },
      false,
    ],
  ])('%s: %#', (_, statement, expected) => expect(namesEverybody(statement)).toBe(expected));
});

describe('isKnownParty', () => {
  it.each([
    ['AWS', '111122223333', true],
    ['AWS', '*', false],
    ['Service', 's3.amazonaws.com', true],
    ['CanonicalUser', 'abc', true],
    ['Federated', 'cognito-identity.amazonaws.com', false],
    ['Federated', 'arn:aws:iam::111122223333:saml-provider/a', true],
    [
      'Federated',
      'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
      false,
    ],
  ] as const)('%s %s: %j', (kind, id, expected) => {
    expect(isKnownParty({ kind, id })).toBe(expected);
  });
});

describe('accountOf', () => {
  it.each([
    ['111122223333', '111122223333'],
    ['arn:aws:iam::111122223333:root', '111122223333'],
    ['arn:aws-cn:sts::111122223333:assumed-role/a/b', '111122223333'],
    ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1', undefined],
    ['AROAEXAMPLE', undefined],
    ['*', undefined],
  ])('%s: %s', (id, expected) => expect(accountOf(id)).toBe(expected));
});
