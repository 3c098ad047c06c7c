import type { EventCause } from '../../engine/changes/change.ts';
import { keyOf } from '../../engine/changes/change.ts';
import { isRemediated } from '../../engine/changes/place.ts';
import { isActionId } from '../../engine/remediation/action.ts';
import { remediatorRoleName } from '../../resources/account/own-prefix.ts';
import { iam } from '../../services/iam.ts';
import type { Runtime } from '../runtime/runtime.ts';

const recentHours = 24;

/** A session of a role, `arn:…:sts::<account>:assumed-role/<name>/<session>`, whatever the role's path. */
const isSessionOf = (roleArn: string, by: string | undefined): boolean =>
  by?.split('/')[1] === roleArn.split('/').at(-1) &&
  by?.includes(':assumed-role/') === true &&
  by.split(':')[4] === roleArn.split(':')[4];

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** The role whose sessions carry plans out in an account; `undefined` where none may. */
const remediatorIn = (account: string, { remediation, place }: Runtime): string | undefined => {
  if (account === place.account) return remediation?.remediatorArn;
  return isRemediated({ account }, place)
    ? iam.arn('role', { account, region: place.homeRegion }, remediatorRoleName)
    : undefined;
};

/**
 * Whether an event is a call of one of our actions: made by a session of the remediator's role, whose source identity
 * is a recent action on this very resource. The name alone proves nothing, so the ledger is asked.
 */
const isOurs = async (
  { by, sourceIdentity }: EventCause,
  key: string,
  runtime: Runtime,
): Promise<boolean> => {
  const { remediation, clock } = runtime;
  if (!remediation || sourceIdentity === undefined || !isActionId(sourceIdentity)) return false;
  const account = accountOf(by ?? '');
  const remediator = remediatorIn(account, runtime);
  if (remediator === undefined || !isSessionOf(remediator, by)) return false;
  const entry = await remediation.ledger.get(sourceIdentity);
  // What a role of one account does to what another owns is none of ours.
  if (!entry || keyOf(entry.action) !== key || entry.action.ref.account !== account) return false;
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
