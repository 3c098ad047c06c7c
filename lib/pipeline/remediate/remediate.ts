import { asError, attempted } from '../../aws/errors.ts';
import type { Entry } from '../../aws/stores/ledger.ts';
import { keyOf } from '../../engine/changes/change.ts';
import type { Action, Block, Wait } from '../../engine/remediation/action.ts';
import { type Delivered, isLastTry } from '../../engine/remediation/delivery.ts';
import { whyElsewhere } from '../../engine/remediation/derivation.ts';
import { imageOf } from '../../engine/remediation/outcome.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import { decode, encode } from '../../support/wire.ts';
import { continueOnHost } from '../hosts/harden/host-command-result.ts';
import { runtimeAt } from '../runtime/away.ts';
import type { Outcome } from '../runtime/batch.ts';
import { canRemediate, type RemediationRuntime, type Runtime } from '../runtime/runtime.ts';
import { abandon } from './abandon.ts';
import { closePendingCall } from './action-log.ts';
import { blockAction, blockAll, newAction, noteBlocks, withResource } from './block.ts';
import { conclude } from './conclude.ts';
import { whyNotAuthentic, whyNotOurs, whyNotPlanned } from './derive.ts';
import { disown, ledgerGuard } from './disown.ts';
import { basisOf, draftOf, failingOf, gone, isBlock } from './draft.ts';
import { exempt } from './exempt.ts';
import { endLeftBehind } from './left-behind.ts';
import { isLetting, letGo } from './let-go.ts';
import { type Passed, passGuards } from './pass-guards.ts';
import { pendStopped } from './pend.ts';
import { type Preflight, planned, readPreflight } from './preflight.ts';
import { withMeanwhile } from './resumed.ts';
import { targetOf } from './target.ts';
import type { ActionRequest } from './unbegun.ts';
import { undo } from './undo.ts';
import { verify } from './verify.ts';
import { canWait, closedWindow, hasWaited, isWait, retrySeconds } from './wait.ts';
import { releaseLock, withLock } from './with-lock.ts';

/** What is not known to fail now, because it could not be read, is looked at again. */
const unreadIn = (
  ask: FixRequest & Delivered,
  preflight: Preflight,
  block: Block,
): Wait | undefined => {
  const isUnread = ask.controls.some((id) => preflight.verdicts[id]?.status === 'UNKNOWN');
  if (block.guard !== 'verdict' || !isUnread || !canWait(ask)) return undefined;
  return { ...block, seconds: retrySeconds(ask), isPaced: true };
};

/** An action as the next delivery finds it. */
const asKept = (action: Action): Action => decode(encode(action)) as Action;

/**
 * Under the lock everything is looked at again: what is carried out is planned from this second read. The before-image
 * and the plan with its undo are stored before the first call.
 */
const actWithLock = async (
  ask: FixRequest & Delivered,
  { controls, blocked }: Passed,
  begun: Entry | undefined,
  runtime: RemediationRuntime,
): Promise<void> => {
  const preflight = await readPreflight(ask, runtime);
  const known = begun && preflight ? await withMeanwhile(begun, preflight, runtime) : begun;
  const action = preflight
    ? withResource(newAction(ask, runtime), preflight)
    : newAction(ask, runtime);
  const draft = draftOf(preflight, controls, ask, runtime, known);
  // What was begun before a crash is not blocked: its calls may all have been made, and only the verdict is missing.
  if (known && 'guard' in draft) {
    const isUnread = controls.some((id) => preflight?.verdicts[id]?.status === 'UNKNOWN');
    const why = draft.guard === 'verdict' && !isUnread ? undefined : draft.why;
    return verify(await closePendingCall(known, why, runtime), runtime);
  }
  if (!preflight || 'guard' in draft) {
    const blocked = 'guard' in draft ? draft : gone;
    const unread = preflight && unreadIn(ask, preflight, blocked);
    return unread
      ? targetOf(ask).waitFor(ask, action, unread, runtime)
      : blockAction(action, blocked, runtime);
  }
  const { made, plan } = draft;
  const target = targetOf(ask);
  const { grants } = made;
  const system = preflight.facets['system'];
  const next: Action = {
    ...action,
    controls: made.controls,
    ...(Object.keys(blocked).length > 0 ? { leftOut: blocked } : {}),
    state: 'ACTING',
    plan,
    grants,
    basis: basisOf(preflight, made.controls, runtime),
    before: target.keepsImage ? imageOf(preflight.facets) : {},
  };
  // What cannot be planned again from what is kept could not be taken back.
  const unlike = known ? undefined : await whyNotPlanned(asKept(next), runtime);
  if (unlike !== undefined)
    return blockAction(action, { guard: ledgerGuard, why: unlike }, runtime);
  const fixing = { action: { ...action, controls: made.controls }, plan, system };
  const held = known ? undefined : await target.reserve(ask, fixing, runtime);
  if (held && isWait(held)) return targetOf(ask).waitFor(ask, action, held, runtime);
  if (held && 'guard' in held) return blockAction(action, held, runtime);
  const entry =
    known ??
    (await runtime.remediation.ledger.add({
      ...next,
      ...(held?.isCanary ? { canary: true as const } : {}),
    }));
  // DynamoDB may have taken it though its answer was lost: the next delivery knows it.
  if (!entry) throw new Error(`${ask.id} was begun by another delivery; this one is tried again`);
  await target.act(entry, plan.calls, grants, runtime);
};

/** What the guards let through; `undefined` where nothing is left, and why is kept. */
const admitted = async (
  ask: FixRequest & Delivered,
  runtime: RemediationRuntime,
): Promise<Passed | undefined> => {
  const preflight = await readPreflight(ask, runtime);
  if (!preflight) {
    await blockAction(newAction(ask, runtime), gone, runtime);
    return undefined;
  }
  const action = withResource(newAction(ask, runtime), preflight);
  const failing = failingOf(preflight, ask.controls);
  if (isBlock(failing)) {
    const unread = unreadIn(ask, preflight, failing);
    await (unread
      ? targetOf(ask).waitFor(ask, action, unread, runtime)
      : blockAction(action, failing, runtime));
    return undefined;
  }
  const plan = (ids: readonly string[]) => planned(preflight, ids, ask, runtime)?.plan;
  const passed = await passGuards({ ask, preflight, plan, runtime }, failing);
  if (passed.waits) {
    await targetOf(ask).waitFor(
      ask,
      { ...action, controls: passed.controls },
      passed.waits,
      runtime,
    );
    return undefined;
  }
  if (passed.controls.length === 0) {
    await blockAll({ ...action, controls: failing }, passed.blocked, runtime);
    return undefined;
  }
  await noteBlocks(action, passed.blocked, runtime);
  return passed;
};

/** What a crash may have left of an action: one that was begun is finished, without its guards. */
const finish = async (
  ask: ActionRequest,
  known: Entry,
  runtime: RemediationRuntime,
): Promise<void> => {
  if (known.action.state !== 'ACTING' && known.action.state !== 'VERIFYING') return;
  if (known.isLeft) return endLeftBehind(known, runtime);
  const foreign =
    (await whyNotAuthentic(ask.id, known, runtime)) ??
    whyElsewhere(known.action, ask.id, ask, runtime.place);
  if (foreign !== undefined) return disown(ask, known, foreign, runtime);
  const { finish: finishByItself } = targetOf(known.action);
  if (finishByItself) return finishByItself(known, runtime);
  const { state, calls, controls, leftOut = {} } = known.action;
  if (state === 'VERIFYING') return verify(known, runtime);
  if (ask.ask === 'undo') return undo(ask, known, runtime);
  // One that failed is not taken up again: the switch may have stopped it, and that stands.
  const isOver = calls.some(({ result }) => result === 'failed');
  if (isOver) {
    await pendStopped(known.action, runtime);
    return verify(known, runtime);
  }
  const unlike = await whyNotOurs(known, ask.id, ask, runtime);
  if (unlike !== undefined) return disown(ask, known, unlike, runtime);
  // What a guard took out at first stays out.
  return actWithLock(ask, { controls, blocked: leftOut }, known, runtime);
};

const nothing: Passed = { controls: [], blocked: {} };

/** Nothing is acted on: what a person has said of it counts with its next verdict. */
const exempted = async (
  { type, ref, control, granted }: Extract<Delivered, { ask: 'exempt' }>,
  runtime: Runtime,
): Promise<void> => {
  const isKnown = (await runtime.controlsOf(type)).some(({ id }) => id === control);
  if (isKnown) await exempt(keyOf({ type, ref }), control, granted, runtime);
};

/** Guards, then the lock, then the work. */
const goOn = async (ask: Delivered, runtime: RemediationRuntime): Promise<void> => {
  if (ask.ask === 'exempt') return exempted(ask, runtime);
  if (ask.ask === 'conclude') return withLock(ask, runtime, () => conclude(ask, runtime));
  if (isLetting(ask)) return letGo(ask, runtime);
  if (ask.ask === 'answer') {
    return withLock(ask, runtime, () => continueOnHost(ask, runtime));
  }
  const before = await runtime.remediation.ledger.get(ask.id);
  if (before && before.action.state !== 'ACTING') {
    await finish(ask, before, runtime);
    return releaseLock(ask, runtime);
  }
  // What waits for a window is not looked at before one is open.
  const closed = !before && hasWaited(ask) ? closedWindow(runtime) : undefined;
  if (closed && hasWaited(ask))
    return targetOf(ask).waitFor(ask, newAction(ask, runtime), closed, runtime);
  const isBegun = before !== undefined || ask.ask === 'undo';
  const passed = isBegun ? nothing : await admitted(ask, runtime);
  if (!passed) return;
  await withLock(ask, runtime, async () => {
    // Another delivery of it can have begun it, or come to its end, since it was looked up.
    const known = await runtime.remediation.ledger.get(ask.id);
    if (known) return finish(ask, known, runtime);
    if (ask.ask === 'undo') return undo(ask, undefined, runtime);
    return actWithLock(ask, passed, undefined, runtime);
  });
};

/**
 * Carries out what the Remediations queue asks for, each as far as it may be. What is asked twice is done once: the
 * ledger knows each action by its id.
 */
export const remediate = async (
  asks: readonly Delivered[],
  runtime: Runtime,
): Promise<readonly Outcome[]> => {
  if (!canRemediate(runtime))
    throw new Error('this stack remediates nothing: deploy it with a mode of remediate');
  const outcomes: Outcome[] = [];
  for (const ask of asks) {
    const there = runtimeAt(ask.ref, runtime);
    const done = await attempted(() => goOn(ask, there));
    const last =
      'failure' in done && isLastTry(ask)
        ? await attempted(() => abandon(ask, done.failure, there))
        : done;
    outcomes.push('failure' in last ? { failure: asError(last.failure) } : { done: 1 });
  }
  return outcomes;
};
