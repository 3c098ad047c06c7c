import { functionUrlAsksWhoCalls } from '../../../lib/controls/lambda/function-url-asks-who-calls.ts';
import { testControl } from '../harness.ts';

const ofFunction = (authType: 'AWS_IAM' | 'NONE') => ({ alias: undefined, authType });

testControl(functionUrlAsksWhoCalls, {
  base: { url: [], urlsLeftOut: undefined },
  rows: {
    'no URL, and aliases that were not looked at': {
      given: { urlsLeftOut: '12 aliases' },
      verdict: 'UNKNOWN',
      reason: /^12 aliases were not looked at$/,
    },
    'IAM authentication, and aliases that were not looked at': {
      given: { url: [ofFunction('AWS_IAM')], urlsLeftOut: '12 aliases' },
      verdict: 'UNKNOWN',
    },
    'no authentication, and aliases that were not looked at': {
      given: { url: [ofFunction('NONE')], urlsLeftOut: '12 aliases' },
      verdict: 'FAIL',
      evidence: ['url.authType'],
      plan: {
        risk: 'disruptive',
        calls: ['lambda.updateFunctionUrlConfig'],
        input: { FunctionName: 'example', AuthType: 'AWS_IAM' },
        undo: 'widens',
        after: 'UNKNOWN',
      },
    },
    'no URL': { given: { url: [] }, verdict: 'NOT_APPLICABLE' },
    'IAM authentication': { given: { url: [ofFunction('AWS_IAM')] }, verdict: 'PASS' },
    'no authentication': {
      given: { url: [ofFunction('NONE')] },
      verdict: 'FAIL',
      evidence: ['url.authType'],
      plan: {
        risk: 'disruptive',
        calls: ['lambda.updateFunctionUrlConfig'],
        input: { FunctionName: 'example', AuthType: 'AWS_IAM' },
        undo: 'widens',
      },
    },
    'no authentication of an alias': {
      given: { url: [ofFunction('AWS_IAM'), { alias: 'live', authType: 'NONE' as const }] },
      verdict: 'FAIL',
      evidence: ['url[live].authType'],
      plan: { proposal: /URL of an alias/ },
    },
  },
});
