import { countHosts } from '../../../aws/stores/host-inventory.ts';
import { conflict, retryOnConflict } from '../../../aws/stores/retry-on-conflict.ts';
import { keyOf } from '../../../engine/changes/change.ts';
import { type HostAt, sayWhere, whereOf } from '../../../engine/changes/host-message.ts';
import { isAway } from '../../../engine/changes/place.ts';
import type { Action } from '../../../engine/remediation/action.ts';
import { rolloutNotice } from '../../../engine/remediation/notification.ts';
import {
  type Rollout,
  rolloutKey,
  type Sight,
  slotsOf,
  type Terms,
} from '../../../engine/rollouts/rollout.ts';
import { type Answer, entered } from '../../../engine/rollouts/rollout-entry.ts';
import { reviewed } from '../../../engine/rollouts/rollout-review.ts';
import { unseenIn } from '../../../engine/rollouts/rollout-soak.ts';
import type { Plan } from '../../../model/control.ts';
import { canonicalJson } from '../../../support/canonical-json.ts';
import { asRecord, text } from '../../../support/untyped.ts';
import { enabledOn, type RemediationRuntime, type Runtime } from '../../runtime/runtime.ts';
import { areasOf, hardeningOf } from '../harden/change-host.ts';
import { hostAnswers } from '../host-controls.ts';
import { hostInstance } from '../host-instance.ts';

/** Within which an audit of the canaries is awaited, and none is sent beside it. */
const lookMs = 15 * 60_000;

/** What an action would do, as far as it tells one rollout from another. */
export interface Fixing {
  readonly action: Action;
  readonly plan: Extract<Plan, { kind: 'calls' }>;
  /** What the host runs, as it says. */
  readonly system: unknown;
}

const settingsOf = ({ baseline: { hosts } }: Runtime) => {
  if (!hosts) throw new Error('the baseline has no hosts: deploy the stack again');
  return hosts;
};

/** The rollout that an action belongs to, as it is before anybody has entered it, and its key. */
const rolloutOf = async (
  { action, plan, system }: Fixing,
  runtime: RemediationRuntime,
): Promise<{ readonly key: string; readonly begun: Rollout }> => {
  const { documents, inventory } = hardeningOf(runtime);
  const { DocumentName, Parameters } = asRecord(asRecord(plan.calls[0])['input']);
  const document = text(DocumentName) ?? '';
  const content = documents.find(({ name }) => name === document)?.content;
  const name = text(asRecord(system)['name']) ?? '';
  const control = action.controls.join(' ');
  const { place } = runtime;
  const known = await countHosts(
    inventory,
    (one) => whereOf(one, place).account === action.ref.account,
  );
  const slots = slotsOf(settingsOf(runtime).canary, known);
  const begun = { control, document, system: name, slots, canaries: [], rest: [], failed: 0 };
  // What happens in one account proves nothing for another one, and stops nothing there.
  const away = isAway(action.ref, place) ? [action.ref.account] : [];
  return { key: rolloutKey(control, content, Parameters, name, ...away), begun };
};

const rowKey = (at: HostAt, place: Runtime['place']): string =>
  keyOf({ type: hostInstance.type, ref: { ...whereOf(at, place), id: at.host } });

/** What is known of all that have entered a rollout. */
const sightOn = async (
  { canaries, rest }: Rollout,
  { posture, place, remediation: { ledger } }: RemediationRuntime,
): Promise<Sight> => {
  const entrants = [...canaries, ...rest];
  const [entries, rows] = await Promise.all([
    Promise.all(entrants.map(({ action }) => ledger.get(action))),
    posture.read([...new Set(canaries.map((one) => rowKey(one, place)))]),
  ]);
  const actions = new Map(entries.flatMap((one) => (one ? [[one.action.id, one.action]] : [])));
  return (entrant) => {
    const action = actions.get(entrant.action);
    const row = rows.get(rowKey(entrant, place));
    return { ...(action ? { action } : {}), ...(row ? { row } : {}) };
  };
};

const termsFor = async (slots: number, runtime: Runtime): Promise<Terms> => {
  const enabled = await enabledOn(hostInstance, runtime);
  return {
    canaryMinutes: settingsOf(runtime).canaryMinutes,
    slots,
    controls: enabled.flatMap(({ id }) => (id === hostAnswers.id ? [] : id)),
    now: runtime.clock(),
  };
};

/** Has canaries looked at once more, where nobody has asked for that lately. */
const looksAt = (rollout: Rollout, sight: Sight, terms: Terms): readonly HostAt[] => {
  const { lookedAt, stopped, openedAt } = rollout;
  if (stopped || openedAt !== undefined) return [];
  if (lookedAt !== undefined && terms.now.getTime() - Date.parse(lookedAt) < lookMs) return [];
  return unseenIn(rollout, sight, terms).map(({ host, where }) => ({
    host,
    ...(where && { where }),
  }));
};

const answered = async (
  { action: { id: action, ref } }: Fixing,
  { key, begun }: Awaited<ReturnType<typeof rolloutOf>>,
  runtime: RemediationRuntime,
): Promise<Answer | typeof conflict> => {
  const { rollouts, audit } = hardeningOf(runtime);
  const kept = await rollouts.get(key);
  const terms = await termsFor(begun.slots, runtime);
  const before = kept?.rollout ?? begun;
  const sight = await sightOn(before, runtime);
  const now = reviewed(before, sight, terms);
  const looks = looksAt(now, sight, terms);
  const at = terms.now.toISOString();
  const entrant = { action, host: ref.id, ...sayWhere(ref, runtime.place), at };
  const seen = looks.length > 0 ? { ...now, lookedAt: at } : now;
  const answer = entered(seen, entrant, sight, terms);
  const { rollout } = answer;
  if (canonicalJson(rollout) === canonicalJson(kept?.rollout)) return answer;
  if (rollout.stopped) {
    // Told before it is written: what is told twice does no harm, what is never told does.
    const { subject, message } = rolloutNotice(rollout, rollout.stopped);
    await runtime.remediation.notify(subject, message);
  }
  if (!(await rollouts.put(key, kept, rollout, terms.now))) return conflict;
  const areas = areasOf(terms.controls, runtime);
  for (const one of looks) await audit({ audit: 'again', areas, ...one });
  return answer;
};

/**
 * Lets an action go on as one of the first, or once those have proven the fix. What became of them is looked up by
 * whoever asks, so that nothing has to be told, or can be missed.
 */
export const admit = async (fixing: Fixing, runtime: RemediationRuntime): Promise<Answer> => {
  const rollout = await rolloutOf(fixing, runtime);
  return retryOnConflict(rollout.key, hardeningOf(runtime).rollouts.turns, () =>
    answered(fixing, rollout, runtime),
  );
};
