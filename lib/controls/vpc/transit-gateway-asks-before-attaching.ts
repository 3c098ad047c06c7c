import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { transitGateway } from '../../resources/ec2/transit-gateway.ts';

export const transitGatewayAsksBeforeAttaching = defineControl(transitGateway, {
  id: 'EC2.23',
  title: 'Amazon EC2 Transit Gateways should not automatically accept VPC attachment requests',
  severity: 'HIGH',
  rationale:
    'Whoever a transit gateway is shared with joins a network to it without anybody having looked at which.',
  standards: { 'fsbp-1.0.0': ['EC2.23'], 'nist-800-53-r5': ['AC-4(21)', 'CA-9(1)', 'CM-2'] },
  needs: ['gateway'],
  evaluate: ({ gateway: { attachesUnasked } }) =>
    attachesUnasked
      ? fail('VPCs of other accounts are attached without anybody being asked', [
          { path: 'gateway.attachesUnasked', actual: true, expected: false },
        ])
      : pass,
  remediation: {
    advice:
      'Turn automatic acceptance off. What is attached stays; look through the attachments that came by themselves.',
    grants: [{ actions: ['ec2:ModifyTransitGateway'], on: ({ arn }) => [arn] }],
    plan({ gateway: { state } }, { ref: { id: TransitGatewayId } }) {
      if (state !== 'available') return propose(`its state is ${state ?? 'not known'}`);
      const set = (AutoAcceptSharedAttachments: 'enable' | 'disable') =>
        call('ec2', 'modifyTransitGateway', {
          TransitGatewayId,
          Options: { AutoAcceptSharedAttachments },
        });
      return {
        kind: 'calls',
        risk: 'safe',
        summary: 'asks before a VPC of another account is attached; those that are stay',
        calls: [set('disable')],
        undo: { calls: [set('enable')], widensAccess: true },
      };
    },
  },
});
