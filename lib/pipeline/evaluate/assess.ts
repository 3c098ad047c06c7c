import type { BatchReader, Reading } from '../../aws/reader.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { evaluate, type FacetReadings, needsOf } from '../../engine/evaluation/evaluate.ts';
import type { Control, Verdict } from '../../model/control.ts';
import type { AnyResourceType, Ref } from '../../model/resource-type.ts';

export interface Resource {
  readonly type: AnyResourceType;
  readonly ref: Ref;
}

/** Where the facets of one resource come from. */
export interface Source {
  /** Reads these facets; throws what may pass when it is tried again. */
  read(facets: readonly string[]): Promise<Reading>;
}

/**
 * AWS itself.
 * @param settings parameters of the baseline, for facets that plans read by one
 */
export const liveSource = (
  { type, ref }: Resource,
  reader: BatchReader,
  settings: Readonly<Record<string, unknown>> = {},
): Source => ({
  read: (facets) => reader.read(type, ref, facets, settings),
});

/** Facets that are known already, such as what a host says of itself; no other facet is read. */
export const knownSource = (facets: FacetReadings, readAt: Date): Source => ({
  read: async () => ({ gone: false, readAt, facets }),
});

/** Facets that a listing gave; the others are read from `source`. */
export const listedSource = (listed: FacetReadings, source: Source): Source => ({
  async read(facets) {
    const reading = await source.read(facets.filter((name) => !Object.hasOwn(listed, name)));
    return reading.gone ? reading : { ...reading, facets: { ...reading.facets, ...listed } };
  },
});

/** One control's verdict, with the parameters that it was evaluated with. */
export interface Evaluation {
  readonly control: Control;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly verdict: Verdict;
}
export type Assessment =
  | { readonly gone: true; readonly readAt: Date }
  | {
      readonly gone: false;
      readonly readAt: Date;
      readonly facets: FacetReadings;
      readonly evaluations: readonly Evaluation[];
    };

/**
 * Reads one resource from its source and evaluates these controls on it, with the parameters of the baseline.
 * @param alsoRead facets to read at the same time, for identity, plans or settling
 */
export const assess = async (
  { ref }: Pick<Resource, 'ref'>,
  controls: readonly Control[],
  source: Source,
  baseline: Pick<Baseline, 'controls'> & Partial<Pick<Baseline, 'regions'>>,
  alsoRead: readonly string[] = [],
): Promise<Assessment> => {
  const reading = await source.read([...new Set([...needsOf(controls), ...alsoRead])]);
  if (reading.gone) return reading;
  const { readAt, facets } = reading;
  const governed = baseline.regions ? { regions: baseline.regions } : {};
  const evaluations = controls.map((control) => {
    const parameters = baseline.controls[control.id]?.parameters ?? {};
    return {
      control,
      parameters,
      verdict: evaluate(control, facets, { ref, at: readAt, parameters, ...governed }),
    };
  });
  return { gone: false, readAt, facets, evaluations };
};
