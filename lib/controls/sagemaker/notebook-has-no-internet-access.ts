import { defineControl, fail, pass } from '../../model/control.ts';
import { notebookInstance } from '../../resources/sagemaker/notebook-instance.ts';

export const notebookHasNoInternetAccess = defineControl(notebookInstance, {
  id: 'SageMaker.1',
  title: 'Amazon SageMaker notebook instances should not have direct internet access',
  severity: 'HIGH',
  rationale:
    'What runs in a notebook can send the data that it works on anywhere, past every control of a VPC.',
  standards: {
    'fsbp-1.0.0': ['SageMaker.1'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['notebook'],
  evaluate({ notebook: { internetAccess } }) {
    if (internetAccess === 'Disabled') return pass;
    return fail('the notebook instance has direct access to the internet', [
      {
        path: 'notebook.internetAccess',
        actual: internetAccess ?? 'not said',
        expected: 'Disabled',
      },
    ]);
  },
  remediation: {
    advice:
      'Make a notebook instance in a subnet without direct internet access, move the work, and delete this one: the setting cannot be changed.',
  },
});
