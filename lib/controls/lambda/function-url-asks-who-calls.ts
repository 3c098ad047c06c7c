import { call, defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { lambdaFunction } from '../../resources/lambda/lambda-function.ts';

export const functionUrlAsksWhoCalls = defineControl(lambdaFunction, {
  id: 'PL.LAMBDA.1',
  title: 'Lambda function URLs should ask for IAM authentication',
  severity: 'HIGH',
  rationale:
    'A URL without authentication answers whoever finds it, with all that the role of the function may do.',
  standards: {},
  exposes: true,
  needs: ['url'],
  evaluate({ url }) {
    if (url === undefined) return notApplicable('the function has no URL');
    if (url.authType === 'AWS_IAM') return pass;
    return fail('the URL of the function asks nobody who he is', [
      { path: 'url.authType', actual: url.authType ?? null, expected: 'AWS_IAM' },
    ]);
  },
  remediation: {
    advice:
      'Ask for IAM authentication. Where people call from browsers, put CloudFront with origin access control, or API Gateway with an authorizer, before the function.',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    grants: [{ actions: ['lambda:UpdateFunctionUrlConfig'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id: FunctionName } }) => {
      const set = (AuthType: 'AWS_IAM' | 'NONE') =>
        call('lambda', 'updateFunctionUrlConfig', { FunctionName, AuthType });
      return {
        kind: 'calls',
        risk: 'disruptive',
        summary: 'has the URL of the function ask for IAM authentication',
        calls: [set('AWS_IAM')],
        undo: { calls: [set('NONE')], widensAccess: true },
      };
    },
  },
});
