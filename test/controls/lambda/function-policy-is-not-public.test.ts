import { functionPolicyIsNotPublic } from '../../../lib/controls/lambda/function-policy-is-not-public.ts';
import { testControl } from '../harness.ts';
import { metByAnybody, rowsOfAny } from '../policies.ts';

const account = '123456789012';
const policyOf = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
const permission = (Sid: string, statement: object) => ({
  Sid,
  Effect: 'Allow',
  Action: 'lambda:InvokeFunction',
  Resource: `arn:aws:lambda:us-east-1:${account}:function:example`,
  ...statement,
});
const s3 = { Principal: { Service: 's3.amazonaws.com' } };
const bucket = { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::invoices' } };
const ofAccount = { StringEquals: { 'AWS:SourceAccount': account } };
const rule = permission('rule', {
  Principal: { Service: 'events.amazonaws.com' },
  Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:events:us-east-1:${account}:rule/nightly` } },
});
const url = permission('url', {
  Principal: '*',
  Action: 'lambda:InvokeFunctionUrl',
  Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
});
const urlToo = permission('urlToo', {
  Principal: '*',
  Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
});
const plan = { risk: 'safe', calls: ['lambda.removePermission'], undo: 'widens' } as const;
const notGivenBack = { proposal: /could not be given back/ };
// For a service any other row is open: S3 is to be held to an account.
const { 'a policy for a service': _, ...rows } = rowsOfAny('lambda:InvokeFunction');
const { 'a source that is a pattern': __, ...unheld } = metByAnybody;

testControl(functionPolicyIsNotPublic, {
  base: { policy: undefined, url: [] },
  rows: {
    ...rows,
    'no policy': { given: {}, verdict: 'PASS' },
    'a rule of the account': { given: { policy: policyOf(rule) }, verdict: 'PASS' },
    'a bucket of the account': {
      given: {
        policy: policyOf(permission('s3', { ...s3, Condition: { ...bucket, ...ofAccount } })),
      },
      verdict: 'PASS',
    },
    everybody: {
      given: { policy: policyOf(rule, permission('open', { Principal: '*' })) },
      verdict: 'FAIL',
      evidence: ['policy.Statement[1].Principal'],
      plan: { ...plan, input: { FunctionName: 'example', StatementId: 'open' } },
    },
    'a rule of the account, and versions that were not looked at': {
      given: { policy: { read: policyOf(rule), leftOut: '250 versions' } },
      verdict: 'UNKNOWN',
      reason: /^250 versions were not looked at$/,
    },
    'nobody, and versions that were not looked at': {
      given: { policy: { read: undefined, leftOut: '250 versions' } },
      verdict: 'UNKNOWN',
    },
    'everybody, and versions that were not looked at': {
      given: {
        policy: { read: policyOf(permission('open', { Principal: '*' })), leftOut: '250 versions' },
      },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Principal'],
      plan: { ...plan, after: 'UNKNOWN', input: { FunctionName: 'example', StatementId: 'open' } },
    },
    'everybody, by an alias': {
      given: {
        policy: policyOf(
          rule,
          permission('open', {
            Principal: '*',
            Resource: `arn:aws:lambda:us-east-1:${account}:function:example:live`,
          }),
        ),
      },
      verdict: 'FAIL',
      evidence: ['policy.Statement[1].Principal'],
      plan: { proposal: /version or an alias/ },
    },
    'everybody, by whatever URL has no authentication': {
      given: { policy: policyOf(url) },
      verdict: 'FAIL',
      plan,
    },
    'everybody, by the URL that the function has': {
      given: {
        policy: policyOf(url, urlToo),
        url: [{ alias: undefined, authType: 'NONE' as const }],
      },
      verdict: 'FAIL',
      plan: {
        risk: 'disruptive',
        calls: ['lambda.removePermission', 'lambda.removePermission'],
        undo: 'widens',
      },
    },
    'everybody with an AWS account': {
      given: {
        policy: policyOf({
          ...url,
          Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
        }),
      },
      verdict: 'FAIL',
      plan,
    },
    'a source that is a pattern': {
      given: {
        policy: policyOf(
          permission('open', {
            Principal: '*',
            Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::invoices-*' } },
          }),
        ),
      },
      verdict: 'FAIL',
      plan,
    },
    ...Object.fromEntries(
      Object.entries(unheld).map(([title, Condition]) => [
        title,
        {
          given: { policy: policyOf(permission('open', { Principal: '*', Condition })) },
          verdict: 'FAIL' as const,
          plan: notGivenBack,
        },
      ]),
    ),
    'a permission without a name': {
      given: { policy: policyOf({ ...permission('', { Principal: '*' }), Sid: undefined }) },
      verdict: 'FAIL',
      plan: notGivenBack,
    },
    'S3, whoever’s bucket it acts for': {
      given: { policy: policyOf(permission('s3', { ...s3, Condition: bucket })) },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Principal'],
      plan: { proposal: /account of the bucket/ },
    },
  },
});
