import fc from 'fast-check';
import type { RawStatement } from './policy-evaluation.ts';

const variable = (name: string) => `\${${name}}`;
const texts = ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase'];
const arns = [...texts, 'ArnEquals', 'ArnLike'];

// Under each key: its operators, then values of which some hold callers to known ones and some do not.
const keys: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  'aws:PrincipalAccount': [
    texts,
    ['111122223333', '123456789012', 'anonymous', '*', variable('aws:ResourceAccount')],
  ],
  'aws:PrincipalArn': [
    arns,
    [
      'arn:aws:iam::111122223333:role/deploy',
      'arn:aws:iam::111122223333:role/*',
      'arn:*:iam::111122223333:role/deploy',
      'arn:aws:iam::*:role/deploy',
      `arn:aws:iam::${variable('aws:ResourceAccount')}:role/deploy`,
    ],
  ],
  'aws:PrincipalOrgID': [texts, ['o-mine123456', 'o-*', variable('aws:ResourceOrgID')]],
  'aws:PrincipalOrgPaths': [texts, ['o-mine123456/*', 'o-*']],
  'aws:SourceVpce': [texts, ['vpce-1a2b', 'vpce-*']],
  'aws:SourceVpc': [texts, ['vpc-1a2b', 'vpc-????']],
  'aws:SourceVpcArn': [arns, ['arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1a2b', '*']],
  'aws:SourceAccount': [texts, ['111122223333', '*']],
  'aws:SourceArn': [arns, ['arn:aws:sns:us-east-1:111122223333:topic', 'arn:*']],
  'aws:userid': [
    texts,
    ['AIDAKNOWN000000000000', 'AROAKNOWN000000000000:*', '*:known', 'anonymous'],
  ],
  'aws:PrincipalTag/team': [texts, ['known', variable('aws:ResourceAccount')]],
  'sts:ExternalId': [texts, ['known', variable('aws:ResourceAccount')]],
  'aws:UserAgent': [texts, ['known']],
  'aws:Referer': [texts, ['known', '*']],
  'aws:ResourceAccount': [texts, ['123456789012', variable('aws:ResourceAccount')]],
  'aws:SourceIp': [['IpAddress'], ['192.0.2.0/24', '0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1']],
  'aws:VpcSourceIp': [['IpAddress'], ['10.0.0.0/16']],
  'aws:SecureTransport': [['Bool'], ['true', 'false']],
  'aws:PrincipalIsAWSService': [['Bool'], ['true', 'false']],
  'aws:ViaAWSService': [['Bool'], ['true', 'false']],
};

const negate = (operator: string) =>
  operator === 'Bool' ? operator : operator.replace(/^(String|Arn|(?=Ip))/, '$1Not');
const sets = ['', '', '', '', 'ForAnyValue:', 'ForAllValues:'];

const condition = (negated: boolean) =>
  fc.constantFrom(...Object.entries(keys)).chain(([key, [operators, values]]) =>
    fc
      .record({
        operator: fc.constantFrom(...operators),
        flip: fc.constantFrom(false, false, false, false, true),
        set: fc.constantFrom(...sets),
        ifExists: fc.constantFrom('', '', 'IfExists'),
        isNull: fc.constantFrom(false, false, false, false, false, true),
        values: fc.subarray([...values], { minLength: 1 }),
        truth: fc.constantFrom('true', 'false'),
      })
      .map(({ operator, flip, set, ifExists, isNull, values, truth }) => {
        if (isNull) return { Null: { [key]: truth } };
        const name = negated === flip ? operator : negate(operator);
        return { [`${set}${name}${ifExists}`]: { [key]: values } };
      }),
  );
const conditions = (negated: boolean) =>
  fc.array(condition(negated), { maxLength: 2 }).map((all) => {
    const merged: Record<string, Record<string, string[]>> = {};
    for (const [operator, held] of all.flatMap((one) => Object.entries(one)))
      merged[operator] = { ...merged[operator], ...held };
    return merged;
  });

const known = ['111122223333', 'arn:aws:iam::123456789012:role/deploy'];
const everybody = fc.constantFrom('*' as const, { AWS: '*' }, { AWS: ['111122223333', '*'] });
const named = fc.constantFrom({ AWS: known }, { Service: 'cloudtrail.amazonaws.com' }, {});
const whom = fc.oneof(
  { weight: 6, arbitrary: everybody.map((Principal) => ({ Principal })) },
  { weight: 1, arbitrary: named.map((Principal) => ({ Principal })) },
  { weight: 1, arbitrary: named.map((NotPrincipal) => ({ NotPrincipal })) },
);
const listing = <N extends string>(name: N, values: readonly string[]) =>
  fc
    .record({
      not: fc.constantFrom('', '', '', '', 'Not'),
      values: fc.subarray([...values], { minLength: 1 }),
    })
    .map(({ not, values }) => ({ [`${not}${name}`]: values }));

const statement = (
  Effect: RawStatement['Effect'],
  actions: readonly string[],
  resources: readonly string[],
  under = conditions(Effect === 'Deny'),
): fc.Arbitrary<RawStatement> =>
  fc
    .tuple(
      whom,
      listing('Action', actions),
      resources.length > 0 ? listing('Resource', resources) : fc.constant({}),
      under,
    )
    .map(([principal, action, resource, Condition]) => ({
      Effect,
      ...principal,
      ...action,
      ...resource,
      ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
    }));

/** Policies of which the evaluations could be wrong: mostly for everybody, under conditions that some escape. */
const policies = (actions: readonly string[], resources: readonly string[]) =>
  fc
    .tuple(
      fc.array(statement('Allow', actions, resources), { minLength: 1, maxLength: 2 }),
      fc.array(statement('Deny', actions, resources), { maxLength: 2 }),
    )
    .map((all) => all.flat());

export const bucket = 'arn:aws:s3:::example';
export const bucketPolicies = policies(
  [
    ...['*', 's3:*', 's3:Get*', 's3:GetObject', 's3:ListBucket', 's3:*Object'],
    ...['s3:Put*', 's3:PutObject', 's3:Delete*'],
  ],
  ['*', bucket, `${bucket}/*`, `${bucket}/logs/*`, `${bucket}*`],
);
/** Policies that refuse plain HTTP, or seem to. */
export const tlsPolicies = fc
  .array(
    statement(
      'Deny',
      ['s3:*', 's3:*', '*', 's3:Get*', 's3:*Object'],
      ['*', bucket, `${bucket}/*`, `${bucket}*`, `${bucket}?`, `${bucket}/logs/*`],
      fc.constantFrom<Record<string, Record<string, string[]>>[]>(
        { Bool: { 'aws:SecureTransport': ['false'] } },
        { 'ForAnyValue:Bool': { 'aws:SecureTransport': ['false'] } },
        { BoolIfExists: { 'aws:SecureTransport': ['false'] } },
        { Bool: { 'aws:SecureTransport': ['false'], 'aws:ViaAWSService': ['false'] } },
        { Bool: { 'aws:SecureTransport': ['true'] } },
        { Null: { 'aws:SecureTransport': ['false'] } },
        { StringNotEquals: { 'aws:SourceVpce': ['vpce-1a2b'] } },
        {},
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((denials): RawStatement[] => [
    { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
    ...denials,
  ]);
export const trustPolicies = policies(
  ['*', 'sts:*', 'sts:Assume*', 'sts:AssumeRole', 'sts:TagSession'],
  [],
);
