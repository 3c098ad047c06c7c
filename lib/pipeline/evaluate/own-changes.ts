import type { EventCause } from '../../engine/changes/change.ts';
import { keyOf } from '../../engine/changes/change.ts';
import { isActionId } from '../../engine/remediation/action.ts';
import type { Runtime } from '../runtime/runtime.ts';

const recentHours = 24;

/** A session of a role, `arn:…:sts::<account>:assumed-role/<name>/<session>`, whatever the role's path. */
const isSessionOf = (roleArn: string, by: string | undefined): boolean =>
  by?.split('/')[1] === roleArn.split('/').at(-1) &&
  by?.includes(':assumed-role/') === true &&
  by.split(':')[4] === roleArn.split(':')[4];

/**
 * Whether an event is a call of one of our actions: made by a session of the remediator's role, whose source identity
 * is a recent action on this very resource. The name alone proves nothing, so the ledger is asked.
 */
const isOurs = async (
  { by, sourceIdentity }: EventCause,
  key: string,
  { remediation, clock }: Runtime,
): Promise<boolean> => {
  if (!remediation || sourceIdentity === undefined || !isActionId(sourceIdentity)) return false;
  if (!isSessionOf(remediation.remediatorArn, by)) return false;
  const entry = await remediation.ledger.get(sourceIdentity);
  if (!entry || keyOf(entry.action) !== key) return false;
  return Date.parse(entry.action.startedAt) + recentHours * 3_600_000 >= clock().getTime();
};

/** The ids of the events that are our own actions' calls. */
export const oursAmong = async (
  events: readonly EventCause[],
  key: string,
  runtime: Runtime,
): Promise<ReadonlySet<string>> => {
  const ours = await Promise.all(events.map((event) => isOurs(event, key, runtime)));
  return new Set(events.filter((_, index) => ours[index]).map(({ id }) => id));
};
