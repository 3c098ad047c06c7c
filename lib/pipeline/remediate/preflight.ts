import { keyOf } from '../../engine/changes/change.ts';
import type { FacetReadings } from '../../engine/evaluation/evaluate.ts';
import { identityFrom } from '../../engine/evaluation/identity.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import {
  type Failing,
  type Planned,
  planNeeds,
  planOf,
  planStateOf,
  settingsOf,
} from '../../engine/remediation/planning.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import { type Control, propose, type Verdict } from '../../model/control.ts';
import type { About, AnyResourceType } from '../../model/resource-type.ts';
import { assess, liveSource } from '../evaluate/assess.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** How a resource stands when an action on it is considered: read live, evaluated, planned. */
export interface Preflight {
  readonly key: string;
  readonly type: AnyResourceType;
  readonly row: ResourceRow | undefined;
  readonly arn: string;
  /** Absent where the tags may not be read. */
  readonly tags?: About['tags'];
  readonly at: Date;
  readonly readings: FacetReadings;
  /** The values that were read, by facet; the before-image of an action. */
  readonly facets: Readonly<Record<string, unknown>>;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly controls: readonly Control[];
}

/** What was read, as the before-image of an action keeps it. */
const imageIn = (facets: FacetReadings): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facets).flatMap(([name, one]) =>
      'value' in one && name !== 'about' ? [[name, one.value]] : [],
    ),
  );

const failingOf = (control: Control, { baseline }: Pick<Runtime, 'baseline'>): Failing => ({
  control,
  parameters: baseline.controls[control.id]?.parameters ?? {},
});

/** Reads and evaluates what a request names; `undefined` where the resource is gone. Throws what may pass. */
export const readPreflight = async (
  ask: FixRequest,
  runtime: Runtime,
): Promise<Preflight | undefined> => {
  const type = await runtime.types.named(ask.type);
  if (!type) throw new Error(`there is no resource type ${ask.type}`);
  const key = keyOf(ask);
  const controls = (await runtime.controlsOf(ask.type)).filter(({ id }) =>
    ask.controls.includes(id),
  );
  const resource = { type, ref: ask.ref };
  const alsoRead = [...controls.flatMap((control) => planNeeds(control, type)), 'about'];
  const settings = settingsOf(controls.map((control) => failingOf(control, runtime)));
  const source = liveSource(resource, runtime.reader(ask.ref), settings);
  const [rows, assessed] = await Promise.all([
    runtime.posture.read([key]),
    assess(resource, controls, source, runtime.baseline, alsoRead),
  ]);
  if (assessed.gone) return undefined;
  const { readAt, facets, evaluations } = assessed;
  const { arn = ask.ref.id, tags } = identityFrom(facets['about'], type, ask.ref);
  return {
    key,
    type,
    row: rows.get(key),
    arn,
    ...(tags === undefined ? {} : { tags }),
    at: readAt,
    readings: facets,
    facets: imageIn(facets),
    verdicts: Object.fromEntries(evaluations.map(({ control, verdict }) => [control.id, verdict])),
    controls,
  };
};

/** The plan for those of the preflighted controls that are given; they share it, or there is one. */
export const planned = (
  { type, readings, controls, arn, at }: Preflight,
  ids: readonly string[],
  { ref }: FixRequest,
  runtime: Pick<Runtime, 'baseline'>,
): Planned | undefined => {
  const failing = controls
    .filter(({ id }) => ids.includes(id))
    .map((control) => failingOf(control, runtime));
  const made = planStateOf(
    failing.map(({ control }) => control),
    type,
    readings,
  );
  if ('why' in made) return { controls: ids, plan: propose(made.why), grants: [] };
  return planOf(failing, made.state, { ref, arn, at });
};
