import {
  call,
  defineControl,
  fail,
  notApplicable,
  pass,
  propose,
  type Snapshot,
  unknown,
} from '../../model/control.ts';
import { lambdaFunction } from '../../resources/lambda/lambda-function.ts';

type Url = Snapshot<typeof lambdaFunction, 'url'>['url'][number];
const isOpen = ({ authType }: Url): boolean => authType !== 'AWS_IAM';

export const functionUrlAsksWhoCalls = defineControl(lambdaFunction, {
  id: 'PL.LAMBDA.1',
  title: 'Lambda function URLs should ask for IAM authentication',
  severity: 'HIGH',
  rationale:
    'A URL without authentication answers whoever finds it, with all that the role of the function may do.',
  standards: {},
  exposes: true,
  needs: ['url', 'urlsLeftOut'],
  evaluate({ url, urlsLeftOut }) {
    const open = url.filter(isOpen);
    if (open.length === 0) {
      if (urlsLeftOut !== undefined) return unknown(`${urlsLeftOut} were not looked at`);
      return url.length === 0 ? notApplicable('the function has no URL') : pass;
    }
    return fail(
      'the URL of the function asks nobody who he is',
      open.map(({ alias, authType }) => ({
        path: alias === undefined ? 'url.authType' : `url[${alias}].authType`,
        actual: authType ?? null,
        expected: 'AWS_IAM',
      })),
    );
  },
  remediation: {
    advice:
      'Ask for IAM authentication. Where people call from browsers, put CloudFront with origin access control, or API Gateway with an authorizer, before the function.',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    grants: [{ actions: ['lambda:UpdateFunctionUrlConfig'], on: ({ arn }) => [arn] }],
    plan: ({ url }, { ref: { id: FunctionName } }) => {
      const aliases = url.filter(isOpen).flatMap(({ alias = [] }) => alias);
      if (aliases.length > 0)
        return propose(
          'a URL of an alias is changed by whoever knows who calls it',
          aliases.map((Qualifier) =>
            call('lambda', 'updateFunctionUrlConfig', {
              FunctionName,
              Qualifier,
              AuthType: 'AWS_IAM',
            }),
          ),
        );
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
