import { stagePresentsACertificate } from '../../../lib/controls/apigateway/stage-presents-a-certificate.ts';
import { testControl } from '../harness.ts';
import { stage } from './stage.ts';

testControl(stagePresentsACertificate, {
  rows: {
    'it does': { given: { stage }, verdict: 'PASS' },
    'it has none': {
      given: { stage: { ...stage, hasClientCertificate: false } },
      verdict: 'FAIL',
      evidence: ['stage.hasClientCertificate'],
    },
  },
});
