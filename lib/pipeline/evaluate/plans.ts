import type { BatchReader } from '../../aws/reader.ts';
import { exemptionOn } from '../../engine/baseline/exemption.ts';
import type { ControlEvaluation } from '../../engine/evaluation/control-evaluation.ts';
import { identityFrom } from '../../engine/evaluation/identity.ts';
import type { PlanSummary } from '../../engine/posture/row.ts';
import { planHash } from '../../engine/remediation/action.ts';
import { planText } from '../../engine/remediation/plan-text.ts';
import {
  canBePlanned,
  type Failing,
  type Planned,
  planNeeds,
  planOf,
  planStateOf,
  settingsOf,
} from '../../engine/remediation/planning.ts';
import type { Control } from '../../model/control.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Resource } from './assess.ts';
import type { EvaluationRequest } from './evaluation-request.ts';

/** What is planned for the controls of one resource that failed, by control id. */
export type Plans = ReadonlyMap<string, Planned>;

/** Everything a plan of these controls is made from; a reason where a facet cannot be read. */
const stateFor = async (
  failing: readonly Failing[],
  { type, ref }: Resource,
  reader: BatchReader,
): Promise<
  | { readonly state: Readonly<Record<string, unknown>>; readonly arn: string; readonly at: Date }
  | { readonly why: string }
> => {
  const controls = failing.map(({ control }) => control);
  const facets = controls.flatMap((control) => [...control.needs, ...planNeeds(control, type)]);
  const wanted = [...new Set([...facets, 'about'])];
  const reading = await reader.read(type, ref, wanted, settingsOf(failing));
  if (reading.gone) return { why: 'the resource is gone' };
  const made = planStateOf(controls, type, reading.facets);
  if ('why' in made) return made;
  // Tags that may not be read are the ownership guard's business, not the plan's.
  const { arn } = identityFrom(reading.facets['about'], type, ref);
  if (arn === undefined) return { why: 'its ARN could not be read' };
  return { ...made, arn, at: reading.readAt };
};

/** Plans for the first of these controls, with those that share its combined plan. */
export const planFor = async (
  failing: readonly Failing[],
  request: Resource,
  reader: BatchReader,
): Promise<Planned | undefined> => {
  const controls = failing.map(({ control }) => control);
  const made = await stateFor(failing, request, reader);
  if ('why' in made) {
    const ids = controls.map(({ id }) => id);
    return { controls: ids, plan: { kind: 'proposal', why: made.why }, grants: [] };
  }
  return planOf(failing, made.state, { ref: request.ref, arn: made.arn, at: made.at });
};

/** Those that a combined plan of this control is made with: remediated too, and not exempted. */
const companions = (
  control: Control,
  failing: readonly Control[],
  { ref, row, type }: EvaluationRequest,
  { baseline, clock }: Runtime,
): readonly Control[] => {
  const { combined } = control.remediation;
  const arn = row?.arn ?? type.arn?.(ref) ?? ref.id;
  if (!combined || baseline.controls[control.id]?.mode !== 'remediate') return [];
  return failing.filter(
    ({ id, remediation }) =>
      id !== control.id &&
      remediation.combined === combined &&
      baseline.controls[id]?.mode === 'remediate' &&
      !exemptionOn(row, baseline, { controlId: id, arn, id: ref.id }, clock()),
  );
};

/** Plans for what failed, where the baseline asks for more than to observe: from the snapshot just evaluated. */
export const plansOf = async (
  request: EvaluationRequest,
  evaluated: readonly ControlEvaluation[],
  reader: BatchReader,
  runtime: Runtime,
): Promise<Plans> => {
  const { controls } = runtime.baseline;
  const failing = evaluated
    .filter(({ verdict }) => verdict.status === 'FAIL')
    .map(({ control }) => control)
    .filter((control) => canBePlanned(control) && controls[control.id]?.mode !== 'observe');
  const planned = await Promise.all(
    failing.map(async (control) => {
      const members = [control, ...companions(control, failing, request, runtime)];
      const asked = members.map((one) => ({
        control: one,
        parameters: controls[one.id]?.parameters ?? {},
      }));
      return [control.id, await planFor(asked, request, reader)] as const;
    }),
  );
  return new Map(planned.flatMap(([id, plan]) => (plan ? [[id, plan] as const] : [])));
};

export const summaryOf = ({ plan }: Planned): PlanSummary => ({
  text: planText(plan),
  hash: planHash(plan),
  isCalls: plan.kind === 'calls',
});
