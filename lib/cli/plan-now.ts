import { createReader } from '../aws/reader.ts';
import { baselinesOf } from '../engine/baseline/baseline-away.ts';
import type { ResourceRow } from '../engine/posture/row.ts';
import { canBePlanned } from '../engine/remediation/planning.ts';
import type { Control, Plan } from '../model/control.ts';
import { hostInstance } from '../pipeline/hosts/host-instance.ts';
import { withSelfReported } from '../pipeline/hosts/self-reported.ts';
import { resourceTypes } from '../resources/every.ts';
import { UserError } from '../support/user-error.ts';
import type { Deployed } from './deployed.ts';
import { planResource } from './plan-resource.ts';

export type Calls = Extract<Plan, { kind: 'calls' }>;

const unplanned = ({ id, remediation }: Control) =>
  new UserError(`nothing is planned for ${id}, it is a person’s work: ${remediation.advice}`);

/** The plan of right now, live; a sentence where there is nothing that could be done. */
export const planNow = async (
  control: Control,
  { type: name, ref }: Pick<ResourceRow, 'type' | 'ref'>,
  { baseline: written, stack, clientsAt, posture }: Deployed,
): Promise<Calls> => {
  if (!canBePlanned(control)) throw unplanned(control);
  const type = [...resourceTypes, hostInstance].find((each) => each.type === name);
  if (!type) throw new UserError(`${name} is no type of resource that this version knows`);
  // A resource is read where it is, which is not always where the stack is.
  const { account, region } = ref;
  const clientsIn = (at: string) => clientsAt({ account, region: at });
  const there = createReader({ account, region, clients: clientsIn(region), clientsIn });
  const baseline = baselinesOf(written, stack.account)(account);
  const reader = withSelfReported(there, posture);
  const subject = { type, controls: [control] };
  const { evaluations, drafts } = await planResource(subject, ref, reader, baseline);
  const verdict = evaluations[0]?.verdict;
  if (!verdict) throw new UserError(`${ref.id} is gone`);
  if (verdict.status !== 'FAIL') {
    const why = 'reason' in verdict ? ` (${verdict.reason})` : '';
    throw new UserError(`${control.id} does not fail on ${ref.id}: ${verdict.status}${why}`);
  }
  const plan = drafts[0]?.planned?.plan;
  if (plan?.kind === 'calls') return plan;
  if (!plan) throw unplanned(control);
  throw new UserError(`${control.id} on ${ref.id} is only proposed: ${plan.why}`);
};

/**
 * Refuses what the guard of modes would refuse anyway, before anybody is asked. The baseline that lies here may be another
 * one than was deployed: whether something was planned is known by the row too.
 */
export const checkAllowed = (
  { id }: Control,
  { ref, controls }: ResourceRow,
  { baseline, stack }: Deployed,
): void => {
  if ((baseline.controls[id]?.mode ?? 'observe') !== 'observe') return;
  if (controls[id]?.plan !== undefined || controls[id]?.lastKnown !== 'FAIL') return;
  throw new UserError(
    `${id} is only observed by the stack ${stack.name}, so that nothing may be done about ${ref.id}. To allow a fix by hand, put this line into the baseline and deploy it:\n  controls: { ${id}: { mode: plan } }`,
  );
};

/** Refuses what the guard of risks would refuse anyway. */
export const checkRisk = (
  { risk }: Calls,
  { id }: Control,
  isAccepted: boolean,
  { baseline }: Deployed,
) => {
  if (risk === 'destructive')
    throw new UserError('the plan would lose data: it is not carried out');
  const isAllowed = isAccepted || baseline.controls[id]?.risk === 'disruptive';
  if (risk === 'disruptive' && !isAllowed) {
    throw new UserError('the plan is disruptive: allow it with --accept-disruptive');
  }
};
