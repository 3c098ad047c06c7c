import { stageLogsAccess } from '../../../lib/controls/apigateway/stage-logs-access.ts';
import { testControl } from '../harness.ts';

testControl(stageLogsAccess, {
  rows: {
    'they go somewhere': { given: { access: { isLogged: true } }, verdict: 'PASS' },
    'they go nowhere': {
      given: { access: { isLogged: false } },
      verdict: 'FAIL',
      evidence: ['access.isLogged'],
    },
  },
});
