import { vpcHasEndpointOfIncidentManager } from '../../../lib/controls/vpc/vpc-has-endpoint-of-incident-manager.ts';
import { testControl } from '../harness.ts';

const at = (service: string, state = 'available') => ({ service, state });
testControl(vpcHasEndpointOfIncidentManager, {
  rows: {
    'an endpoint': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ssm-incidents')] },
      verdict: 'PASS',
    },
    'one with FIPS': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ssm-incidents-fips')] },
      verdict: 'PASS',
    },
    'one that is being made': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ssm-incidents', 'pending')] },
      verdict: 'PASS',
    },
    none: { given: { endpoints: [] }, verdict: 'FAIL', evidence: ['endpoints'] },
    'one that failed': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ssm-incidents', 'failed')] },
      verdict: 'FAIL',
    },
    'one of a service whose name ends alike': {
      given: {
        endpoints: [at('com.amazonaws.us-east-1.xssm-incidents'), at('com.amazonaws.us-east-1.s3')],
      },
      verdict: 'FAIL',
    },
    'one of another region': {
      given: { endpoints: [at('com.amazonaws.eu-west-1.ssm-incidents')] },
      verdict: 'FAIL',
    },
  },
});
