import { notebookHasNoInternetAccess } from '../../../lib/controls/sagemaker/notebook-has-no-internet-access.ts';
import { testControl } from '../harness.ts';
import { notebook } from './notebook.ts';

testControl(notebookHasNoInternetAccess, {
  base: notebook(),
  rows: {
    'it is off': { given: {}, verdict: 'PASS' },
    'it is on': {
      given: notebook({ internetAccess: 'Enabled' }),
      verdict: 'FAIL',
      evidence: ['notebook.internetAccess'],
    },
    'it is off while the instance is stopped': {
      given: notebook({ status: 'Stopped' }),
      verdict: 'PASS',
    },
    'nothing is said of it, and it begins on': {
      given: notebook({ internetAccess: undefined }),
      verdict: 'FAIL',
    },
  },
});
