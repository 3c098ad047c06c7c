import { stageIsTraced } from '../../../lib/controls/apigateway/stage-is-traced.ts';
import { testControl } from '../harness.ts';
import { stage } from './stage.ts';

testControl(stageIsTraced, {
  rows: {
    'it is': { given: { stage }, verdict: 'PASS' },
    'it is not': {
      given: { stage: { ...stage, isTraced: false } },
      verdict: 'FAIL',
      evidence: ['stage.isTraced'],
    },
  },
});
