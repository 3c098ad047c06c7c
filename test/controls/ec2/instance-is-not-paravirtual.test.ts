import { instanceIsNotParavirtual } from '../../../lib/controls/ec2/instance-is-not-paravirtual.ts';
import { testControl } from '../harness.ts';
import { running } from './instances.ts';

const given = (virtualization: 'hvm' | 'paravirtual') => ({
  instance: { ...running, publicAddresses: [], virtualization },
});

testControl(instanceIsNotParavirtual, {
  rows: {
    'hardware virtualization': { given: given('hvm'), verdict: 'PASS' },
    paravirtual: {
      given: given('paravirtual'),
      verdict: 'FAIL',
      evidence: ['instance.virtualization'],
    },
  },
});
