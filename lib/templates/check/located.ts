import type { Exemption } from '../../engine/baseline/exemption.ts';
import type { Priority } from '../../engine/findings/priority.ts';
import type { Severity, Verdict } from '../../model/control.ts';
import type { MadeAt } from '../cdk-constructs.ts';
import type { Range } from '../document/document.ts';
import type { SourceLines } from '../document/secret-lines.ts';
import type { NotWritten, PlannedEdits } from '../edit/planned-edits.ts';
import type { Declaration, Template } from '../template.ts';
import type { Outcome } from './outcome.ts';

/** What a report says of a control, of the account or of manifests. */
export interface ReportedControl {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly standards: Readonly<Partial<Record<string, readonly string[]>>>;
  readonly remediation: { readonly advice: string; readonly url?: string };
}

/** A verdict on what a file declares, with where it shows. */
export interface Located extends Pick<Outcome, 'when' | 'softDefaults' | 'byDefault' | 'notes'> {
  readonly control: ReportedControl;
  readonly verdict: Verdict;
  readonly file: string;
  /** Those of its file that can be shown; `undefined` where it is nothing to show: a plan holds what is secret. */
  readonly lines: SourceLines | undefined;
  readonly range: Range;
  /** `Properties.VersioningConfiguration`, where a property of the resource itself decides. */
  readonly property?: string;
  /** A secret stands there: the line is not shown. */
  readonly isHidden?: true;
  /** What the file calls it: a logical id, or `Deployment/shop/web`. */
  readonly name: string;
  /** What it is: `AWS::S3::Bucket`, or `Deployment`. */
  readonly resourceType: string;
  /** That of the resource once it is deployed; what is in no region has none. */
  readonly region?: string;
  readonly id: string;
  /** That of the resource once it is deployed; what is no resource of AWS has none. */
  readonly arn?: string;
  readonly priority: Priority;
  /** The CDK's path of the construct that made it. */
  readonly construct?: string | undefined;
  /** Where an app of the CDK makes it. */
  readonly madeAt?: MadeAt | undefined;
  readonly exemption?: Exemption;
  /** The exemption stands in the file. */
  readonly isInSource?: true;
}

/** A verdict on a resource that a template declares, or on a part of one. */
interface Declared extends Located {
  readonly template: Template;
  readonly declared: Declaration;
}
export const isDeclared = (one: Located): one is Declared => 'template' in one && 'declared' in one;

/** A verdict on a part of what a template declares, by a control without a plan: it says itself what puts it right. */
export interface LocatedPart extends Declared {
  /** `undefined` where there is no failure. */
  repair(): PlannedEdits | NotWritten | undefined;
}
/** Whether it is of a part that another kind of control looks at, such as a container. */
export const isPart = (one: Located): one is LocatedPart => 'template' in one && 'repair' in one;

/** As much of it as is told where its source is not shown: all that it was found in is let go. */
export const placeOf = (one: Located): Located => ({
  control: one.control,
  verdict: one.verdict,
  softDefaults: one.softDefaults,
  when: one.when,
  byDefault: one.byDefault,
  notes: one.notes,
  id: one.id,
  file: one.file,
  lines: undefined,
  range: one.range,
  name: one.name,
  resourceType: one.resourceType,
  priority: one.priority,
  construct: one.construct,
  madeAt: one.madeAt,
  ...(one.arn === undefined ? {} : { arn: one.arn }),
  ...(one.region === undefined ? {} : { region: one.region }),
  ...(one.property === undefined ? {} : { property: one.property }),
  ...(one.isHidden ? { isHidden: one.isHidden } : {}),
  ...(one.exemption ? { exemption: one.exemption } : {}),
  ...(one.isInSource ? { isInSource: one.isInSource } : {}),
});

/** Longer lines are not copied. */
const longestCopied = 1000;
/** The same with the one line that is shown of its source. */
export const lineOf = (one: Located): Located => {
  const { lines, range, verdict } = one;
  if (!lines || verdict.status !== 'FAIL') return placeOf(one);
  const isSecret = lines.has(range.line);
  const line = lines.textOf(range.line);
  // A copy, since a part of a text keeps the whole text in memory. A long line may be that whole text.
  const text = line.length > longestCopied ? line : Buffer.from(line).toString();
  return { ...placeOf(one), lines: { has: () => isSecret, textOf: () => text } };
};
