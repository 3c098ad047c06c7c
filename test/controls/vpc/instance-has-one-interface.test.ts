import { instanceHasOneInterface } from '../../../lib/controls/vpc/instance-has-one-interface.ts';
import { testControl } from '../harness.ts';

testControl(instanceHasOneInterface, {
  rows: {
    one: { given: { interfaces: ['eni-1'] }, verdict: 'PASS' },
    two: { given: { interfaces: ['eni-1', 'eni-2'] }, verdict: 'FAIL', evidence: ['interfaces'] },
    'two, of which one is allowed': {
      given: { interfaces: ['eni-1', 'eni-2'] },
      parameters: { adapterIds: ['eni-2'] },
      verdict: 'PASS',
    },
    'three, of which one is allowed': {
      given: { interfaces: ['eni-1', 'eni-2', 'eni-3'] },
      parameters: { adapterIds: ['eni-2'] },
      verdict: 'FAIL',
    },
  },
});
