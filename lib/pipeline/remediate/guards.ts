import { attempted, codeOf, isBusy } from '../../aws/errors.ts';
import { hubOff, type Suppression, suppressionOf } from '../../aws/security-hub.ts';
import { exemptionOn } from '../../engine/baseline/exemption.ts';
import { operatorsFor } from '../../engine/baseline/operators.ts';
import { protectingEntry } from '../../engine/baseline/protected-roles.ts';
import {
  type FindingIdentifier,
  identifiersOf,
  whereOf,
} from '../../engine/findings/finding-id.ts';
import { nameOf } from '../../engine/findings/who.ts';
import { driftsWithin } from '../../engine/posture/drift.ts';
import type { Wait } from '../../engine/remediation/action.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import { suppressionNotice } from '../../engine/remediation/notification.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import { countSuppression } from '../../engine/remediation/suppression.ts';
import type { Plan } from '../../model/control.ts';
import { plural } from '../../support/plural.ts';
import { oursAmong } from '../evaluate/own-changes.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';
import { isUrgent } from './block.ts';
import type { Preflight } from './preflight.ts';
import { targetOf } from './target.ts';
import { canWait, closedWindow, secondsUntil } from './wait.ts';

/** What a guard looks at. */
export interface Guarded {
  readonly ask: FixRequest & Delivered;
  readonly preflight: Preflight;
  /** The plan for the controls that no guard has blocked so far. */
  readonly plan: (controls: readonly string[]) => Plan | undefined;
  readonly runtime: RemediationRuntime;
}
/** Why a control has to wait, and for how many seconds. */
type Later = Omit<Wait, 'guard'>;
type Evaluation = string | Later | undefined;
/** Answers why it blocks a control, or has it wait; throws where it cannot look, which blocks too. */
export type Guard = (guarded: Guarded, control: string) => Promise<Evaluation> | Evaluation;

/** What ends is waited for where that can be, else it blocks. */
const untilThen = ({ ask, runtime }: Guarded, why: string, end?: Date): string | Later => {
  if (!canWait(ask)) return why;
  const seconds = secondsUntil(end, runtime.clock());
  return { why, seconds, ...(end ? { isPaced: true } : { bySweep: true }) };
};

const killSwitch: Guard = async (guarded) =>
  (await guarded.runtime.remediation.isOn())
    ? undefined
    : untilThen(guarded, 'remediation is switched off');

/** A batch that also holds a stranger's change is not ours. */
const notOurs: Guard = async ({ ask, preflight: { row, key }, runtime }, control) => {
  const causes = row?.controls[control]?.causes ?? [];
  if (ask.askedBy.kind !== 'drift' || causes.length === 0) return undefined;
  const ours = await oursAmong(causes, key, runtime);
  return ours.size === causes.length ? 'our own action brought it about' : undefined;
};

/** What a person took back only a person puts right again. */
const hold: Guard = async ({ ask, preflight: { key }, runtime }, control) => {
  if (ask.askedBy.kind === 'person') return undefined;
  const until = await runtime.remediation.locks.heldUntil(key, control);
  if (until === undefined || Date.parse(until) <= runtime.clock().getTime()) return undefined;
  return `a person took it back; left alone until ${until}`;
};

/**
 * What Security Hub knows of a finding. Where it is off nothing is suppressed; where it cannot be asked, a finding that
 * it never had is not.
 */
const known = async (
  finding: FindingIdentifier,
  isPublished: boolean,
  runtime: RemediationRuntime,
): Promise<Suppression | undefined> => {
  const found = await attempted(async () =>
    suppressionOf(await runtime.hub(whereOf(finding), 'workflow'), finding),
  );
  if ('value' in found) return found.value;
  const isOff = codeOf(found.failure) === hubOff;
  if (isOff || (isBusy(found.failure) && !isPublished)) return undefined;
  throw found.failure;
};

const suppressed: Guard = async (guarded, control) => {
  const { preflight, ask, runtime } = guarded;
  const { arn, row } = preflight;
  const { causes = [], published } = row?.controls[control] ?? {};
  const { remediation } = runtime.baseline;
  const { account } = ask.ref;
  // To suppress is to exempt: whoever may not exempt here is nobody's word.
  const operators = operatorsFor({ ask: 'exempt', account }, runtime.baseline);
  for (const finding of identifiersOf({ ref: ask.ref, arn }, [control])) {
    const found = await known(finding, published !== undefined, runtime);
    if (!found) continue;
    const days = remediation.suppressionDays;
    const counted = countSuppression({ ...found, operators, causes, days }, runtime.clock());
    if ('until' in counted) {
      const why = `${found.by} suppressed the finding, until ${counted.until.toISOString()}`;
      return untilThen(guarded, why, counted.until);
    }
    if ('isOver' in counted) continue;
    const { subject, message } = suppressionNotice(control, arn, counted.why);
    await attempted(() => runtime.remediation.notify(subject, message));
  }
  return undefined;
};

const exemption: Guard = ({ preflight: { row, arn }, ask: { ref }, runtime }, control) => {
  if (row?.isUnreadable)
    return 'what is kept of it is no row: nobody knows whether somebody answers for it, until the next sweep reads it anew';
  const subject = { controlId: control, arn, id: ref.id };
  const found = exemptionOn(row, runtime.baseline, subject, runtime.clock());
  if (found?.isOwn) return `it is so by design: ${found.reason}`;
  return found && `${found.owner} answers for it until ${found.expires}: ${found.reason}`;
};

const mode: Guard = ({ ask: { askedBy }, runtime }, control) => {
  const enabled = runtime.baseline.controls[control];
  if (!enabled || enabled.mode === 'observe') {
    return `${control} is only observed; its mode has to be plan or remediate`;
  }
  if (askedBy.kind === 'person') return undefined;
  if (enabled.mode !== 'remediate') return `the mode of ${control} is ${enabled.mode}`;
  if (askedBy.kind === 'backlog' && !enabled.backlog) return `${control} leaves backlog to people`;
  return undefined;
};

const protectedRole: Guard = ({ preflight: { arn }, runtime }) => {
  const entry = protectingEntry(runtime.baseline.remediation.protectedRoles, arn);
  return entry && `the baseline protects it from every change (protectedRoles: ${entry})`;
};

const ownership: Guard = async ({ ask, preflight: { row, tags }, runtime }, control) => {
  if (!tags) throw new Error('the tags of the resource may not be read');
  const { causes = [], began, since } = row?.controls[control] ?? {};
  // A read that was too early to show the drift can show a tag that came with it.
  const begun = [since, ...causes.map(({ time }) => time)].filter((time) => time !== undefined);
  const driftedAt = began === 'found' ? undefined : begun.sort()[0];
  const drifted = { tags, controllerTags: row?.controllerTags, driftedAt, causes, ref: ask.ref };
  return targetOf(ask).whyOwned(drifted, runtime);
};

/** Why a plan may not be carried out for these controls, by what it risks. */
export const whyTooRisky = (
  made: Plan | undefined,
  ask: FixRequest,
  controls: readonly string[],
  { baseline }: Runtime,
): string | undefined => {
  if (!made) return 'there is no plan; it is a person’s work';
  if (made.kind === 'proposal') return `only proposed: ${made.why}`;
  if (made.risk === 'destructive') return 'it would lose data';
  if (made.risk === 'safe') return undefined;
  if (ask.accepts === 'disruptive' && ask.askedBy.kind === 'person') return undefined;
  const careful = controls.find((control) => baseline.controls[control]?.risk !== 'disruptive');
  return careful && `it is disruptive, and ${careful} allows what is safe`;
};

const risk: Guard = ({ ask, plan, runtime }, control) =>
  whyTooRisky(plan([control]), ask, [control], runtime);

const maintenanceWindow: Guard = ({ ask, runtime }) => {
  const closed = closedWindow(runtime);
  return canWait(ask) ? closed : closed?.why;
};

const flapping: Guard = ({ preflight: { row }, ask, runtime }, control) => {
  const { drifts, hours } = runtime.baseline.remediation.flapping;
  const found = row?.controls[control];
  if (!found || ask.askedBy.kind === 'person') return undefined;
  const since = driftsWithin(found, hours, runtime.clock());
  if (since < drifts) return undefined;
  const who = [...new Set(found.causes.map(nameOf))].join(', ');
  return `it drifted ${plural(since, 'time')} in ${plural(hours, 'hour')}: ${who || 'somebody'} and Plumbline disagree`;
};

const breakerOpen: Guard = async (guarded, control) => {
  const { ask, preflight, runtime } = guarded;
  const causes = preflight.row?.controls[control]?.causes ?? [];
  const { breaker } = runtime.remediation;
  const { account } = ask.ref;
  const actors = causes.flatMap(({ by }) => by ?? []);
  const open = await breaker.open({ control, account, actors }, runtime.clock());
  // What is urgent has slots of its own, which are taken at last.
  if (!open || (await isUrgent(ask.type, [control], runtime))) return undefined;
  const whose = open.actors ? ` for drift by ${open.actors.join(', ')}` : '';
  const why = `the breaker of ${control} is open${whose} until ${open.until}`;
  return untilThen(guarded, why, new Date(open.until));
};

const online: Guard = async (guarded) => {
  const { ask, runtime } = guarded;
  const away = await targetOf(ask).whyAway(ask.ref, runtime);
  return away === undefined ? undefined : untilThen(guarded, away);
};

/** In this order; the lock, the second look and the reservation come after them. */
export const guards = {
  killSwitch,
  notOurs,
  hold,
  suppressed,
  exemption,
  mode,
  protectedRole,
  ownership,
  risk,
  maintenanceWindow,
  flapping,
  breaker: breakerOpen,
  online,
} satisfies Record<string, Guard>;
