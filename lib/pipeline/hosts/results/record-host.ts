import { keyOf } from '../../../engine/changes/change.ts';
import { type HostAt, whereOf } from '../../../engine/changes/host-message.ts';
import {
  type ControlEvaluation,
  settingsHash,
} from '../../../engine/evaluation/control-evaluation.ts';
import type { FacetReadings } from '../../../engine/evaluation/evaluate.ts';
import type { Found } from '../../../engine/posture/next-row.ts';
import type { HostSystem } from '../../../engine/posture/row.ts';
import { planOf } from '../../../engine/remediation/planning.ts';
import type { Control } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import { assess, knownSource } from '../../evaluate/assess.ts';
import { withAwaited } from '../../evaluate/awaited-actions.ts';
import { aboutOf } from '../../evaluate/identity.ts';
import { type Plans, summaryOf } from '../../evaluate/plans.ts';
import { record } from '../../evaluate/record.ts';
import { readRows } from '../../evaluate/rows.ts';
import type { Outcome } from '../../runtime/batch.ts';
import { hostInstance } from '../host-instance.ts';
import { type Hosts, hostsAt } from '../hosts.ts';
import { tellCompliance } from './compliance.ts';

export const refOf = (at: HostAt, { runtime: { place } }: Hosts) => ({
  ...whereOf(at, place),
  id: at.host,
});

/**
 * Evaluates controls on what a host says, or on what is known of it.
 * @param document the hash of what it was asked with, where it was
 */
export const evaluatedOn = async (
  controls: readonly Control[],
  readings: FacetReadings,
  readAt: Date,
  at: HostAt,
  hosts: Hosts,
  document?: string,
): Promise<readonly ControlEvaluation[]> => {
  const { settings } = hosts;
  const ref = refOf(at, hosts);
  const { runtime } = hostsAt(ref, hosts);
  const source = knownSource(readings, readAt);
  const assessed = await assess({ ref }, controls, source, runtime.baseline);
  if (assessed.gone) return [];
  return assessed.evaluations.map(({ control, verdict, parameters }) => ({
    control,
    verdict,
    readAt,
    causes: [],
    isCreated: false,
    settings: settingsHash(parameters, document),
    tellsEveryHours: settings.everyHours,
  }));
};

/** What would be done about what fails, where the baseline asks for more than to observe. */
const plansOn = (
  evaluated: readonly ControlEvaluation[],
  ref: Ref,
  system: HostSystem | undefined,
  { runtime }: Hosts,
): Plans => {
  const plans = evaluated.flatMap(({ control, verdict, readAt }) => {
    const { mode = 'observe', parameters = {} } = runtime.baseline.controls[control.id] ?? {};
    if (verdict.status !== 'FAIL' || mode === 'observe') return [];
    const place = { ref, arn: hostInstance.arn?.(ref) ?? ref.id, at: readAt };
    const planned = planOf([{ control, parameters }], { system }, place);
    return planned ? [[control.id, planned] as const] : [];
  });
  return new Map(plans);
};

/** Records what was found of a host, and tells SSM what its row then says. */
export const recordHost = async (
  at: HostAt,
  found: Pick<Found, 'evaluated' | 'system' | 'goneAt' | 'awaits'>,
  known: Hosts,
): Promise<Outcome> => {
  const ref = refOf(at, known);
  const hosts = hostsAt(ref, known);
  const { runtime } = hosts;
  const key = keyOf({ type: hostInstance.type, ref });
  const rows = await readRows([key], runtime);
  const enabled = await runtime.controlsOf(hostInstance.type);
  const request = {
    group: { key, changes: [] },
    ref,
    type: hostInstance,
    enabled,
    row: rows.get(key),
  };
  const plans = plansOn(found.evaluated, ref, found.system, hosts);
  const evaluated = found.evaluated.map((one) => {
    const planned = plans.get(one.control.id);
    return planned ? { ...one, plan: summaryOf(planned) } : one;
  });
  const whole: Found = {
    key,
    type: hostInstance.type,
    ref,
    settlesAfterSeconds: 0,
    events: [],
    settle: undefined,
    ...found,
    evaluated,
    plans,
    ...(await aboutOf(request, found.evaluated, runtime.reader(ref), runtime)),
  };
  const awaiting = await withAwaited(whole, request, runtime);
  const [recorded] = await record([awaiting], rows, runtime);
  if (recorded && 'failure' in recorded) return { failure: recorded.failure };
  await tellCompliance(key, enabled, hosts);
  return { done: recorded?.published ?? 0 };
};
