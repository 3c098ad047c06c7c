import { runtimesOfEksAreWatched } from '../../../lib/controls/guardduty/runtimes-of-eks-are-watched.ts';
import { testControl } from '../harness.ts';
import { agentRowsOf, detector } from './detector.ts';

const agents = ['EKS_ADDON_MANAGEMENT'];
const off = { isOn: false, agents: [] };

testControl(runtimesOfEksAreWatched, {
  base: detector(),
  rows: {
    ...agentRowsOf('EKS_ADDON_MANAGEMENT'),
    'the older feature does it': {
      given: detector({
        EKS_RUNTIME_MONITORING: { isOn: true, agents },
        RUNTIME_MONITORING: off,
      }),
      verdict: 'PASS',
    },
    'the older feature is on without agents': {
      given: detector({
        EKS_RUNTIME_MONITORING: { isOn: true, agents: [] },
        RUNTIME_MONITORING: off,
      }),
      verdict: 'FAIL',
      reason: /RUNTIME_MONITORING of GuardDuty is off/,
    },
  },
});
