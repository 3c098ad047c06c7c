import { subnetAssignsNoPublicAddress } from '../../../lib/controls/ec2/subnet-assigns-no-public-address.ts';
import { testControl } from '../harness.ts';

const given = (mapsPublicIp: boolean) => ({
  subnet: { mapsPublicIp, owner: '123456789012', vpc: 'vpc-1' },
});

testControl(subnetAssignsNoPublicAddress, {
  rows: {
    'addresses are asked for': { given: given(false), verdict: 'PASS' },
    'every launch gets one': {
      given: given(true),
      verdict: 'FAIL',
      evidence: ['subnet.mapsPublicIp'],
      plan: {
        risk: 'disruptive',
        calls: ['ec2.modifySubnetAttribute'],
        input: { SubnetId: 'example', MapPublicIpOnLaunch: { Value: false } },
        undo: 'widens',
      },
    },
  },
});
