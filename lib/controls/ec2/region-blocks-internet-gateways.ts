import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { optionalOneOf } from '../../model/parameters.ts';
import { ec2Region } from '../../resources/account/ec2-region.ts';

export const regionBlocksInternetGateways = defineControl(ec2Region, {
  id: 'EC2.172',
  title: 'EC2 VPC Block Public Access settings should block internet gateway traffic',
  severity: 'MEDIUM',
  rationale:
    'The block keeps the VPCs of a region from the internet whatever their routes and security groups say.',
  standards: { 'fsbp-1.0.0': ['EC2.172'] },
  needs: ['vpcBlock'],
  parameters: {
    vpcBpaInternetGatewayBlockMode: optionalOneOf({
      values: ['block-bidirectional', 'block-ingress'],
    }),
  },
  evaluate({ vpcBlock: { mode } }, { parameters: { vpcBpaInternetGatewayBlockMode: wanted } }) {
    const isBlocked = mode === 'block-bidirectional' || mode === 'block-ingress';
    if (wanted === null ? isBlocked : mode === wanted) return pass;
    return fail(isBlocked ? `the mode is ${mode}` : 'internet gateways of the region work', [
      {
        path: 'vpcBlock.mode',
        actual: mode ?? null,
        expected: wanted ?? 'block-bidirectional or block-ingress',
      },
    ]);
  },
  remediation: {
    advice:
      'Exclude the VPCs and subnets that are to reach the internet, then turn on VPC Block Public Access in the region.',
    grants: [],
    plan: (_, { parameters: { vpcBpaInternetGatewayBlockMode: wanted } }) =>
      propose('it cuts every VPC and subnet that is not excluded from the internet', [
        call('ec2', 'modifyVpcBlockPublicAccessOptions', {
          InternetGatewayBlockMode: wanted ?? 'block-ingress',
        }),
      ]),
  },
});
