import { vpcHasEndpointOfSystemsManager } from '../../../lib/controls/vpc/vpc-has-endpoint-of-systems-manager.ts';
import { testControl } from '../harness.ts';

const at = (service: string, state = 'available') => ({ service, state });
testControl(vpcHasEndpointOfSystemsManager, {
  rows: {
    'an endpoint': { given: { endpoints: [at('com.amazonaws.us-east-1.ssm')] }, verdict: 'PASS' },
    'one with FIPS': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ssm-fips')] },
      verdict: 'PASS',
    },
    'one that is being made': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ssm', 'pending')] },
      verdict: 'PASS',
    },
    none: { given: { endpoints: [] }, verdict: 'FAIL', evidence: ['endpoints'] },
    'one that failed': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ssm', 'failed')] },
      verdict: 'FAIL',
    },
    'one of a service whose name ends alike': {
      given: { endpoints: [at('com.amazonaws.us-east-1.xssm'), at('com.amazonaws.us-east-1.s3')] },
      verdict: 'FAIL',
    },
    'one of another region': {
      given: { endpoints: [at('com.amazonaws.eu-west-1.ssm')] },
      verdict: 'FAIL',
    },
  },
});
