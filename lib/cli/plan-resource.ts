import { attempted, messageOf } from '../aws/errors.ts';
import { failureOf } from '../aws/failures.ts';
import type { BatchReader } from '../aws/reader.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import type { Failing, Planned } from '../engine/remediation/planning.ts';
import { propose } from '../model/control.ts';
import type { Ref } from '../model/resource-type.ts';
import { planFor } from '../pipeline/evaluate/plans.ts';
import { type Evaluation, type Subject, scanResource } from '../pipeline/scan/scan-resource.ts';

/** What would be done about controls that fail on one resource; no plan where it is a person's work. */
export interface Draft {
  readonly evaluations: readonly Evaluation[];
  readonly planned: Planned | undefined;
}
export interface Drafted {
  /** Every verdict on the resource; none where it is gone. */
  readonly evaluations: readonly Evaluation[];
  readonly drafts: readonly Draft[];
}

/** What shares a combined plan is planned together; an exempted failure by itself, since it would be left as it is. */
const inGroups = (failing: readonly Evaluation[]): readonly (readonly Evaluation[])[] => {
  const groups = new Map<unknown, Evaluation[]>();
  for (const evaluation of failing) {
    const { control, exemption } = evaluation;
    const key = (exemption ? undefined : control.remediation.combined) ?? control;
    groups.set(key, [...(groups.get(key) ?? []), evaluation]);
  }
  return [...groups.values()];
};

/** What could not be looked up for one plan is said there; what is at fault for all ends the command. */
const planOrWhy = async (
  failing: readonly Failing[],
  evaluation: Evaluation,
  reader: BatchReader,
): Promise<Planned | undefined> => {
  const made = await attempted(() => planFor(failing, evaluation, reader));
  if ('value' in made) return made.value;
  if (failureOf(made.failure) !== undefined) throw made.failure;
  const why = `it could not be planned: ${messageOf(made.failure)}`;
  return { controls: [evaluation.control.id], plan: propose(why), grants: [] };
};

/** A combined plan may leave some of its controls to plans of their own. */
const draftsOf = async (
  group: readonly Evaluation[],
  reader: BatchReader,
  baseline: Baseline,
): Promise<readonly Draft[]> => {
  const [first] = group;
  if (!first) return [];
  const failing = group.map(({ control }) => ({
    control,
    parameters: baseline.controls[control.id]?.parameters ?? {},
  }));
  const planned = await planOrWhy(failing, first, reader);
  const isDone = ({ control }: Evaluation) =>
    control === first.control || planned?.controls.includes(control.id) === true;
  const left = group.filter((each) => !isDone(each));
  const draft = { evaluations: group.filter(isDone), planned };
  return [draft, ...(await draftsOf(left, reader, baseline))];
};

/** Evaluates one resource live, and plans for what fails, from the same snapshot. */
export const planResource = async (
  subject: Subject,
  ref: Ref,
  reader: BatchReader,
  baseline: Baseline,
): Promise<Drafted> => {
  const evaluations = await scanResource(subject, ref, {}, { reader, baseline, at: new Date() });
  const failing = evaluations.filter(({ verdict }) => verdict.status === 'FAIL');
  const drafts = await Promise.all(
    inGroups(failing).map((group) => draftsOf(group, reader, baseline)),
  );
  return { evaluations, drafts: drafts.flat() };
};
