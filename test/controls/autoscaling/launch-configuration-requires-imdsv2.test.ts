import { launchConfigurationRequiresImdsv2 } from '../../../lib/controls/autoscaling/launch-configuration-requires-imdsv2.ts';
import { testControl } from '../harness.ts';

testControl(launchConfigurationRequiresImdsv2, {
  base: {
    configuration: { httpTokens: 'required', assignsPublicAddress: undefined, hops: undefined },
  },
  rows: {
    'it requires tokens': { given: {}, verdict: 'PASS' },
    'tokens are optional': {
      given: {
        configuration: { httpTokens: 'optional', assignsPublicAddress: undefined, hops: undefined },
      },
      verdict: 'FAIL',
      evidence: ['configuration.httpTokens'],
    },
    'nothing is said of tokens': {
      given: {
        configuration: { httpTokens: undefined, assignsPublicAddress: undefined, hops: undefined },
      },
      verdict: 'FAIL',
      evidence: ['configuration.httpTokens'],
    },
  },
});
