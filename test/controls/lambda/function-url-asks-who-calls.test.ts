import { functionUrlAsksWhoCalls } from '../../../lib/controls/lambda/function-url-asks-who-calls.ts';
import { testControl } from '../harness.ts';

testControl(functionUrlAsksWhoCalls, {
  rows: {
    'no URL': { given: { url: undefined }, verdict: 'NOT_APPLICABLE' },
    'IAM authentication': { given: { url: { authType: 'AWS_IAM' } }, verdict: 'PASS' },
    'no authentication': {
      given: { url: { authType: 'NONE' } },
      verdict: 'FAIL',
      evidence: ['url.authType'],
      plan: {
        risk: 'disruptive',
        calls: ['lambda.updateFunctionUrlConfig'],
        input: { FunctionName: 'example', AuthType: 'AWS_IAM' },
        undo: 'widens',
      },
    },
  },
});
