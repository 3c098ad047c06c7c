import { guestsHaveNoPower } from '../../../lib/controls/cognito/guests-have-no-power.ts';
import { testControl } from '../harness.ts';

// The id of the pool that the harness evaluates.
const pool = 'example';
const issuer = 'cognito-identity.amazonaws.com';
const text = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const trusting = (Condition: object, Principal: unknown = { Federated: issuer }) =>
  text({ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity', Condition });
// As the console writes it.
const ofGuests = trusting({
  StringEquals: { [`${issuer}:aud`]: pool },
  'ForAnyValue:StringLike': { [`${issuer}:amr`]: 'unauthenticated' },
});
const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  ...{ Action, Resource },
});
const site = 'arn:aws:s3:::site/*';
const table = 'arn:aws:dynamodb:us-east-1:123456789012:table/offers';

interface Role {
  readonly trustPolicy?: string;
  readonly boundary?: string;
  readonly allowsClassicFlow?: boolean;
}
const guests = (
  statements: readonly object[],
  { trustPolicy = ofGuests, boundary, allowsClassicFlow = false }: Role = {},
) => ({
  pool: { admitsGuests: true, allowsClassicFlow },
  guestRole: { name: 'guests', trustPolicy, documents: [text(...statements)], boundary },
});
const may = (action: string | readonly string[], resource?: string, role?: Role) =>
  guests([allow(action, resource)], role);
const classic = { allowsClassicFlow: true };
const pass = (given: object) => ({ given, verdict: 'PASS' }) as const;
const fails = (given: object) =>
  ({
    given,
    verdict: 'FAIL',
    evidence: ['guestRole.documents[0].Statement[0].Action'],
  }) as const;

testControl(guestsHaveNoPower, {
  base: { ...guests([]), signedInRole: undefined },
  rows: {
    'everybody signs in': pass({
      pool: { admitsGuests: false, allowsClassicFlow: false },
      guestRole: undefined,
    }),
    'guests have no role, or one that was deleted': pass({
      pool: { admitsGuests: true, allowsClassicFlow: true },
      guestRole: undefined,
    }),
    'nothing is said of guests': {
      given: { pool: { admitsGuests: undefined, allowsClassicFlow: false }, guestRole: undefined },
      verdict: 'UNKNOWN',
    },
    'a role that allows nothing': pass(guests([])),
    'as the console makes it': pass(may(['mobileanalytics:PutEvents', 'cognito-sync:*'])),
    'what CloudWatch RUM is told by': pass(
      may('rum:PutRumEvents', 'arn:aws:rum:us-east-1:123456789012:appmonitor/shop'),
    ),
    'speech, by the classic flow': pass(may('polly:SynthesizeSpeech', '*', classic)),
    'reading the objects of one bucket': pass(may('s3:GetObject', site)),
    'reading the objects of every bucket': fails(may('s3:GetObject')),
    'reading what any bucket holds, by a star in its place': fails(
      may('s3:GetObject', 'arn:aws:s3:::*/*'),
    ),
    'reading one table': pass(may(['dynamodb:Query', 'dynamodb:GetItem'], table)),
    'reading every table': fails(may('dynamodb:Scan', 'arn:aws:dynamodb:*:*:table/*')),
    ...Object.fromEntries(
      [
        ['dynamodb:Scan', 'arn:aws:dynamodb:us-east-1:123456789012:t*'],
        ['dynamodb:Scan', 'arn:aws:dynamodb:us-east-1:123456789012:table*'],
        ['dynamodb:Scan', 'arn:aws:dynamodb:us-east-1:123456789012:tabl?/*'],
        ['dynamodb:Scan', 'arn:aws:dynam*'],
        ['s3:GetObject', 'arn:aws:s3:us-east-1:123456789012:accesspoint/*'],
        ['s3:GetObject', 'arn:aws:s?:::site/*'],
        ['iot:Subscribe', 'arn:aws:iot:us-east-1:123456789012:topicfilter/*'],
        ['lex:RecognizeText', 'arn:aws:lex:us-east-1:123456789012:bot*'],
        ['personalize:GetRecommendations', 'arn:aws:personalize:*:123456789012:recommender/*'],
      ].map(([action = '', resource]) => [
        `${action} on ${resource}`,
        fails(may(action, resource)),
      ]),
    ),
    'reading one bucket, whose name begins as tables do': pass(
      may('s3:GetObject', 'arn:aws:s3:::table/*'),
    ),
    'reading what an access point shows': pass(
      may('s3:GetObject', 'arn:aws:s3:us-east-1:123456789012:accesspoint/site/object/*'),
    ),
    'the role of who signed in, which says nothing of that, by the classic flow': {
      given: {
        pool: { admitsGuests: true, ...classic },
        guestRole: undefined,
        signedInRole: {
          ...guests([allow('s3:*')]).guestRole,
          trustPolicy: trusting({ StringEquals: { [`${issuer}:aud`]: pool } }),
        },
      },
      verdict: 'FAIL',
      evidence: ['signedInRole.documents[0].Statement[0].Action'],
    },
    'the role of who signed in, which asks for that': pass({
      pool: { admitsGuests: true, ...classic },
      guestRole: undefined,
      signedInRole: {
        ...guests([allow('s3:*')]).guestRole,
        trustPolicy: trusting({
          StringEquals: { [`${issuer}:aud`]: pool },
          'ForAnyValue:StringLike': { [`${issuer}:amr`]: 'authenticated' },
        }),
      },
    }),
    'calling an API': pass(
      may('execute-api:Invoke', 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3/prod/GET/*'),
    ),
    'administering everything': fails(may('*')),
    'administering everything, by the classic flow': {
      ...fails(may('*', '*', classic)),
      reason: /classic flow/,
    },
    'writing objects': fails(may('s3:PutObject', site)),
    'all of S3': fails(may('s3:*')),
    'all that begins alike of S3': fails(may('s3:Get*', site)),
    'actions in another case': fails(may('S3:PUTOBJECT', site)),
    'changing one table': fails(may(['dynamodb:GetItem', 'dynamodb:PutItem'], table)),
    'calling a function': fails(may('lambda:InvokeFunction', '*')),
    decrypting: fails(may('kms:Decrypt')),
    'sending to a queue': fails(
      may('sqs:SendMessage', 'arn:aws:sqs:us-east-1:123456789012:orders'),
    ),
    'listing users': fails(may('cognito-idp:ListUsers')),
    'a token for whom they like': fails(may('cognito-identity:GetOpenIdTokenForDeveloperIdentity')),
    // The enhanced flow leaves of these nothing: AWS's session policies do not have them.
    'passing a role, by the enhanced flow': pass(may('iam:PassRole')),
    'passing a role, by the classic flow': fails(may('iam:PassRole', '*', classic)),
    'assuming a role, by the enhanced flow': pass(may('sts:AssumeRole')),
    'assuming a role, by the classic flow': fails(may('sts:AssumeRole', '*', classic)),
    'reading secrets, by the enhanced flow': pass(may('secretsmanager:GetSecretValue')),
    'reading secrets, by the classic flow': fails(
      may('secretsmanager:GetSecretValue', '*', classic),
    ),
    'reading parameters, by the classic flow': fails(may('ssm:GetParameter*', '*', classic)),
    'describing keys, which the enhanced flow leaves out of KMS': pass(may('kms:Describe*')),
    'all but IAM': {
      given: guests([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]),
      verdict: 'FAIL',
      evidence: ['guestRole.documents[0].Statement[0].NotAction'],
    },
    'what a Deny takes back': pass(
      guests([allow('s3:*'), { Effect: 'Deny', Action: 's3:*', Resource: '*' }]),
    ),
    'what a Deny of some resources does not take back': fails(
      guests([allow('s3:*'), { Effect: 'Deny', Action: 's3:*', Resource: site }]),
    ),
    'what a Deny under a condition does not take back': fails(
      guests([
        allow('s3:*'),
        {
          ...{ Effect: 'Deny', Action: 's3:*', Resource: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]),
    ),
    'everything, of which a Deny leaves what is told of use': pass(
      guests([allow('*'), { Effect: 'Deny', NotAction: 'rum:PutRumEvents', Resource: '*' }]),
    ),
    'everything, of which a boundary leaves what is told of use': pass(
      may('*', '*', { boundary: text(allow('rum:PutRumEvents')) }),
    ),
    'everything, of which a boundary leaves S3': fails(
      may('*', '*', { boundary: text(allow('s3:*')) }),
    ),
    'a trust policy for those who signed in alone': pass(
      may('s3:*', '*', {
        trustPolicy: trusting({
          StringEquals: { [`${issuer}:aud`]: pool },
          'ForAnyValue:StringLike': { [`${issuer}:amr`]: 'authenticated' },
        }),
      }),
    ),
    'a trust policy for another pool': pass(
      may('s3:*', '*', { trustPolicy: trusting({ StringEquals: { [`${issuer}:aud`]: 'other' } }) }),
    ),
    'a trust policy that says of Cognito nothing more': fails(
      may('s3:*', '*', { trustPolicy: trusting({}) }),
    ),
    'a trust policy for whoever is not another': fails(
      may('s3:*', '*', {
        trustPolicy: trusting({ StringNotEquals: { [`${issuer}:aud`]: 'other' } }),
      }),
    ),
    'a trust policy that keeps guests out': pass(
      may('s3:*', '*', {
        trustPolicy: trusting({
          'ForAnyValue:StringNotLike': { [`${issuer}:amr`]: 'unauth*' },
        }),
      }),
    ),
    ...Object.fromEntries(
      [
        ['of GovCloud, west', 'cognito-identity-us-gov.amazonaws.com'],
        ['of GovCloud, east', 'cognito-identity.us-gov-east-1.amazonaws.com'],
        ['of China', 'cognito-identity.cn-north-1.amazonaws.com.cn'],
      ].flatMap(([where, Federated]) => {
        const by = (amr: string) =>
          trusting({ 'ForAnyValue:StringLike': { [`${Federated}:amr`]: amr } }, { Federated });
        return [
          [`guests ${where}`, fails(may('s3:*', '*', { trustPolicy: by('unauth*') }))],
          [`who signed in ${where}`, pass(may('s3:*', '*', { trustPolicy: by('auth*') }))],
        ];
      }),
    ),
    'a trust policy for whoever is not in a word that AWS writes otherwise': fails(
      may('s3:*', '*', {
        trustPolicy: trusting({ StringNotEquals: { [`${issuer}:amr`]: 'Unauthenticated' } }),
      }),
    ),
    'a trust policy for whoever is not a guest, whatever the case': pass(
      may('s3:*', '*', {
        trustPolicy: trusting({
          StringNotEqualsIgnoreCase: { [`${issuer}:amr`]: 'Unauthenticated' },
        }),
      }),
    ),
    'a trust policy for what a variable stands for': fails(
      may('s3:*', '*', {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
        trustPolicy: trusting({ StringEquals: { [`${issuer}:aud`]: '${aws:RequestTag/pool}' } }),
      }),
    ),
    'a trust policy for another service of AWS, which ends alike': pass(
      may('s3:*', '*', { trustPolicy: trusting({}, { Federated: 'cognito-idp.amazonaws.com' }) }),
    ),
    'a trust policy for a service of AWS': pass(
      may('s3:*', '*', { trustPolicy: trusting({}, { Service: 'lambda.amazonaws.com' }) }),
    ),
    'an action that the baseline gives to guests': {
      ...pass(may('s3:PutObject', site)),
      parameters: { guestActions: ['s3:PutObject'] },
    },
    'a policy that cannot be made out': {
      given: { ...may('s3:*'), guestRole: { ...may('s3:*').guestRole, documents: ['{'] } },
      verdict: 'UNKNOWN',
    },
  },
});
