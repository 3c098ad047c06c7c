import { vpcHasEndpointOfEc2 } from '../../../lib/controls/vpc/vpc-has-endpoint-of-ec2.ts';
import { testControl } from '../harness.ts';

const at = (service: string, state = 'available') => ({ service, state });
testControl(vpcHasEndpointOfEc2, {
  rows: {
    'an endpoint': { given: { endpoints: [at('com.amazonaws.us-east-1.ec2')] }, verdict: 'PASS' },
    'one with FIPS': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ec2-fips')] },
      verdict: 'PASS',
    },
    'one that is being made': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ec2', 'pending')] },
      verdict: 'PASS',
    },
    none: { given: { endpoints: [] }, verdict: 'FAIL', evidence: ['endpoints'] },
    'one that failed': {
      given: { endpoints: [at('com.amazonaws.us-east-1.ec2', 'failed')] },
      verdict: 'FAIL',
    },
    'one of a service whose name ends alike': {
      given: { endpoints: [at('com.amazonaws.us-east-1.xec2'), at('com.amazonaws.us-east-1.s3')] },
      verdict: 'FAIL',
    },
    'one of another region': {
      given: { endpoints: [at('com.amazonaws.eu-west-1.ec2')] },
      verdict: 'FAIL',
    },
  },
});
