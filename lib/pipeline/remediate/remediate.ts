import { asError, attempted } from '../../aws/errors.ts';
import type { Entry } from '../../aws/stores/ledger.ts';
import type { Block } from '../../engine/remediation/action.ts';
import { type Delivered, isLastTry } from '../../engine/remediation/delivery.ts';
import { imageOf } from '../../engine/remediation/outcome.ts';
import type { RemediateAsk } from '../../engine/remediation/request.ts';
import { beginOnHost, finishOnHost } from '../hosts/harden/change-host.ts';
import { hearHost } from '../hosts/harden/host-command-result.ts';
import { isOnHost } from '../hosts/host-instance.ts';
import { letThrough, type Through } from '../hosts/rollout/admission.ts';
import type { Fixing } from '../hosts/rollout/admit.ts';
import type { Outcome } from '../runtime/batch.ts';
import type { Engine, Remedies } from '../runtime/runtime.ts';
import { giveUp } from './abandon.ts';
import { reckoned } from './action-log.ts';
import { about, blank, block, blockAll, reserve, tellOfBlocks } from './block.ts';
import { carryOut } from './carry-out.ts';
import { draftOf, failingOf, gone, isBlock } from './draft.ts';
import { type Passed, passGuards } from './pass-guards.ts';
import { appraise, planned } from './preflight.ts';
import { withMeanwhile } from './resumed.ts';
import { undo } from './undo.ts';
import { verify } from './verify.ts';
import { closedWindow, hasWaited, isWait, type Wait, waitFor } from './wait.ts';
import { giveBack, underLock } from './with-lock.ts';

/** What can stand against an action at the last moment: slots and turns that others have taken. */
const holdUp = (
  ask: RemediateAsk & Delivered,
  fixing: Fixing,
  engine: Engine,
  remedies: Remedies,
): Promise<Through | Block | Wait | undefined> =>
  isOnHost(ask)
    ? letThrough(ask, fixing, engine, remedies)
    : reserve(fixing.action, fixing.action.controls, engine, remedies);

/**
 * Under the lock everything is looked at again: what is carried out is planned from this second read. The before-image
 * and the plan with its undo are stored before the first call.
 */
const actUnderLock = async (
  ask: RemediateAsk & Delivered,
  { controls, blocked }: Passed,
  begun: Entry | undefined,
  engine: Engine,
  remedies: Remedies,
): Promise<void> => {
  const appraisal = await appraise(ask, engine);
  const known = begun && appraisal ? await withMeanwhile(begun, appraisal, remedies) : begun;
  const action = appraisal ? about(blank(ask, engine), appraisal) : blank(ask, engine);
  const draft = draftOf(appraisal, controls, ask, engine, known);
  // What was begun before a crash is not blocked: its calls may all have been made, and only the verdict is missing.
  if (known && 'guard' in draft) {
    const isUnread = controls.some((id) => appraisal?.verdicts[id]?.status === 'UNKNOWN');
    const why = draft.guard === 'verdict' && !isUnread ? undefined : draft.why;
    return verify(await reckoned(known, why, engine, remedies), engine, remedies);
  }
  if (!appraisal || 'guard' in draft) {
    return block(action, 'guard' in draft ? draft : gone, engine, remedies);
  }
  const { made, plan } = draft;
  const isHost = isOnHost(ask);
  const { grants } = made;
  const system = appraisal.facets['system'];
  const fixing = { action: { ...action, controls: made.controls }, plan, system };
  const held = known ? undefined : await holdUp(ask, fixing, engine, remedies);
  if (held && isWait(held)) return waitFor(ask, action, held, engine, remedies);
  if (held && 'guard' in held) return block(action, held, engine, remedies);
  const entry =
    known ??
    (await remedies.ledger.add({
      ...action,
      controls: made.controls,
      ...(Object.keys(blocked).length > 0 ? { leftOut: blocked } : {}),
      ...(held?.isCanary ? { canary: true as const } : {}),
      state: 'ACTING',
      plan,
      grants,
      // A host keeps what was there before by itself.
      before: isHost ? {} : imageOf(appraisal.facets),
    }));
  // DynamoDB may have taken it though its answer was lost: the next delivery knows it.
  if (!entry) throw new Error(`${ask.id} was begun by another delivery; this one is tried again`);
  if (isHost) {
    await beginOnHost(entry, undefined, engine, remedies);
    return;
  }
  const acted = await carryOut(entry, plan.calls, grants, engine, remedies);
  await verify(acted, engine, remedies);
};

/** What the guards let through; `undefined` where nothing is left, and why is kept. */
const admitted = async (
  ask: RemediateAsk & Delivered,
  engine: Engine,
  remedies: Remedies,
): Promise<Passed | undefined> => {
  const appraisal = await appraise(ask, engine);
  if (!appraisal) {
    await block(blank(ask, engine), gone, engine, remedies);
    return undefined;
  }
  const action = about(blank(ask, engine), appraisal);
  const failing = failingOf(appraisal, ask.controls);
  if (isBlock(failing)) {
    await block(action, failing, engine, remedies);
    return undefined;
  }
  const plan = (ids: readonly string[]) => planned(appraisal, ids, ask, engine)?.plan;
  const passed = await passGuards({ ask, appraisal, plan, engine, remedies }, failing);
  if (passed.waits) {
    await waitFor(ask, { ...action, controls: failing }, passed.waits, engine, remedies);
    return undefined;
  }
  if (passed.controls.length === 0) {
    await blockAll({ ...action, controls: failing }, passed.blocked, engine, remedies);
    return undefined;
  }
  await tellOfBlocks(action, passed.blocked, engine, remedies);
  return passed;
};

type ActionAsk = Exclude<Delivered, { ask: 'answer' }>;

/** What a crash may have left of an action: one that was begun is finished, without its guards. */
const finish = async (
  ask: ActionAsk,
  known: Entry,
  engine: Engine,
  remedies: Remedies,
): Promise<void> => {
  if (isOnHost(known.action)) return finishOnHost(known, engine, remedies);
  const { state, calls, controls, leftOut = {} } = known.action;
  if (state === 'VERIFYING') return verify(known, engine, remedies);
  if (state !== 'ACTING') return;
  if (ask.ask === 'undo') return undo(ask, known, engine, remedies);
  // One that failed is not taken up again: the switch may have stopped it, and that stands.
  const isOver = calls.some(({ result }) => result === 'failed');
  if (isOver) return verify(known, engine, remedies);
  // What a guard took out at first stays out.
  return actUnderLock(ask, { controls, blocked: leftOut }, known, engine, remedies);
};

const nothing: Passed = { controls: [], blocked: {} };

/** Guards, then the lock, then the work. */
const goOn = async (ask: Delivered, engine: Engine, remedies: Remedies): Promise<void> => {
  if (ask.ask === 'answer') {
    return underLock(ask, engine, remedies, () => hearHost(ask, engine, remedies));
  }
  const before = await remedies.ledger.get(ask.id);
  if (before && before.action.state !== 'ACTING') {
    await finish(ask, before, engine, remedies);
    return giveBack(ask, remedies);
  }
  // What waits for a window is not looked at before one is open.
  const closed = !before && hasWaited(ask) ? closedWindow(engine) : undefined;
  if (closed && hasWaited(ask)) return waitFor(ask, blank(ask, engine), closed, engine, remedies);
  const isBegun = before !== undefined || ask.ask === 'undo';
  const passed = isBegun ? nothing : await admitted(ask, engine, remedies);
  if (!passed) return;
  await underLock(ask, engine, remedies, async () => {
    // Another delivery of it can have begun it, or come to its end, since it was looked up.
    const known = await remedies.ledger.get(ask.id);
    if (known) return finish(ask, known, engine, remedies);
    if (ask.ask === 'undo') return undo(ask, undefined, engine, remedies);
    return actUnderLock(ask, passed, undefined, engine, remedies);
  });
};

/**
 * Carries out what the Remediations queue asks for, each as far as it may be. What is asked twice is done once: the
 * ledger knows each action by its id.
 */
export const remediate = async (
  asks: readonly Delivered[],
  engine: Engine,
): Promise<readonly Outcome[]> => {
  const { remedies } = engine;
  if (!remedies)
    throw new Error('this stack remediates nothing: deploy it with a mode of remediate');
  const outcomes: Outcome[] = [];
  for (const ask of asks) {
    const done = await attempted(() => goOn(ask, engine, remedies));
    const last =
      'failure' in done && isLastTry(ask)
        ? await attempted(() => giveUp(ask, done.failure, engine, remedies))
        : done;
    outcomes.push('failure' in last ? { failure: asError(last.failure) } : { done: 1 });
  }
  return outcomes;
};
