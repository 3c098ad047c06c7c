import { regionLaunchesWithImdsv2 } from '../../../lib/controls/ec2/region-launches-with-imdsv2.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'disruptive',
  calls: ['ec2.modifyInstanceMetadataDefaults'],
  input: { HttpTokens: 'required' },
} as const;

testControl(regionLaunchesWithImdsv2, {
  rows: {
    required: {
      given: { metadataDefaults: { httpTokens: 'required', managedBy: 'account' } },
      verdict: 'PASS',
    },
    'no preference': {
      given: { metadataDefaults: { httpTokens: undefined, managedBy: 'account' } },
      verdict: 'FAIL',
      evidence: ['metadataDefaults.httpTokens'],
      plan,
    },
    'optional, which it is again when the plan is taken back': {
      given: { metadataDefaults: { httpTokens: 'optional', managedBy: 'account' } },
      verdict: 'FAIL',
      plan,
    },
    'optional by the organization': {
      given: { metadataDefaults: { httpTokens: 'optional', managedBy: 'declarative-policy' } },
      verdict: 'FAIL',
      plan: { proposal: /organization/ },
    },
  },
});
