const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const key = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Statements by what is said of a policy that has them alone. */
export const decryptionCases: Readonly<
  Record<string, { readonly statement: object; readonly isWide: boolean }>
> = {
  'decrypting with everything': { statement: allow('kms:Decrypt', '*'), isWide: true },
  'every action': { statement: allow('*', '*'), isWide: true },
  'every action of KMS': { statement: allow('kms:*', '*'), isWide: true },
  'encrypting anew, in other letters': {
    statement: allow(['kms:reencrypt*'], ['*']),
    isWide: true,
  },
  'every key of the account': {
    statement: allow('kms:Decrypt', 'arn:aws:kms:*:123456789012:key/*'),
    isWide: true,
  },
  'every resource of KMS': { statement: allow('kms:Decrypt', 'arn:aws:kms:*:*:*'), isWide: true },
  'every key, through one service': {
    statement: allow('kms:Decrypt', '*', {
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    }),
    isWide: true,
  },
  'all but encrypting': {
    statement: { Effect: 'Allow', NotAction: 'kms:Encrypt', Resource: '*' },
    isWide: true,
  },
  'all that is not a bucket': {
    statement: { Effect: 'Allow', Action: 'kms:Decrypt', NotResource: 'arn:aws:s3:::*' },
    isWide: true,
  },
  'all but a key': {
    statement: { Effect: 'Allow', Action: 'kms:Decrypt', NotResource: key },
    isWide: true,
  },
  'all but the keys of one region': {
    statement: {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      NotResource: 'arn:aws:kms:eu-west-1:123456789012:key/*',
    },
    isWide: true,
  },
  'all but the keys of another account': {
    statement: {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      NotResource: 'arn:aws:kms:*:444455556666:*',
    },
    isWide: true,
  },
  'all but the keys of the account': {
    statement: {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      NotResource: ['arn:aws:s3:::*', 'arn:aws:kms:*:123456789012:key/*'],
    },
    isWide: false,
  },
  'all but KMS': {
    statement: { Effect: 'Allow', Action: 'kms:Decrypt', NotResource: 'arn:aws:kms:*' },
    isWide: false,
  },
  'every key by the form of its id': {
    statement: allow('kms:Decrypt', 'arn:aws:kms:*:123456789012:key/*-*-*-*-*'),
    isWide: true,
  },
  'every key by the length of its id': {
    statement: allow('kms:Decrypt', `arn:aws:kms:*:*:key/${'?'.repeat(36)}`),
    isWide: true,
  },
  'every key by its first digit': {
    statement: allow(
      'kms:Decrypt',
      [...'0123456789abcdef'].map((digit) => `arn:aws:kms:*:123456789012:key/${digit}*`),
    ),
    isWide: true,
  },
  'the keys of some first digits': {
    statement: allow(
      'kms:Decrypt',
      [...'0123456789abcde'].map((digit) => `arn:aws:kms:*:123456789012:key/${digit}*`),
    ),
    isWide: false,
  },
  'the keys of several regions alone': {
    statement: allow('kms:Decrypt', 'arn:aws:kms:*:123456789012:key/mrk-*'),
    isWide: false,
  },
  'one key': { statement: allow('kms:Decrypt', key), isWide: false },
  'the keys of another account': {
    statement: allow('kms:Decrypt', 'arn:aws:kms:*:444455556666:key/*'),
    isWide: false,
  },
  'aliases alone': { statement: allow('kms:Decrypt', 'arn:aws:kms:*:*:alias/*'), isWide: false },
  'encrypting with everything': { statement: allow('kms:Encrypt', '*'), isWide: false },
  'a Deny': {
    statement: { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' },
    isWide: false,
  },
};

export const documentOf = (...Statement: readonly object[]): string =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement }));
