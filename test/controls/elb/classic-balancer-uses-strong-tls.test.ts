import { classicBalancerUsesStrongTls } from '../../../lib/controls/elb/classic-balancer-uses-strong-tls.ts';
import { testControl } from '../harness.ts';
import { http, https } from './balancers.ts';

const strong = {
  name: 'strict',
  predefined: 'ELBSecurityPolicy-TLS-1-2-2017-01' as string | undefined,
};
testControl(classicBalancerUsesStrongTls, {
  rows: {
    'the strong one': {
      given: { listeners: [http, https], tlsPolicies: [strong] },
      verdict: 'PASS',
    },
    'an older one': {
      given: {
        listeners: [http, https],
        tlsPolicies: [{ ...strong, predefined: 'ELBSecurityPolicy-2016-08' }],
      },
      verdict: 'FAIL',
      evidence: ['listeners[1].policies'],
    },
    'one that somebody made': {
      given: { listeners: [https], tlsPolicies: [{ ...strong, predefined: undefined }] },
      verdict: 'FAIL',
    },
    'the strong one, which no listener has': {
      given: { listeners: [{ ...https, policies: ['old'] }], tlsPolicies: [strong] },
      verdict: 'FAIL',
    },
    'HTTP alone': { given: { listeners: [http], tlsPolicies: [] }, verdict: 'NOT_APPLICABLE' },
  },
});
