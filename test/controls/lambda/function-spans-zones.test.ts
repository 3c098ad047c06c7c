import { functionSpansZones } from '../../../lib/controls/lambda/function-spans-zones.ts';
import { testControl } from '../harness.ts';

const inVpc = {
  packageType: 'Zip',
  runtime: 'nodejs24.x',
  subnets: ['subnet-1', 'subnet-2'],
} as const;

testControl(functionSpansZones, {
  base: { configuration: inVpc, zones: ['us-east-1a', 'us-east-1b'] },
  rows: {
    'two zones': { given: {}, verdict: 'PASS' },
    'one zone': { given: { zones: ['us-east-1a'] }, verdict: 'FAIL', evidence: ['zones'] },
    'two zones where three are asked for': {
      given: {},
      parameters: { availabilityZones: 3 },
      verdict: 'FAIL',
    },
    'no VPC': {
      given: { configuration: { ...inVpc, subnets: [] }, zones: [] },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
