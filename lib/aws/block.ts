import type { Action } from '../engine/action.ts';
import type { RemediateAsk } from '../engine/ask.ts';
import { identifiersOf } from '../engine/finding.ts';
import { actionNote, breakerNotice, flappingNotice } from '../engine/notice.ts';
import { driftsWithin } from '../engine/row.ts';
import type { Appraisal } from './appraise.ts';
import type { Engine, Remedies } from './engine.ts';
import type { Block } from './guards.ts';
import { noteFindings } from './security-hub.ts';

/** The action as it is before anything is known of the resource. */
export const blank = (
  { id, type, ref, controls, askedBy }: RemediateAsk,
  engine: Engine,
): Action => ({
  id,
  type,
  ref,
  arn: ref.id,
  controls,
  askedBy,
  state: 'BLOCKED',
  driftedBy: [],
  startedAt: engine.clock().toISOString(),
  calls: [],
});

export const about = (action: Action, { arn, row }: Appraisal): Action => {
  const rows = action.controls.flatMap((control) => row?.controls[control] ?? []);
  const causes = rows.flatMap((one) => one.causes);
  const driftedAt = rows.map(({ since }) => since).sort()[0];
  return {
    ...action,
    arn,
    driftedBy: [...new Set(causes.flatMap(({ by, ours }) => (ours ? [] : (by ?? []))))],
    driftEvents: [...new Set(causes.map(({ id }) => id))],
    ...(driftedAt === undefined ? {} : { driftedAt }),
  };
};

/** Keeps why nothing was done, and says so on the findings. */
export const block = async (
  action: Action,
  { guard, why }: Block,
  engine: Engine,
  remedies: Remedies,
): Promise<void> => {
  const blocked: Action = { ...action, state: 'BLOCKED', guard, why };
  // In a storm the one finding of the breaker says it for all.
  if (guard !== 'breaker') {
    const findings = identifiersOf(blocked, blocked.controls);
    await noteFindings(await engine.hub(), findings, actionNote(blocked));
  }
  await remedies.ledger.add(blocked);
};

const tellOfFlapping = async (
  action: Action,
  { row }: Appraisal,
  engine: Engine,
  remedies: Remedies,
): Promise<void> => {
  const { drifts, hours } = engine.baseline.remediation.flapping;
  const counts = action.controls.flatMap((control) => {
    const found = row?.controls[control];
    return found ? [driftsWithin(found, hours, engine.clock())] : [];
  });
  // Once: later drifts of the same quarrel are only kept.
  if (counts.includes(drifts)) {
    const { subject, message } = flappingNotice(action, drifts, hours);
    await remedies.notify(subject, message);
  }
};

/** The first control's block stands for all: none is left. */
export const blockAll = async (
  action: Action,
  blocked: Readonly<Record<string, Block>>,
  appraisal: Appraisal,
  engine: Engine,
  remedies: Remedies,
): Promise<void> => {
  const first = blocked[action.controls[0] ?? ''];
  if (!first) throw new Error(`${action.id} has no control that was blocked`);
  if (first.guard === 'flapping') await tellOfFlapping(action, appraisal, engine, remedies);
  await block(action, first, engine, remedies);
};

/** Has the open breakers judged, so that one finding says of them. */
export const judgeBreakers = async ({
  place,
  queues,
}: Pick<Engine, 'place' | 'queues'>): Promise<void> => {
  const { account, region } = place;
  await queues.review({
    version: 1,
    type: 'Plumbline::AccountRegion',
    ref: { account, region, id: region },
    facets: ['breakers'],
    cause: { kind: 'review' },
  });
};

/** Takes the hour's slot of each control; where there is none the breaker opens and says so once. */
export const reserve = async (
  action: Action,
  controls: readonly string[],
  engine: Engine,
  remedies: Remedies,
): Promise<Block | undefined> => {
  const now = engine.clock();
  for (const control of controls) {
    if (await remedies.breaker.reserve(control, action.type, now)) continue;
    const minutes = engine.baseline.remediation.breaker.closesAfterMinutes;
    const until = new Date(now.getTime() + minutes * 60_000).toISOString();
    if (await remedies.breaker.trip(control, now)) {
      const { subject, message } = breakerNotice(action, control, until);
      await remedies.notify(subject, message);
      await judgeBreakers(engine);
    }
    return { guard: 'breaker', why: `${control} reached its limit of actions in an hour` };
  }
  return undefined;
};
