import { defineControl, fail, pass } from '../../model/control.ts';
import { instance } from '../../resources/ec2/instance.ts';

export const instanceIsNotParavirtual = defineControl(instance, {
  id: 'EC2.24',
  title: 'Amazon EC2 paravirtual instance types should not be used',
  severity: 'MEDIUM',
  rationale:
    'Only instance types of the first generations run paravirtual images, without what hardware guards today.',
  standards: { 'fsbp-1.0.0': ['EC2.24'], 'nist-800-53-r5': ['CM-2', 'CM-2(2)'] },
  needs: ['instance'],
  evaluate({ instance: { virtualization } }) {
    if (virtualization !== 'paravirtual') return pass;
    return fail('the instance is paravirtual', [
      { path: 'instance.virtualization', actual: virtualization, expected: 'hvm' },
    ]);
  },
  remediation: {
    advice: 'Move what runs on it to an instance type of a current generation (HVM).',
  },
});
