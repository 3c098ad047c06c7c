import type { Baseline } from '../../engine/baseline/baseline.ts';
import { evaluate, type FacetReadings, needsOf } from '../../engine/evaluation/evaluate.ts';
import { type Control, leftOpen, type Verdict } from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import { Unresolved } from '../../model/unresolved.ts';
import type { DeclaredType } from '../declared/declared-type.ts';
import { type Findings, World } from '../resolution/world.ts';
import { Stack } from '../stack.ts';
import { type Declaration, placed, type Template } from '../template.ts';
import { declaredInWorlds, type FacetsInWorlds, liveInWorlds } from './declared-source.ts';
import type { Outcome } from './outcome.ts';
import { notMade, outcomeWhereMade } from './outcome-where-made.ts';

export interface CheckContext {
  readonly baseline: Pick<Baseline, 'controls'>;
  readonly at: Date;
  /** Only what is declared counts, and none of AWS's defaults. */
  readonly isExplicit: boolean;
  /** Told of each verdict that is no failure and not unknown, which is left out then. @default - none is left out */
  readonly count?: ((control: Control, status: Uneventful) => void) | undefined;
}
/** What most verdicts are, and a report often only counts. */
export type Uneventful = 'PASS' | 'NOT_APPLICABLE';
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
  /** Turns to each world that is looked at. */
  readonly stack: Stack;
}
/** The same with what tells it. */
interface Asked extends Subject {
  readonly refIn: () => Ref;
}

/** What tells it in the world that its stack is in: each control asks for it. */
const refsIn = ({ type, declared, template, stack }: Subject): (() => Ref) => {
  const { account, region } = template.deployment;
  const known: Findings<Ref> = [];
  const find = (): Ref => ({ account, region, id: type.id(stack.resource(declared)) });
  return () => stack.world.once(known, find);
};

/**
 * Whether it is made in this world; what is given up is no answer, and not made is nothing that anybody would see. What has no
 * map of properties CloudFormation does not make: nothing is known of it.
 */
const isMade = ({ stack, declared }: Subject): boolean | Verdict => {
  try {
    if (!stack.has(declared)) return false;
    const noMap = stack.resource(declared).properties.noMap;
    return noMap ? leftOpen(`it depends on ${noMap.unresolved.message}`) : true;
  } catch (error) {
    if (error instanceof Unresolved) return leftOpen(`it depends on ${error.message}`);
    throw error;
  }
};

const outcomeFor = (
  subject: Asked,
  control: Control,
  facets: FacetsInWorlds,
  { baseline, at, isExplicit, count }: CheckContext,
): Outcome | undefined | Promise<Outcome | undefined> => {
  const parameters = baseline.controls[control.id]?.parameters ?? {};
  const verdictOn = (readings: FacetReadings): Verdict =>
    evaluate(control, readings, { ref: subject.refIn(), at, parameters });
  const run = (): Verdict | Promise<Verdict> => {
    const made = isMade(subject);
    if (made !== true) return made === false ? notMade : made;
    const known = facets.known(control.needs);
    return known ? verdictOn(known) : facets.read(control.needs, verdictOn);
  };
  const { type, declared, stack } = subject;
  // Whether it is kept can depend on the world that shows it.
  const isCounted = count !== undefined && type.keeps === undefined;
  return outcomeWhereMade(run, { control, declared, isExplicit, isCounted, world: stack.world });
};

/** Evaluates the controls on one declared resource. */
const checkResource = async (
  subject: Subject,
  controls: readonly Control[],
  context: CheckContext,
): Promise<readonly Checked[]> => {
  const { type, declared, template, stack } = subject;
  const refIn = refsIn(subject);
  const asked = { type: type.type, refIn };
  const named = { type, declared, template, stack, refIn };
  const facets = template.live
    ? liveInWorlds(asked, stack, context.at)
    : declaredInWorlds(asked, stack);
  if (template.live) {
    stack.world.turn(new Map());
    // What all of them ask of the account is asked at once.
    if (isMade(subject) === true) await facets.read(needsOf(controls), () => undefined);
  }
  const checked: Checked[] = [];
  for (const control of controls) {
    const made = outcomeFor(named, control, facets, context);
    const outcome = made instanceof Promise ? await made : made;
    if (!outcome || !isKept(subject, control, outcome)) continue;
    const { status } = outcome.verdict;
    if (context.count && (status === 'PASS' || status === 'NOT_APPLICABLE')) {
      context.count(control, status);
      continue;
    }
    const { verdict, world, softDefaults, when, byDefault, notes } = outcome;
    // Written out: of tens of thousands a spread takes twenty times the memory.
    checked.push({
      verdict,
      world,
      softDefaults,
      when,
      byDefault,
      notes,
      type,
      declared,
      template,
      control,
    });
  }
  return checked;
};

/** Whether it rests on a value of the part itself too; what others open is told of them. */
const isOwnValue = (verdict: Verdict): boolean =>
  verdict.status === 'UNKNOWN' && !verdict.isOfOthers;

/**
 * Of a resource of another stack what is not declared here is nobody's question. What a part may open, by a value of its
 * own that only a deployment knows, is told.
 */
const isKept = (
  { type, declared, template }: Omit<Subject, 'stack'>,
  { exposes }: Control,
  { verdict, world }: Outcome,
): boolean => {
  const { isPart } = declared;
  const { status } = verdict;
  const isTold =
    status === 'FAIL' ||
    (status === 'PASS' && isPart?.isWhole) ||
    (status === 'UNKNOWN' && isPart?.isOpen) ||
    (exposes && isOwnValue(verdict));
  if (isPart && !isTold) return false;
  const stack = new Stack(template, world.anew);
  return type.keeps?.(stack.resource(declared), verdict, stack) ?? true;
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

/**
 * Evaluates what a template declares, resource by resource.
 * @param whole turns to each world that is looked at
 */
export const checkTemplate = async (
  whole: Stack,
  types: readonly DeclaredType[],
  controlsOf: (type: DeclaredType) => Promise<readonly Control[]>,
  context: CheckContext,
): Promise<readonly Checked[]> => {
  const checked: Checked[] = [];
  const { template } = whole;
  for (const type of types)
    for (const declared of (template.byType.get(type.as) ?? []).slice(
      0,
      type.isOnce ? 1 : undefined,
    )) {
      const own = placed(template, declared);
      const stack =
        own === template ? whole : new Stack(own, new World(undefined, whole.world.work));
      const subject = { type, declared, template: own, stack: stack.about(declared) };
      checked.push(...(await checkResource(subject, await controlsOf(type), context)));
    }
  return checked;
};
