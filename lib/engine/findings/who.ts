import { clip } from '../../support/clip.ts';
import type { EventCause } from '../changes/change.ts';
import type { ControlRow } from '../posture/row.ts';

/** Who called, however little of a name the identity has. */
export const nameOf = ({ by, identity, id }: EventCause): string =>
  by ?? `${identity ?? 'somebody'} without a name (event ${id})`;

const namesOf = (causes: readonly EventCause[]): readonly string[] => [
  ...new Set(causes.map(nameOf)),
];

/** Everything that is known of one event: account, principal, call, address, time. */
const lineOf = (cause: EventCause): string => {
  const { identity, account, principal, onBehalfOf, invokedBy, call, from, time, id, omitted } =
    cause;
  const who = [
    identity,
    account && `account ${account}`,
    principal && `principal ${principal}`,
    onBehalfOf && `for ${onBehalfOf}`,
    invokedBy && `through ${invokedBy}`,
  ].filter((part) => part);
  const what = [
    call ?? 'a change',
    omitted && 'of which CloudTrail left a part out',
    from && `from ${from}`,
    `at ${time}`,
    `event ${id}`,
  ];
  const known = who.length > 0 ? ` (${who.join(', ')})` : '';
  return `${nameOf(cause)}${known}: ${what.filter((part) => part).join(', ')}`;
};

const mostLines = 6;

const linesOf = (causes: readonly EventCause[]): Record<string, string> =>
  causes.length < 2
    ? {}
    : Object.fromEntries(
        causes.slice(0, mostLines).map((one, at) => [`candidate/${at + 1}`, lineOf(one)]),
      );

/** When somebody touched it last, as far as it was known when the finding was sent. */
export const lastChangeField = 'changedSinceTime';

/** Who touched it after it had failed; they did not cause that. */
const sinceText = (events: readonly EventCause[]): string =>
  [...new Set(events.map((event) => `${nameOf(event)} (${event.call ?? 'a change'})`))]
    .toSorted()
    .join(', ');

/**
 * By whom, as fields of a finding. If one person is known to have done it, the field is `by`. If several can have done it,
 * or if not all of them are kept, it is `among`.
 */
export const whoFields = ({
  causes,
  furtherCauses = [],
  changedSince = [],
}: ControlRow): Record<string, string | undefined> => {
  const names = namesOf(causes);
  const more = furtherCauses.length > 0 ? ` and ${furtherCauses.length} more` : '';
  const latest = causes.at(-1);
  return {
    [names.length === 1 && more === '' ? 'by' : 'among']:
      names.length > 0 ? `${clip(names.join(' '), 1000)}${more}` : undefined,
    identity: latest?.identity,
    account: latest?.account,
    principal: latest?.principal,
    onBehalfOf: latest?.onBehalfOf,
    invokedBy: latest?.invokedBy,
    sourceAddress: latest?.from,
    userAgent: latest?.userAgent,
    call: [...new Set(causes.flatMap(({ call }) => call ?? []))].join(' '),
    eventId: latest && causes.map(({ id }) => id).join(' '),
    eventTime: latest?.time,
    ...linesOf(causes),
    changedSince: changedSince.length > 0 ? sinceText(changedSince) : undefined,
    [lastChangeField]: changedSince.at(-1)?.time,
  };
};
