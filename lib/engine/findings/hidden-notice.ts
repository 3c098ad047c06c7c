import type { EventCause } from '../changes/change.ts';
import type { ControlRow, ResourceRow } from '../posture/row.ts';
import { type Notification, subjectFor } from '../remediation/notification.ts';
import { nameOf } from './who.ts';

const mostEvents = 5;

/** Controls that are hidden and of which people were not told, with their ids. */
export const untoldHidden = ({
  controls,
  goneAt,
}: Pick<ResourceRow, 'controls' | 'goneAt'>): readonly (readonly [string, ControlRow])[] =>
  goneAt === undefined
    ? Object.entries(controls).filter(
        ([, { verdict, hidden }]) => verdict.status === 'FAIL' && hidden && !hidden.told,
      )
    : [];

/** Who can have hidden it: of what passed who made it fail, of what failed already who changed it since. */
const hidersIn = ({ hidden, causes, changedSince = [] }: ControlRow): readonly EventCause[] =>
  hidden?.was === 'PASS' ? causes : changedSince;

const eventText = (event: EventCause): string =>
  [nameOf(event), event.call, event.from && `from ${event.from}`, `at ${event.time}`]
    .filter((part) => part)
    .join(', ');

/** What people are told once somebody hides a resource from Plumbline: one notice, whatever the number of its controls. */
export const hiddenNotice = (
  { type, ref, arn = ref.id }: Pick<ResourceRow, 'type' | 'ref' | 'arn'>,
  hidden: readonly (readonly [string, ControlRow])[],
): Notification => {
  const [first] = hidden;
  const { evidence: [proof] = [] } = first?.[1].verdict ?? {};
  const before = hidden.map(([id, row]) => `${id} ${row.hidden?.was}`).join(', ');
  const events = new Map(
    hidden.flatMap(([, row]) => hidersIn(row).map((event) => [event.id, event])),
  );
  const by = [...events.values()].slice(-mostEvents).map(eventText).join('; ');
  return {
    subject: subjectFor(`Plumbline: ${type} is hidden from it in ${ref.account} ${ref.region}`),
    message: [
      `Plumbline may no longer read ${arn}: ${proof?.actual ?? 'a policy of the resource denies it'}.`,
      `Before: ${before}`,
      `By: ${by === '' ? 'it is not known by whom' : by}`,
      'Its controls fail until it may be read again. Take the Deny out of the policy, or exempt the resource.',
    ].join('\n'),
  };
};
