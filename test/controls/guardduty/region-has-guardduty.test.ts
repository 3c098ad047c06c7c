import { regionHasGuardduty } from '../../../lib/controls/guardduty/region-has-guardduty.ts';
import { testControl } from '../harness.ts';
import { detector, id } from './detector.ts';

testControl(regionHasGuardduty, {
  base: detector(),
  rows: {
    'it is on': { given: {}, verdict: 'PASS' },
    'there is none': {
      given: { detector: undefined },
      verdict: 'FAIL',
      evidence: ['detector.isOn'],
      reason: /not on/,
      plan: { proposal: /nobody knows the id/ },
    },
    'it is suspended': {
      given: detector({}, { isOn: false }),
      verdict: 'FAIL',
      reason: /suspended/,
      plan: {
        risk: 'disruptive',
        calls: ['guardduty.updateDetector'],
        input: { DetectorId: id, Enable: true },
      },
    },
    'it is suspended, and another account decides': {
      given: detector({}, { isOn: false, administrator: '111122223333' }),
      verdict: 'FAIL',
      plan: { proposal: /111122223333/ },
    },
  },
});
