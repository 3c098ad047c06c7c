import type { Entry } from '../../aws/stores/ledger.ts';
import { type Basis, type Block, planHash } from '../../engine/remediation/action.ts';
import type { Planned } from '../../engine/remediation/planning.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import type { Plan } from '../../model/control.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { whyTooRisky } from './guards.ts';
import { type Preflight, planned } from './preflight.ts';
import { targetOf } from './target.ts';

/** Failing controls of the request; a reason where there are none or not all could be read. */
export const failingOf = (
  { verdicts }: Preflight,
  controls: readonly string[],
): readonly string[] | Block => {
  const failing = controls.filter((control) => verdicts[control]?.status === 'FAIL');
  if (failing.length > 0) return failing;
  const unread = controls.find((control) => verdicts[control]?.status === 'UNKNOWN');
  const verdict = unread === undefined ? undefined : verdicts[unread];
  const why =
    verdict && 'reason' in verdict
      ? verdict.reason
      : 'it does not fail any more, nothing is to be done';
  return { guard: 'verdict', why };
};
export const isBlock = (value: readonly string[] | Block): value is Block => 'guard' in value;

export const gone: Block = { guard: 'verdict', why: 'the resource is gone' };

/** What the plan for these controls is made from, beside the before-image. */
export const basisOf = (
  { at, facets, type }: Preflight,
  controls: readonly string[],
  { baseline }: Runtime,
): Basis => {
  const kept = targetOf(type).basis.map((facet) => [facet, facets[facet]] as const);
  return {
    at: at.toISOString(),
    parameters: Object.fromEntries(
      controls.map((id) => [id, baseline.controls[id]?.parameters ?? {}]),
    ),
    ...(kept.length > 0 ? { facets: Object.fromEntries(kept) } : {}),
  };
};

/** What would be carried out, as the resource now is, or why nothing may be. */
export const draftOf = (
  preflight: Preflight | undefined,
  controls: readonly string[],
  ask: FixRequest,
  runtime: Runtime,
  known: Entry | undefined,
): { readonly made: Planned; readonly plan: Extract<Plan, { kind: 'calls' }> } | Block => {
  if (!preflight) return gone;
  const failing = failingOf(preflight, controls);
  if (isBlock(failing)) return failing;
  const made = planned(preflight, failing, ask, runtime);
  const tooRisky = whyTooRisky(made?.plan, ask, failing, runtime);
  if (made?.plan.kind !== 'calls' || tooRisky !== undefined) {
    return { guard: 'risk', why: tooRisky ?? '' };
  }
  const { plan } = made;
  // Some of the calls of one that was begun are made: what is left is another plan.
  if (!known && ask.shown !== undefined && ask.shown !== planHash(plan)) {
    const why = `the plan is no longer the one that was shown; now it ${plan.summary}`;
    return { guard: 'plan', why };
  }
  return { made, plan };
};
