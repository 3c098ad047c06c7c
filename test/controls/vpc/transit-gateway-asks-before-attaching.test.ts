import { transitGatewayAsksBeforeAttaching } from '../../../lib/controls/vpc/transit-gateway-asks-before-attaching.ts';
import { testControl } from '../harness.ts';

const gateway = (attachesUnasked: boolean, state = 'available') => ({
  gateway: { attachesUnasked, state: state as 'available' },
});
testControl(transitGatewayAsksBeforeAttaching, {
  rows: {
    'it asks': { given: gateway(false), verdict: 'PASS' },
    'it takes whoever comes': {
      given: gateway(true),
      verdict: 'FAIL',
      evidence: ['gateway.attachesUnasked'],
      plan: {
        risk: 'safe',
        calls: ['ec2.modifyTransitGateway'],
        input: { TransitGatewayId: 'example', Options: { AutoAcceptSharedAttachments: 'disable' } },
        undo: 'widens',
      },
    },
    'it is being changed': {
      given: gateway(true, 'modifying'),
      verdict: 'FAIL',
      plan: { proposal: /state is modifying/ },
    },
  },
});
