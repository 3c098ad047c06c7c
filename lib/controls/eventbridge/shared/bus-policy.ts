import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/** The policy of an event bus; one that is given whole takes the place of the one that is there. */
export const busPolicy: PolicyWriter = {
  service: 'events',
  put: ({ ref: { id } }, Policy) =>
    call('eventbridge', 'putPermission', { EventBusName: id, Policy }),
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
  mostBytes: 10_240,
  // IAM allows `events:PutPermission` on every bus or on none, the one by which Plumbline hears among them.
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
  leftToPeople: () => 'whoever may write the policy of one event bus may write that of each',
  // Who sends from another account is not heard any more.
  risk: 'disruptive',
};
