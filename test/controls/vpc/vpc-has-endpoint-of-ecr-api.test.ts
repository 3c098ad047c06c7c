import { vpcHasEndpointOfEcrApi } from '../../../lib/controls/vpc/vpc-has-endpoint-of-ecr-api.ts';
import { testControl } from '../harness.ts';

const at = (service: string, state = 'available') => ({ service, state });
testControl(vpcHasEndpointOfEcrApi, {
  rows: {
    'an endpoint': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ecr.api')] },
      verdict: 'PASS',
    },
    'one with FIPS': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ecr.api-fips')] },
      verdict: 'PASS',
    },
    'one that is being made': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ecr.api', 'pending')] },
      verdict: 'PASS',
    },
    none: { given: { endpoints: [] }, verdict: 'FAIL', evidence: ['endpoints'] },
    'one that failed': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ecr.api', 'failed')] },
      verdict: 'FAIL',
    },
    'one of a service whose name ends alike': {
      given: {
        endpoints: [at('com.amazonaws.us-east-1.xecr.api'), at('com.amazonaws.us-east-1.s3')],
      },
      verdict: 'FAIL',
    },
    'one of another region': {
      given: { endpoints: [at('com.amazonaws.eu-west-1.ecr.api')] },
      verdict: 'FAIL',
    },
  },
});
