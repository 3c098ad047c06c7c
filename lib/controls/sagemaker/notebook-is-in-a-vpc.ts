import { defineControl, fail, pass } from '../../model/control.ts';
import { notebookInstance } from '../../resources/sagemaker/notebook-instance.ts';

export const notebookIsInAVpc = defineControl(notebookInstance, {
  id: 'SageMaker.2',
  title: 'SageMaker notebook instances should be launched in a custom VPC',
  severity: 'HIGH',
  rationale: 'Outside of a VPC of its own nothing filters what a notebook talks to.',
  standards: {
    'fsbp-1.0.0': ['SageMaker.2'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
  },
  needs: ['notebook'],
  evaluate({ notebook: { subnet } }) {
    if (subnet !== undefined) return pass;
    return fail('the notebook instance is in a network of SageMaker', [
      { path: 'notebook.subnet', actual: null, expected: 'a subnet of the account' },
    ]);
  },
  remediation: {
    advice:
      'Make a notebook instance in a subnet of a VPC, move the work, and delete this one: the setting cannot be changed.',
  },
});
