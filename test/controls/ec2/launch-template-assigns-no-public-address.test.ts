import { launchTemplateAssignsNoPublicAddress } from '../../../lib/controls/ec2/launch-template-assigns-no-public-address.ts';
import { testControl } from '../harness.ts';

const given = (publicInterfaces: number[]) => ({
  defaultVersion: { publicInterfaces, httpTokens: undefined },
});

testControl(launchTemplateAssignsNoPublicAddress, {
  rows: {
    'no interface gets one': { given: given([]), verdict: 'PASS' },
    'the second of two interfaces gets one': {
      given: given([1]),
      verdict: 'FAIL',
      evidence: ['defaultVersion.publicInterfaces[1]'],
    },
  },
});
