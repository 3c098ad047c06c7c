import { stageHasWebAcl } from '../../../lib/controls/apigateway/stage-has-web-acl.ts';
import { testControl } from '../harness.ts';
import { stage } from './stage.ts';

testControl(stageHasWebAcl, {
  rows: {
    'it has one': { given: { stage }, verdict: 'PASS' },
    'it has none': {
      given: { stage: { ...stage, hasWebAcl: false } },
      verdict: 'FAIL',
      evidence: ['stage.hasWebAcl'],
    },
  },
});
