import type { Baseline } from '../../engine/baseline/baseline.ts';
import { exemptedText } from '../../engine/baseline/exemption.ts';
import type { Evaluation } from '../../pipeline/scan/scan-resource.ts';
import { paint } from '../../reports/paint.ts';
import { runAs } from '../../support/run-as.ts';
import type { Draft } from '../plan-resource.ts';
import { byId } from './order.ts';
import { planLines } from './plan-text.ts';
import type { Counts } from './tally.ts';

const reasonOf = ({ verdict }: Evaluation): string => ('reason' in verdict ? verdict.reason : '');

const failureLine = (
  { control, exemption, ...evaluation }: Evaluation,
  baseline: Baseline,
): string => {
  const mode = baseline.controls[control.id]?.mode ?? 'observe';
  const until = exemption ? `; ${exemptedText(exemption)}` : '';
  const told = paint.dim(`(${control.severity}, ${mode}${until})`);
  return `  ${paint.bold(control.id)}  ${reasonOf({ control, ...evaluation })} ${told}`;
};

const draftLines = ({ evaluations, planned }: Draft, baseline: Baseline): readonly string[] => {
  const advice = evaluations.map(
    ({ control }) => `    ${paint.dim('a person’s work:')} ${control.remediation.advice}`,
  );
  return [
    ...evaluations.map((evaluation) => failureLine(evaluation, baseline)),
    ...(planned ? planLines(planned.plan) : advice),
  ];
};

const summary = (drafts: readonly Draft[], { unknown }: Counts): string => {
  const kinds = drafts.map(({ planned }) => planned?.plan.kind);
  const many = (kind: string | undefined) => kinds.filter((each) => each === kind).length;
  const unevaluated = `${unknown} could not be evaluated${unknown > 0 ? `, ${runAs('scan')} says why` : ''}`;
  return `${many('calls')} with calls, ${many('proposal')} only proposed, ${many(undefined)} a person’s work, ${unevaluated}`;
};

const titleOf = ({ arn, type, ref }: Evaluation): string =>
  `${paint.bold(arn)}  ${paint.dim(`${type.type} ${ref.region}`)}`;

/** Plans for people, resource by resource. */
export const draftedText = (
  drafts: readonly Draft[],
  counts: Counts,
  baseline: Baseline,
): string => {
  const byResource = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const [first] = draft.evaluations;
    if (!first) continue;
    const title = titleOf(first);
    byResource.set(title, [...(byResource.get(title) ?? []), draft]);
  }
  const blocks = [...byResource].map(([title, some]) =>
    [title, ...some.toSorted(byFirstId).flatMap((draft) => draftLines(draft, baseline))].join('\n'),
  );
  return [...blocks, summary(drafts, counts)].join('\n\n');
};

const firstId = ({ evaluations }: Draft) => ({ id: evaluations[0]?.control.id ?? '' });
const byFirstId = (a: Draft, b: Draft): number => byId(firstId(a), firstId(b));

/** A plan as JSON. */
export const plainDraft = ({ evaluations, planned }: Draft) => {
  const [first] = evaluations;
  return {
    resource: first?.arn,
    resourceType: first?.type.type,
    region: first?.ref.region,
    id: first?.ref.id,
    failures: evaluations.map((evaluation) => ({
      control: evaluation.control.id,
      severity: evaluation.control.severity,
      reason: reasonOf(evaluation),
      ...(evaluation.exemption ? { exemption: evaluation.exemption } : {}),
    })),
    ...(planned
      ? { plan: planned.plan, grants: planned.grants }
      : { advice: first?.control.remediation.advice }),
  };
};
