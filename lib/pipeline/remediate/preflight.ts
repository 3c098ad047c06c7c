import type { Reading } from '../../aws/reader.ts';
import { keyOf } from '../../engine/changes/change.ts';
import { evaluate } from '../../engine/evaluation/evaluate.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import {
  type Failing,
  type Planned,
  planNeeds,
  planOf,
} from '../../engine/remediation/planning.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import type { Control, Verdict } from '../../model/control.ts';
import type { About, AnyResourceType } from '../../model/resource-type.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** How a resource stands when an action on it is considered: read live, judged, planned. */
export interface Preflight {
  readonly key: string;
  readonly type: AnyResourceType;
  readonly row: ResourceRow | undefined;
  readonly arn: string;
  /** Absent where the tags may not be read. */
  readonly tags?: About['tags'];
  readonly at: Date;
  /** What was read, by facet; the before-image of an action. */
  readonly facets: Readonly<Record<string, unknown>>;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly controls: readonly Control[];
}

const isAbout = (value: unknown): value is About =>
  typeof value === 'object' && value !== null && 'arn' in value && 'tags' in value;

const valuesOf = (reading: Extract<Reading, { gone: false }>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(reading.facets).flatMap(([name, one]) =>
      'value' in one && name !== 'about' ? [[name, one.value]] : [],
    ),
  );

const aboutIn = (
  reading: Extract<Reading, { gone: false }>,
  type: AnyResourceType,
  { ref }: FixRequest,
) => {
  const about = reading.facets['about'];
  const arn = type.arn?.(ref) ?? ref.id;
  // An absent answer has no tags; a denied one says nothing of them.
  if (!about || !('value' in about)) return { arn };
  return isAbout(about.value) ? about.value : { arn, tags: {} };
};

/** Reads and judges what an ask names; `undefined` where the resource is gone. Throws what may pass. */
export const readPreflight = async (
  ask: FixRequest,
  runtime: Runtime,
): Promise<Preflight | undefined> => {
  const type = runtime.types.find((one) => one.type === ask.type);
  if (!type) throw new Error(`there is no resource type ${ask.type}`);
  const key = keyOf(ask);
  const controls = (await runtime.controlsOf(ask.type)).filter(({ id }) =>
    ask.controls.includes(id),
  );
  const needs = controls.flatMap((control) => [...control.needs, ...planNeeds(control)]);
  const [rows, reading] = await Promise.all([
    runtime.posture.read([key]),
    runtime.reader().read(type, ask.ref, [...new Set([...needs, 'about'])]),
  ]);
  if (reading.gone) return undefined;
  const at = reading.readAt;
  const verdicts = controls.map((control) => {
    const parameters = runtime.baseline.controls[control.id]?.parameters ?? {};
    return [control.id, evaluate(control, reading.facets, { ref: ask.ref, at, parameters })];
  });
  return {
    key,
    type,
    row: rows.get(key),
    ...aboutIn(reading, type, ask),
    at,
    facets: valuesOf(reading),
    verdicts: Object.fromEntries(verdicts),
    controls,
  };
};

/** The plan for those of the preflighted controls that are given; they share it, or there is one. */
export const planned = (
  { facets, controls, arn, at, type }: Preflight,
  ids: readonly string[],
  { ref }: FixRequest,
  { baseline }: Runtime,
): Planned | undefined => {
  const failing = controls
    .filter(({ id }) => ids.includes(id))
    .map((control): Failing => {
      const parameters = baseline.controls[control.id]?.parameters ?? {};
      return { control, parameters };
    });
  const unread = failing
    .flatMap(({ control }) => planNeeds(control))
    .find((name) => Object.hasOwn(type.facets, name) && !Object.hasOwn(facets, name));
  if (unread !== undefined) {
    const why = `${unread} could not be read`;
    return { controls: ids, plan: { kind: 'proposal', why }, grants: [] };
  }
  return planOf(failing, facets, { ref, arn, at });
};
