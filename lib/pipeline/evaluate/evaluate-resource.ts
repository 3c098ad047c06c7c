import type { BatchReader } from '../../aws/reader.ts';
import {
  awaitedIn,
  causesOf,
  eventsIn,
  facetsIn,
  verifiesIn,
} from '../../engine/changes/group-changes.ts';
import { isTrulyGone } from '../../engine/changes/is-truly-gone.ts';
import {
  type ControlEvaluation,
  settingsHash,
} from '../../engine/evaluation/control-evaluation.ts';
import { affectedBy } from '../../engine/evaluation/evaluate.ts';
import { facetHashes } from '../../engine/evaluation/facet-hashes.ts';
import type { Settling } from '../../engine/evaluation/settle.ts';
import { deployedBy, deployersOf, inLightOfDeployer } from '../../engine/posture/deployed-by.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { type Assessment, assess, liveSource } from './assess.ts';
import type { EvaluationRequest } from './evaluation-request.ts';
import { aboutOf, readIdentityAhead } from './identity.ts';
import { plansOf, summaryOf } from './plans.ts';
import { settle } from './settle.ts';
import { reachabilityFor } from './ways.ts';

/** Those of the facets that a control needs. */
const hashesOf = ({ needs }: Control, hashes: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(hashes).filter(([facet]) => needs.includes(facet)));

const valuesIn = (facets: Assessed['facets']) =>
  Object.fromEntries(
    Object.entries(facets).flatMap(([name, reading]) =>
      'value' in reading ? [[name, reading.value] as const] : [],
    ),
  );

type Assessed = Extract<Assessment, { gone: false }>;

/**
 * The verdicts of one assessment, with the events that can have brought them about.
 * @param readBy when the reading was done
 */
const evaluatedIn = (
  { evaluations, readAt, facets }: Assessed,
  { group, type, row, ref }: EvaluationRequest,
  readBy: Date,
  baseline: Runtime['baseline'],
): readonly ControlEvaluation[] => {
  const isCreated = group.changes.some(({ hint }) => hint === 'created');
  const hashes = facetHashes(type, facets);
  const isDeployer = deployersOf(baseline, ref.account);
  return evaluations.map(({ control, verdict, parameters }) => {
    const causes = causesOf(control, group.changes);
    const known = row?.controls[control.id]?.deployedBy;
    const at = control.deployment?.at(valuesIn(facets));
    const by = control.deployment && deployedBy(control.deployment, known, causes, at, isDeployer);
    return {
      control,
      verdict: inLightOfDeployer(verdict, by, at, isDeployer, readAt),
      readAt,
      readBy,
      seen: hashesOf(control, hashes),
      causes,
      isCreated,
      settings: settingsHash(parameters),
      ...(by ? { deployedBy: by } : {}),
    };
  });
};

const isUnsettled = ({ type }: EvaluationRequest, reading: Assessment | undefined): boolean => {
  if (!type.live.unsettled || !reading || reading.gone) return false;
  const watched = reading.facets[type.live.unsettled.facet];
  return watched !== undefined && 'value' in watched && type.live.unsettled.while(watched.value);
};

export const settlesAfter = ({ settlesAfterSeconds }: Runtime, type: AnyResourceType): number =>
  settlesAfterSeconds ?? type.live.settlesAfterSeconds;

/** When to look again, as far as it is known before the read. */
const settlingOf = ({ group, row, type }: EvaluationRequest, runtime: Runtime): Settling => {
  const attempts = group.changes.flatMap(({ cause }) =>
    cause.kind === 'settle' ? [cause.attempt] : [],
  );
  return {
    times: [...eventsIn(group.changes).map(({ time }) => time), ...verifiesIn(group.changes)],
    delivered: attempts.length > 0 ? Math.max(...attempts) : undefined,
    facets: facetsIn(group.changes, row),
    isUnsettled: false,
    settlesAfterSeconds: settlesAfter(runtime, type),
  };
};

/** Reads one resource and evaluates the controls that its changes can have turned. */
export const evaluate = async (
  request: EvaluationRequest,
  reader: BatchReader,
  runtime: Runtime,
): Promise<Found> => {
  const { group, type, ref, enabled, row } = request;
  const { changes } = group;
  const subject = { type: type.type, ref };
  const controls = affectedBy(enabled, facetsIn(changes, row));
  const { baseline } = runtime;
  const alsoRead = type.live.unsettled ? [type.live.unsettled.facet] : [];
  // Only a type that AWS finishes slowly must be read before it is known when to look again.
  const settlingBefore = settlingOf(request, runtime);
  const early = type.live.unsettled
    ? undefined
    : settle(subject, row?.settle, settlingBefore, runtime);
  if (controls.length > 0) readIdentityAhead(request, controls, reader, runtime);
  const [reading, pending] = await Promise.all([
    controls.length > 0
      ? assess(request, controls, liveSource(request, reader), baseline, alsoRead)
      : undefined,
    early,
  ]);
  const readBy = runtime.clock();
  const found = {
    key: group.key,
    ...subject,
    settlesAfterSeconds: settlesAfter(runtime, type),
    events: eventsIn(changes),
    awaits: awaitedIn(changes),
  };
  const { settlesAfterSeconds } = found;
  if (reading?.gone && isTrulyGone(changes, row, { readAt: reading.readAt, settlesAfterSeconds })) {
    // It is looked for once more when all that was told of it is shown.
    if (type.live.unsettled) await settle(subject, row?.settle, settlingBefore, runtime);
    return { ...found, evaluated: [], goneAt: reading.readAt, settle: undefined };
  }
  const verdicts = reading && !reading.gone ? evaluatedIn(reading, request, readBy, baseline) : [];
  const plans = await plansOf(request, verdicts, reader, runtime);
  const evaluated = verdicts.map((one) => {
    const planned = plans.get(one.control.id);
    return planned ? { ...one, plan: summaryOf(planned) } : one;
  });
  const settling = { ...settlingBefore, isUnsettled: isUnsettled(request, reading) };
  const [about, reachability] = await Promise.all([
    aboutOf(request, evaluated, reader, runtime),
    reachabilityFor(request, verdicts, reader, runtime.clock),
  ]);
  return {
    ...found,
    evaluated,
    plans,
    ...about,
    ...reachability,
    settle: type.live.unsettled ? await settle(subject, row?.settle, settling, runtime) : pending,
    settling,
  };
};
