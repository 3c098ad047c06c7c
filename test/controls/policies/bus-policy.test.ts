import { policyIsNotPublic } from '../../../lib/controls/policies/policy-is-not-public.ts';
import type { Control } from '../../../lib/model/control.ts';
import { allowing, policyOf } from '../policies.ts';

const ref = { account: '123456789012', region: 'us-east-1', id: 'orders' };
const policy = policyOf(allowing('events:PutEvents')({ Principal: '*' }));

it('the policy of a bus is written by people: who may write one may write each', () => {
  const arn = `arn:aws:events:us-east-1:${ref.account}:event-bus/orders`;
  const control: Control = policyIsNotPublic;
  const plan = control.remediation.plan?.(
    { policy, primaryRegion: undefined },
    { ref, arn, parameters: {}, at: new Date(0) },
  );
  expect(plan).toMatchObject({
    kind: 'proposal',
    calls: [{ service: 'eventbridge', operation: 'putPermission' }],
  });
});
