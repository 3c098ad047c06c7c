import { instanceHasNoPublicAddress } from '../../../lib/controls/ec2/instance-has-no-public-address.ts';
import { testControl } from '../harness.ts';
import { running } from './instances.ts';

testControl(instanceHasNoPublicAddress, {
  rows: {
    'only private addresses': {
      given: { instance: { ...running, publicAddresses: [] } },
      verdict: 'PASS',
    },
    'a public address': {
      given: { instance: { ...running, publicAddresses: ['203.0.113.7'] } },
      verdict: 'FAIL',
      evidence: ['instance.publicAddresses'],
    },
    'an Elastic IP, while it is stopped': {
      given: { instance: { ...running, state: 'stopped', publicAddresses: ['203.0.113.7'] } },
      verdict: 'FAIL',
    },
  },
});
