import type { Verdict } from '../../model/control.ts';
import { Unresolved } from '../../model/unresolved.ts';
import { clip } from '../../support/clip.ts';
import { onceEach } from '../../support/once.ts';
import { plural } from '../../support/plural.ts';
import type { Fault, ManifestControl, ManifestVerdict } from '../model/manifest-control.ts';
import type { Repair } from '../model/repair.ts';
import type { Subject } from '../model/subject.ts';
import { pathText } from './places.ts';

const mostSaid = 3;
const longest = 120;
/** A value as evidence shows it. */
const shown = (value: unknown): unknown => {
  if (value === undefined) return 'not set';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? clip(text, longest) : value;
};

const reasonOf = (faults: readonly { readonly what: string }[]): string => {
  const said = [...new Set(faults.map(({ what }) => what))];
  const more = said.length - mostSaid;
  return [...said.slice(0, mostSaid), ...(more > 0 ? [`and ${plural(more, 'other')}`] : [])].join(
    '; ',
  );
};

/** What a control says. What it cannot know is UNKNOWN, unless something that is known departs already. */
export const foundBy = (
  control: ManifestControl,
  subject: Pick<Subject, 'models' | 'known'>,
  parameters: Readonly<Record<string, unknown>>,
): ManifestVerdict | undefined => {
  try {
    return control.evaluate(subject.models, parameters);
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    const { known } = subject;
    const sure = known && foundBy(control, { models: known }, parameters);
    const reason = `it depends on ${error.message}`;
    return sure?.status === 'FAIL' ? sure : { status: 'UNKNOWN', reason };
  }
};

const secretFinding = onceEach((control: ManifestControl) =>
  onceEach((subject: Subject) => foundBy(control, subject, {})),
);
/**
 * The same, once for a subject, of a control that finds secrets: no parameter decides what it says, and it is asked for its
 * verdict, and for the lines that are not shown.
 */
export const secretsFoundBy = (
  control: ManifestControl,
  subject: Subject,
): ManifestVerdict | undefined => secretFinding(control)(subject);

/** A verdict as reports have it. */
export const verdictOf = (verdict: ManifestVerdict): Verdict => {
  if (verdict.status !== 'FAIL') return verdict;
  const { faults } = verdict;
  return {
    status: 'FAIL',
    reason: reasonOf(faults),
    evidence: faults.map(({ said, expected, isSecret }) => ({
      path: pathText(said.at),
      actual: isSecret ? 'a value that is not shown' : shown(said.value),
      expected,
    })),
  };
};

/** How a failure is put right. What depends on something that is not known is for a person. */
export const repairOf = (
  control: ManifestControl,
  models: Subject['models'],
  faults: readonly Fault[],
): Repair => {
  try {
    return control.repairOf(models, faults);
  } catch (error) {
    if (error instanceof Unresolved) return { why: `it depends on ${error.message}` };
    throw error;
  }
};
