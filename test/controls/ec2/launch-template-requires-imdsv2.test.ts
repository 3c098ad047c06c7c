import { launchTemplateRequiresImdsv2 } from '../../../lib/controls/ec2/launch-template-requires-imdsv2.ts';
import { testControl } from '../harness.ts';

const given = (httpTokens: 'required' | 'optional' | undefined) => ({
  defaultVersion: { publicInterfaces: [], httpTokens },
});

testControl(launchTemplateRequiresImdsv2, {
  rows: {
    required: { given: given('required'), verdict: 'PASS' },
    optional: {
      given: given('optional'),
      verdict: 'FAIL',
      evidence: ['defaultVersion.httpTokens'],
    },
    'the template is silent': { given: given(undefined), verdict: 'FAIL' },
  },
});
