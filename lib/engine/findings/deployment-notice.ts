import type { EventCause } from '../changes/change.ts';
import type { ResourceRow } from '../posture/row.ts';
import { type Notification, subjectFor } from '../remediation/notification.ts';
import { nameOf } from './who.ts';

/** What people are told of a deployment where the baseline does not name who may deploy. */
export const deploymentNotice = (
  { ref }: Pick<ResourceRow, 'ref'>,
  event: EventCause,
): Notification => ({
  subject: subjectFor(`Plumbline was deployed in ${ref.account} ${ref.region}`),
  message: [
    `By: ${[nameOf(event), event.call, event.from && `from ${event.from}`, `at ${event.time}`]
      .filter((part) => part)
      .join(', ')}`,
    'Whoever updates the stack decides what Plumbline is. Name who may in remediation.deployRoles of the baseline: a deployment by anybody else then fails PL.BLIND.5.',
  ].join('\n'),
});
