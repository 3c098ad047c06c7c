import { classicBalancerHasCertificatesOfAcm } from '../../../lib/controls/elb/classic-balancer-has-certificates-of-acm.ts';
import { testControl } from '../harness.ts';
import { http, https } from './balancers.ts';

testControl(classicBalancerHasCertificatesOfAcm, {
  rows: {
    'one of ACM': { given: { listeners: [http, https] }, verdict: 'PASS' },
    'one of IAM': {
      given: { listeners: [http, { ...https, isOfAcm: false }] },
      verdict: 'FAIL',
      evidence: ['listeners[1].isOfAcm'],
    },
    'none that is shown': {
      given: { listeners: [{ ...https, isOfAcm: undefined }] },
      verdict: 'FAIL',
    },
    'HTTP alone': { given: { listeners: [http] }, verdict: 'NOT_APPLICABLE' },
  },
});
