import type { BatchReader } from '../../aws/reader.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { type Exemption, exemptionFor } from '../../engine/baseline/exemption.ts';
import type { FacetReading, FacetReadings } from '../../engine/evaluation/evaluate.ts';
import { identityFrom } from '../../engine/evaluation/identity.ts';
import { type Priority, priorityOf } from '../../engine/findings/priority.ts';
import { type TagValues, tagValuesOf } from '../../engine/posture/report-tags.ts';
import { type Control, unknown, type Verdict } from '../../model/control.ts';
import type { About, AnyResourceType, Ref } from '../../model/resource-type.ts';
import { assess, listedSource, liveSource } from '../evaluate/assess.ts';
import { atFault, whyOf } from './at-fault.ts';

/** One control's verdict on one resource, with what a report says of it. */
export interface Evaluation {
  readonly control: Control;
  readonly type: AnyResourceType;
  readonly ref: Ref;
  readonly arn: string;
  readonly verdict: Verdict;
  readonly priority: Priority;
  readonly exemption?: Exemption;
  /** Those that the baseline has kept for reports; absent where it names none, empty where they may not be read. */
  readonly reportTags?: TagValues;
  /** What the control evaluated, by facet, where it was asked for. */
  readonly seen?: Readonly<Record<string, unknown>>;
}
/** A resource type and those of its controls that are to be evaluated. */
export interface Subject {
  readonly type: AnyResourceType;
  readonly controls: readonly Control[];
}
export interface ScanContext {
  readonly baseline: Baseline;
  readonly reader: BatchReader;
  readonly at: Date;
  /** Whether evaluations hold what was evaluated. @default false */
  readonly keepsSeen?: boolean | undefined;
}

const named = (type: AnyResourceType, ref: Ref, about: FacetReading | undefined): About => {
  const { arn = ref.id, tags = {} } = identityFrom(about, type, ref);
  return { arn, tags };
};

/** Tags that may not be read make a report poorer, not wrong: they are told as not being there. */
export const readAbout = async (
  type: AnyResourceType,
  ref: Ref,
  reader: BatchReader,
): Promise<About & { readonly isRead: boolean }> => {
  const [result] = await Promise.allSettled([reader.read(type, ref, ['about'])]);
  const reading = result.status === 'fulfilled' ? result.value : undefined;
  const about = reading && !reading.gone ? reading.facets['about'] : undefined;
  return { ...named(type, ref, about), isRead: about !== undefined && 'value' in about };
};

type Seen = Evaluation['seen'];
type Verdicts = readonly (readonly [Control, Verdict, Seen])[];

const seenBy = ({ needs }: Control, facets: FacetReadings): Seen =>
  Object.fromEntries(
    needs.flatMap((need) => {
      const reading = facets[need];
      return reading && 'value' in reading ? [[need, reading.value ?? null]] : [];
    }),
  );

/** None where the resource has gone since it was listed. */
const verdictsOn = async (
  { type, controls }: Subject,
  ref: Ref,
  listed: FacetReadings,
  { reader, baseline, keepsSeen }: ScanContext,
): Promise<Verdicts> => {
  const resource = { type, ref };
  const source = listedSource(listed, liveSource(resource, reader));
  const assessed = await assess(resource, controls, source, baseline);
  return assessed.gone
    ? []
    : assessed.evaluations.map(({ control, verdict }) => [
        control,
        verdict,
        keepsSeen ? seenBy(control, assessed.facets) : undefined,
      ]);
};

/** What is at fault for all ends the scan; else only the controls that need the facet at fault are unknown. */
const orUnknown = async (
  subject: Subject,
  ref: Ref,
  listed: FacetReadings,
  context: ScanContext,
): Promise<Verdicts> => {
  const { type, controls } = subject;
  const [result] = await Promise.allSettled([verdictsOn(subject, ref, listed, context)]);
  if (result.status === 'fulfilled') return result.value;
  if ((await atFault(result.reason, context.reader)) === 'all') throw result.reason;
  if (controls.length > 1) {
    // The reader of a batch makes no call twice, so that this costs no more.
    const alone = controls.map((control) =>
      orUnknown({ type, controls: [control] }, ref, listed, context),
    );
    return (await Promise.all(alone)).flat();
  }
  const verdict = unknown(`could not be read: ${whyOf(result.reason)}`);
  return controls.map((control) => [control, verdict, undefined]);
};

/**
 * Evaluates one resource once, on the facets that the listing gave and those that it did not.
 * @param about ARN and tags, where the listing gave them
 */
export const scanResource = async (
  subject: Subject,
  ref: Ref,
  listed: FacetReadings,
  context: ScanContext,
  about?: About,
): Promise<readonly Evaluation[]> => {
  const { type, controls } = subject;
  const verdicts = await orUnknown(subject, ref, listed, context);
  const isFailing = verdicts.some(([, { status }]) => status === 'FAIL');
  const { reportTags: keys = [], sensitivityTag } = context.baseline;
  const isNamed = isFailing || keys.length > 0;
  // The ARN of most types follows from the id, and tags only count where one of them makes a resource sensitive.
  const isEnough = type.arn !== undefined && sensitivityTag === undefined && keys.length === 0;
  const { arn, tags, isRead } =
    about === undefined && isNamed && !isEnough
      ? await readAbout(type, ref, context.reader)
      : { ...named(type, ref, isNamed && about ? { value: about } : undefined), isRead: isNamed };
  const kept = keys.length > 0 ? { reportTags: tagValuesOf(isRead ? tags : undefined, keys) } : {};
  const standing = verdicts.map(([{ id }, { status }]) => [id, { lastKnown: status }] as const);
  const priority = priorityOf(
    { tags, controls: Object.fromEntries(standing) },
    controls,
    context.baseline.sensitivityTag,
  );
  return verdicts.map(([control, verdict, seen]) => {
    const evaluated = { controlId: control.id, arn, id: ref.id };
    const exemption = exemptionFor(context.baseline, evaluated, context.at);
    return {
      control,
      type,
      ref,
      arn,
      verdict,
      priority,
      ...(exemption ? { exemption } : {}),
      ...kept,
      ...(seen ? { seen } : {}),
    };
  });
};
