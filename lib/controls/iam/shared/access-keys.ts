import { type Call, call, type Grant, type Plan, propose } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import { daysAfter, maskedKeyId, type Use, unusedSince } from './credentials.ts';
import { letsOthersIn } from './last-way-in.ts';

type Key = Use['accessKeyUse'][number];
interface State extends Pick<Use, 'loginProfile' | 'accessKeyUse'> {
  readonly privileges: readonly string[];
}
interface UserContext {
  readonly ref: Ref;
  readonly arn: string;
  readonly at: Date;
}

export const keyGrants: readonly Grant[] = [
  { actions: ['iam:UpdateAccessKey'], on: ({ arn }) => [arn] },
];

// CIS AWS Foundations takes a credential for unused after so many days.
const unusedDays = 45;
const isUnused = ({ createdAt, lastUsedAt }: Key, at: Date): boolean =>
  daysAfter(unusedSince(createdAt, lastUsedAt), unusedDays) <= at;

const setKeys = (keys: readonly Key[], UserName: string, Status: 'Active' | 'Inactive') =>
  keys.map(({ id: AccessKeyId }) =>
    call('iam', 'updateAccessKey', { UserName, AccessKeyId, Status }),
  );

export const deactivations = (keys: readonly Key[], { id }: Ref): readonly Call[] =>
  setKeys(keys, id, 'Inactive');

/** Deactivates these keys; who has them is shut out, which the keys that nobody used show to be nobody. */
export const deactivateKeys = (keys: readonly Key[], state: State, place: UserContext): Plan => {
  const { ref, arn, at } = place;
  const calls = deactivations(keys, ref);
  const others = state.accessKeyUse.some((key) => key.isActive && !keys.includes(key));
  if (!state.loginProfile && !others && letsOthersIn(state.privileges, arn))
    return propose(
      'the user administers IAM and has no other way in: nobody may be left who can give one back',
      calls,
    );
  return {
    kind: 'calls',
    risk: keys.every((key) => isUnused(key, at)) ? 'safe' : 'disruptive',
    summary: `deactivates ${keys.map(({ id }) => `access key ${maskedKeyId(id)}`).join(' and ')}`,
    calls,
    undo: { calls: setKeys(keys, ref.id, 'Active'), widensAccess: true },
  };
};

const isExpired = (since: Date, maxDays: number, at: Date): boolean =>
  daysAfter(since, maxDays) <= at;

/** What puts an end to the credentials that `evaluateUse` finds unused. */
export const planUnused = (state: State & Use, maxDays: number, place: UserContext): Plan => {
  const { loginProfile, passwordLastUsedAt, accessKeyUse } = state;
  const keys = accessKeyUse.filter(
    ({ isActive, createdAt, lastUsedAt }) =>
      isActive && isExpired(unusedSince(createdAt, lastUsedAt), maxDays, place.at),
  );
  const since = loginProfile && unusedSince(loginProfile.createdAt, passwordLastUsedAt);
  if (!since || !isExpired(since, maxDays, place.at)) return deactivateKeys(keys, state, place);
  return propose('a console password can only be deleted, which nobody can take back', [
    ...deactivations(keys, place.ref),
    call('iam', 'deleteLoginProfile', { UserName: place.ref.id }),
  ]);
};
