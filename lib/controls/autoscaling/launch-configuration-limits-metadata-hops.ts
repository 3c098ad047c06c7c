import { defineControl, fail, pass } from '../../model/control.ts';
import { launchConfiguration } from '../../resources/autoscaling/launch-configuration.ts';

export const launchConfigurationLimitsMetadataHops = defineControl(launchConfiguration, {
  id: 'AutoScaling.4',
  title: 'Auto Scaling launch configurations should limit the metadata hop count to 1',
  severity: 'HIGH',
  rationale:
    'A token that travels further than to the instance itself reaches containers and proxies on it, which then act with its role.',
  standards: {
    'fsbp-1.0.0': ['AutoScaling.4'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'],
  },
  needs: ['configuration'],
  // What is silent passes, as with Security Hub: AWS then takes one hop, unless a default of the account says otherwise.
  evaluate({ configuration: { hops = 1 } }) {
    if (hops <= 1) return pass;
    return fail(`tokens of the metadata service may travel ${hops} hops`, [
      { path: 'configuration.hops', actual: hops, expected: 1 },
    ]);
  },
  remediation: {
    advice:
      'Make a launch template (or configuration) with a hop limit of 1, have the group launch from it, and replace its instances. Containers that need the role of their instance are better given one of their own.',
  },
});
