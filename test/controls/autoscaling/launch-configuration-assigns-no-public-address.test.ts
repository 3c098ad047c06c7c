import { launchConfigurationAssignsNoPublicAddress } from '../../../lib/controls/autoscaling/launch-configuration-assigns-no-public-address.ts';
import { testControl } from '../harness.ts';

testControl(launchConfigurationAssignsNoPublicAddress, {
  rows: {
    'it gives no public address': {
      given: {
        configuration: { httpTokens: undefined, assignsPublicAddress: false, hops: undefined },
      },
      verdict: 'PASS',
    },
    'the subnet decides': {
      given: {
        configuration: { httpTokens: undefined, assignsPublicAddress: undefined, hops: undefined },
      },
      verdict: 'PASS',
    },
    'it gives a public address': {
      given: {
        configuration: { httpTokens: undefined, assignsPublicAddress: true, hops: undefined },
      },
      verdict: 'FAIL',
      evidence: ['configuration.assignsPublicAddress'],
    },
  },
});
