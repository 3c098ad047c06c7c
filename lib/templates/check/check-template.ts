import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Control, Verdict } from '../../model/control.ts';
import { unknown } from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import { Unresolved } from '../../model/unresolved.ts';
import { assess } from '../../pipeline/evaluate/assess.ts';
import type { DeclaredType } from '../declared/declared-type.ts';
import { World } from '../resolution/world.ts';
import { Stack } from '../stack.ts';
import { type Declaration, placed, type Template } from '../template.ts';
import { declaredSource, onceRead } from './declared-source.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { explored } from './worlds.ts';

export interface CheckContext {
  readonly baseline: Pick<Baseline, 'controls'>;
  readonly at: Date;
  /** Only what is declared counts, and none of AWS's defaults. */
  readonly isExplicit: boolean;
}
/** One control's outcome on one declared resource. */
export interface Checked extends Outcome {
  readonly control: Control;
  readonly type: DeclaredType;
  readonly declared: Declaration;
  readonly template: Template;
}

interface Subject {
  readonly type: DeclaredType;
  readonly declared: Declaration;
  readonly template: Template;
}

const refIn = ({ type, declared, template }: Subject, stack: Stack): Ref => ({
  account: template.deployment.account,
  region: template.deployment.region,
  id: type.id(stack.resource(declared)),
});

const verdictsIn = async (
  subject: Subject,
  controls: readonly Control[],
  world: World,
  { baseline, at }: CheckContext,
): Promise<readonly Verdict[]> => {
  const stack = new Stack(subject.template, world, subject.declared);
  const ref = refIn(subject, stack);
  const assessed = await onceRead(stack, () => {
    const source = declaredSource({ type: subject.type.type, ref }, stack, at);
    return assess({ ref }, controls, source, baseline);
  });
  return assessed.gone ? [] : assessed.evaluations.map(({ verdict }) => verdict);
};

/** Whether it is made in this world; a condition that is a circle makes nothing. */
const isMade = ({ template, declared }: Subject, world: World): boolean => {
  try {
    return new Stack(template, world).has(declared);
  } catch (error) {
    if (error instanceof Unresolved) return false;
    throw error;
  }
};

const notMade: Verdict = { status: 'NOT_APPLICABLE', reason: 'its condition does not hold' };

const outcomeFor = async (
  subject: Subject,
  control: Control,
  context: CheckContext,
): Promise<Outcome | undefined> => {
  const all = await explored(async (world) => {
    if (!isMade(subject, world)) return notMade;
    const [verdict = unknown('it was not evaluated')] = await verdictsIn(
      subject,
      [control],
      world,
      context,
    );
    return verdict;
  });
  const runs = all.runs.filter(({ result }) => result !== notMade);
  return outcomeOf(control, { ...all, runs }, context.isExplicit);
};

const plain = (verdict: Verdict, world: World): Outcome => ({
  verdict,
  world,
  softDefaults: [],
  when: [],
  byDefault: [],
  notes: [],
});

/** Evaluates the controls on one declared resource; all at once where nothing of it is open. */
const checkResource = async (
  subject: Subject,
  controls: readonly Control[],
  context: CheckContext,
): Promise<readonly Checked[]> => {
  const world = new World();
  const isAlways = isMade(subject, world);
  const verdicts = isAlways ? await verdictsIn(subject, controls, world, context) : [];
  const checked: Checked[] = [];
  for (const [index, control] of controls.entries()) {
    const verdict = verdicts[index];
    const outcome =
      world.isPlain && verdict
        ? plain(verdict, world)
        : await outcomeFor(subject, control, context);
    if (outcome && isKept(subject, outcome)) checked.push({ ...outcome, ...subject, control });
  }
  return checked;
};

/** Of a resource of another stack what is not declared here is nobody's question. */
const isKept = ({ type, declared, template }: Subject, { verdict, world }: Outcome): boolean => {
  const { isPart } = declared;
  const { status } = verdict;
  const isTold =
    status === 'FAIL' ||
    (status === 'PASS' && isPart?.isWhole) ||
    (status === 'UNKNOWN' && isPart?.isOpen);
  if (isPart && !isTold) return false;
  return type.keeps?.(new Stack(template, world).resource(declared), verdict) ?? true;
};

/** The controls that a template can answer for. */
export const controlsFor = (
  type: DeclaredType,
  all: readonly Control[],
  { controls }: Pick<Baseline, 'controls'>,
): readonly Control[] =>
  all.filter(
    ({ id, needs }) =>
      Object.hasOwn(controls, id) &&
      !Object.hasOwn(type.leftOut ?? {}, id) &&
      !needs.some((need) => type.untold?.includes(need)),
  );

/** Evaluates what a template declares, resource by resource. */
export const checkTemplate = async (
  template: Template,
  types: readonly DeclaredType[],
  controlsOf: (type: DeclaredType) => Promise<readonly Control[]>,
  context: CheckContext,
): Promise<readonly Checked[]> => {
  const checked: Checked[] = [];
  for (const type of types)
    for (const declared of (template.byType.get(type.as) ?? []).slice(
      0,
      type.isOnce ? 1 : undefined,
    ))
      checked.push(
        ...(await checkResource(
          { type, declared, template: placed(template, declared) },
          await controlsOf(type),
          context,
        )),
      );
  return checked;
};
