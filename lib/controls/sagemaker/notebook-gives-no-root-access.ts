import { defineControl, fail, pass } from '../../model/control.ts';
import { notebookInstance } from '../../resources/sagemaker/notebook-instance.ts';

export const notebookGivesNoRootAccess = defineControl(notebookInstance, {
  id: 'SageMaker.3',
  title: 'Users should not have root access to SageMaker notebook instances',
  severity: 'HIGH',
  rationale: 'As root a user, or code that was let in, can change everything on the instance.',
  standards: {
    'fsbp-1.0.0': ['SageMaker.3'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)', 'AC-3(7)', 'AC-6', 'AC-6(10)', 'AC-6(2)'],
  },
  needs: ['notebook'],
  evaluate({ notebook: { rootAccess } }) {
    if (rootAccess === 'Disabled') return pass;
    return fail('users of the notebook instance are root', [
      { path: 'notebook.rootAccess', actual: rootAccess ?? 'not said', expected: 'Disabled' },
    ]);
  },
  remediation: {
    advice:
      'Stop the notebook instance, turn root access off, and start it again. Lifecycle configurations still run as root.',
  },
});
