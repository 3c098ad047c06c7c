import { defineControl, fail, pass } from '../../model/control.ts';
import { patchCompliance } from '../../resources/ssm/patch-compliance.ts';

export const machineIsPatched = defineControl(patchCompliance, {
  id: 'SSM.2',
  title: 'EC2 instances that Systems Manager manages should comply with their patch baseline',
  severity: 'HIGH',
  rationale:
    'What was published against a hole is what attackers try first, and it lies ready for this machine.',
  standards: {
    'fsbp-1.0.0': ['SSM.2'],
    'nist-800-53-r5': ['CM-8(3)', 'SI-2', 'SI-2(2)', 'SI-2(3)', 'SI-2(4)', 'SI-2(5)'],
    'pci-dss-4.0.1': ['11.3.1', '11.3.1.1', '11.3.1.3', '6.3.3'],
  },
  needs: ['compliance'],
  evaluate({ compliance: { status } }) {
    if (status === 'COMPLIANT') return pass;
    return fail('the machine lacks patches that its baseline approves, or did not take them', [
      { path: 'compliance.status', actual: status, expected: 'COMPLIANT' },
    ]);
  },
  remediation: {
    advice:
      'Have AWS-RunPatchBaseline install what is missing, start the machine anew where it asks for that, and let a patch policy or a maintenance window do so on a schedule.',
  },
});
