import { instanceHasRole } from '../../../lib/controls/ec2/instance-has-role.ts';
import { testControl } from '../harness.ts';
import { running } from './instances.ts';

testControl(instanceHasRole, {
  rows: {
    'with a profile': { given: { instance: { ...running, hasProfile: true } }, verdict: 'PASS' },
    'without one': {
      given: { instance: { ...running, hasProfile: false } },
      verdict: 'FAIL',
      evidence: ['instance.hasProfile'],
    },
  },
});
