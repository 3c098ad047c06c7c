import { notebookGivesNoRootAccess } from '../../../lib/controls/sagemaker/notebook-gives-no-root-access.ts';
import { testControl } from '../harness.ts';
import { notebook } from './notebook.ts';

testControl(notebookGivesNoRootAccess, {
  base: notebook(),
  rows: {
    'it is off': { given: {}, verdict: 'PASS' },
    'it is on': {
      given: notebook({ rootAccess: 'Enabled' }),
      verdict: 'FAIL',
      evidence: ['notebook.rootAccess'],
    },
    'it is off while the instance is stopped': {
      given: notebook({ status: 'Stopped' }),
      verdict: 'PASS',
    },
    'nothing is said of it, and it begins on': {
      given: notebook({ rootAccess: undefined }),
      verdict: 'FAIL',
    },
  },
});
