import { notebookIsInAVpc } from '../../../lib/controls/sagemaker/notebook-is-in-a-vpc.ts';
import { testControl } from '../harness.ts';
import { notebook } from './notebook.ts';

testControl(notebookIsInAVpc, {
  base: notebook(),
  rows: {
    'it is in a subnet': { given: {}, verdict: 'PASS' },
    'it is in none of the account': {
      given: notebook({ subnet: undefined }),
      verdict: 'FAIL',
      evidence: ['notebook.subnet'],
    },
  },
});
