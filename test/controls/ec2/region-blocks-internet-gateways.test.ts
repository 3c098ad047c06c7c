import { regionBlocksInternetGateways } from '../../../lib/controls/ec2/region-blocks-internet-gateways.ts';
import { testControl } from '../harness.ts';

const block = (mode: 'off' | 'block-ingress' | 'block-bidirectional') => ({
  vpcBlock: { mode, state: 'update-complete' as const, managedBy: 'account' as const },
});

testControl(regionBlocksInternetGateways, {
  rows: {
    'traffic from the internet is blocked': { given: block('block-ingress'), verdict: 'PASS' },
    'traffic both ways is blocked': { given: block('block-bidirectional'), verdict: 'PASS' },
    'nothing is blocked': {
      given: block('off'),
      verdict: 'FAIL',
      evidence: ['vpcBlock.mode'],
      plan: { proposal: /from the internet/ },
    },
    'traffic from the internet is blocked, where both ways are asked for': {
      given: block('block-ingress'),
      parameters: { vpcBpaInternetGatewayBlockMode: 'block-bidirectional' },
      verdict: 'FAIL',
      reason: /block-ingress/,
      plan: { proposal: /from the internet/ },
    },
  },
});
