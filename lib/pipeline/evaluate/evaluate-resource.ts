import type { BatchReader, Reading } from '../../aws/reader.ts';
import type { Change, ListedFacets } from '../../engine/changes/change.ts';
import {
  awaitedIn,
  causesOf,
  eventsIn,
  facetsIn,
  isTrulyGone,
  verifiesIn,
} from '../../engine/changes/group-changes.ts';
import { type Judged, settingsHash } from '../../engine/evaluation/control-evaluation.ts';
import {
  affectedBy,
  evaluate,
  type FacetReadings,
  needsOf,
} from '../../engine/evaluation/evaluate.ts';
import type { Settling } from '../../engine/evaluation/settle.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { EvaluationRequest } from './evaluation-request.ts';
import { aboutOf } from './identity.ts';
import { plansOf, summaryOf } from './plans.ts';
import { settle } from './settle.ts';

const listedIn = (changes: readonly Change[]): ListedFacets | undefined =>
  changes.flatMap(({ cause }) => (cause.kind === 'sweep' ? (cause.listed ?? []) : []))[0];

/** Those whose needs the listing gave in full: no control is judged on facets of two times. */
const answeredBy = (controls: readonly Control[], listed: ListedFacets | undefined) =>
  listed
    ? controls.filter(({ needs }) => needs.every((need) => Object.hasOwn(listed.facets, need)))
    : [];

const readingsOf = (listed: ListedFacets): FacetReadings =>
  Object.fromEntries(Object.entries(listed.facets).map(([name, value]) => [name, { value }]));

const verdictsOn = (
  controls: readonly Control[],
  facets: FacetReadings,
  at: Date,
  { ref, group }: EvaluationRequest,
  { baseline }: Runtime,
): readonly Judged[] => {
  const isCreated = group.changes.some(({ hint }) => hint === 'created');
  return controls.map((control) => {
    const parameters = baseline.controls[control.id]?.parameters ?? {};
    return {
      control,
      verdict: evaluate(control, facets, { ref, at, parameters }),
      readAt: at,
      causes: causesOf(control, group.changes),
      isCreated,
      settings: settingsHash(parameters),
    };
  });
};

const isUnsettled = ({ type }: EvaluationRequest, reading: Reading | undefined): boolean => {
  if (!type.unsettled || !reading || reading.gone) return false;
  const watched = reading.facets[type.unsettled.facet];
  return watched !== undefined && 'value' in watched && type.unsettled.while(watched.value);
};

export const settlesAfter = ({ settlesAfterSeconds }: Runtime, type: AnyResourceType): number =>
  settlesAfterSeconds ?? type.settlesAfterSeconds;

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

/** Reads one resource and judges the controls that its changes can have turned. */
export const judge = async (
  request: EvaluationRequest,
  reader: BatchReader,
  runtime: Runtime,
): Promise<Found> => {
  const { group, type, ref, enabled, row } = request;
  const { changes } = group;
  const subject = { type: type.type, ref };
  const controls = affectedBy(enabled, facetsIn(changes, row));
  const listed = listedIn(changes);
  const answered = answeredBy(controls, listed);
  const others = controls.filter((control) => !answered.includes(control));
  const needs = [...needsOf(others), ...(type.unsettled ? [type.unsettled.facet] : [])];
  // Only a type that AWS finishes slowly must be read before it is known when to look again.
  const known = settlingOf(request, runtime);
  const early = type.unsettled ? undefined : settle(subject, row?.settle, known, runtime);
  const [reading, pending] = await Promise.all([
    others.length > 0 ? reader.read(type, ref, [...new Set(needs)]) : undefined,
    early,
  ]);
  const found = {
    key: group.key,
    ...subject,
    settlesAfterSeconds: settlesAfter(runtime, type),
    events: eventsIn(changes),
    awaits: awaitedIn(changes),
  };
  if (reading?.gone && isTrulyGone(changes, row)) {
    return { ...found, judged: [], goneAt: reading.readAt, settle: undefined };
  }
  const verdicts = [
    ...(listed
      ? verdictsOn(answered, readingsOf(listed), new Date(listed.readAt), request, runtime)
      : []),
    ...(reading && !reading.gone
      ? verdictsOn(others, reading.facets, reading.readAt, request, runtime)
      : []),
  ];
  const plans = await plansOf(request, verdicts, reader, runtime);
  const judged = verdicts.map((one) => {
    const planned = plans.get(one.control.id);
    return planned ? { ...one, plan: summaryOf(planned) } : one;
  });
  const settling = { ...known, isUnsettled: isUnsettled(request, reading) };
  return {
    ...found,
    judged,
    plans,
    ...(await aboutOf(request, judged, reader, runtime)),
    settle: type.unsettled ? await settle(subject, row?.settle, settling, runtime) : pending,
    settling,
  };
};
