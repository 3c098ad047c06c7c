import { launchConfigurationLimitsMetadataHops } from '../../../lib/controls/autoscaling/launch-configuration-limits-metadata-hops.ts';
import { testControl } from '../harness.ts';

const launching = (hops: number | undefined) => ({
  configuration: { httpTokens: 'required' as const, assignsPublicAddress: undefined, hops },
});

testControl(launchConfigurationLimitsMetadataHops, {
  rows: {
    'tokens stay on the instance': { given: launching(1), verdict: 'PASS' },
    // autoscaling-launch-config-hop-limit fails what is greater than 1
    'nothing is said of hops': { given: launching(undefined), verdict: 'PASS' },
    'tokens reach containers': {
      given: launching(2),
      verdict: 'FAIL',
      evidence: ['configuration.hops'],
    },
    'tokens travel as far as they can': { given: launching(64), verdict: 'FAIL' },
  },
});
