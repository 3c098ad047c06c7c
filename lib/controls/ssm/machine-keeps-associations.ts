import { defineControl, fail, pass } from '../../model/control.ts';
import { associationCompliance } from '../../resources/ssm/association-compliance.ts';

export const machineKeepsAssociations = defineControl(associationCompliance, {
  id: 'SSM.3',
  title: 'EC2 instances that Systems Manager manages should comply with their associations',
  severity: 'LOW',
  rationale:
    'An association says how a machine is to be; where it fails, the machine is otherwise and nobody put it so.',
  standards: {
    'fsbp-1.0.0': ['SSM.3'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-8', 'CM-8(1)', 'CM-8(3)', 'SI-2(3)'],
    'pci-dss-4.0.1': ['1.2.8', '1.3.1', '1.3.2', '1.4.2', '1.5.1', 'A1.1.3'],
  },
  needs: ['compliance'],
  evaluate({ compliance: { status } }) {
    if (status === 'COMPLIANT') return pass;
    return fail('an association of the machine failed when it was applied last', [
      { path: 'compliance.status', actual: status, expected: 'COMPLIANT' },
    ]);
  },
  remediation: {
    advice:
      'Look in State Manager at why the association fails, mend that, and apply it again; take an association away that is for other machines.',
  },
});
