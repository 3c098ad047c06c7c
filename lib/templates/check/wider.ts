import type { Baseline } from '../../engine/baseline/baseline.ts';
import { evaluate, type FacetReadings } from '../../engine/evaluation/evaluate.ts';
import type { Ref } from '../../model/resource-type.ts';
import { Unresolved } from '../../model/unresolved.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { onceEach } from '../../support/once.ts';
import { beyondDefaults } from '../resolution/parameters.ts';
import { World } from '../resolution/world.ts';
import { Stack } from '../stack.ts';
import type { Template } from '../template.ts';
import { boundaryOf } from './boundary.ts';
import { declaredInWorlds, liveInWorlds } from './declared-source.ts';
import type { LocatedInTemplate } from './located-in-template.ts';
import { inOne, isShownBy, type Shown, shownBy } from './shown.ts';
import { explored } from './worlds.ts';

interface Asked {
  readonly baseline: Pick<Baseline, 'controls'>;
  readonly at: Date;
  readonly isExplicit: boolean;
}

/** What the control shows on the resource in the current world of its stack; nothing where it does not fail there. */
const showing = (
  { type, declared, template, control }: LocatedInTemplate,
  whole: Stack,
  { baseline, at }: Asked,
) => {
  const { account, region } = template.deployment;
  const stack = whole.about(declared);
  const refIn = (): Ref => ({ account, region, id: type.id(stack.resource(declared)) });
  const asked = { type: type.type, refIn };
  const facets = template.live ? liveInWorlds(asked, stack, at) : declaredInWorlds(asked, stack);
  const parameters = baseline.controls[control.id]?.parameters ?? {};
  const shownIn = (readings: FacetReadings): readonly Shown[] => {
    const verdict = evaluate(control, readings, { ref: refIn(), at, parameters });
    return verdict.status === 'FAIL'
      ? [shownBy(verdict, readings, boundaryOf(declared, stack))]
      : [];
  };
  return async (): Promise<readonly Shown[]> => {
    try {
      return stack.has(declared) ? await facets.read(control.needs, shownIn) : [];
    } catch (error) {
      if (error instanceof Unresolved) return [];
      throw error;
    }
  };
};

/** Whether a world counts: one with the defaults of AWS. Others are tried only to tell what a verdict rests on. */
const counts = (
  { control: { exposes } }: LocatedInTemplate,
  world: World,
  isExplicit: boolean,
): boolean =>
  [...world.asked.values()].every(({ kind, ...choice }) => {
    const isOfAws = kind === 'setting' || (kind === 'default' && (isExplicit || !exposes));
    return !isOfAws || world.valueFor({ kind, ...choice }) === !isExplicit;
  });

/** Whether text and verdict are the same, and no other file decides: so it is with most files. */
const isOfSameText = (one: LocatedInTemplate, other: LocatedInTemplate): boolean =>
  one.template.writtenAt === undefined &&
  one.template.document.text === other.template.document.text &&
  canonicalJson(one.template.deployment) === canonicalJson(other.template.deployment) &&
  canonicalJson(one.verdict) === canonicalJson(other.verdict);

/**
 * Whether a failure is no wider than those of the same control on the same resource before: in each world that the templates can
 * turn to, with the same parameters in both.
 */
export const createComparison = (asked: Asked) => {
  const world = new World();
  // One stack of a template serves all of its failures.
  const stackOf = onceEach((template: Template) => new Stack(template, world));
  return async (now: LocatedInTemplate, before: readonly LocatedInTemplate[]): Promise<boolean> => {
    if (before.some((one) => isOfSameText(now, one))) return true;
    const [shown, ...shownBefore] = [now, ...before].map((one) =>
      showing(one, stackOf(one.template), asked),
    );
    const run = async (): Promise<boolean> => {
      const [mine] = (await shown?.()) ?? [];
      if (!mine) return true;
      const theirs: Shown[] = [];
      for (const one of shownBefore) theirs.push(...(await one()));
      if (!counts(now, world, asked.isExplicit)) return true;
      return theirs.length > 0 && isShownBy(mine, inOne(theirs));
    };
    const others = now.world.decided.has(beyondDefaults) ? [[beyondDefaults, true] as const] : [];
    world.work.done = 0;
    const { runs, isCut } = await explored(run, world, others);
    return !isCut && runs.every(({ result }) => result);
  };
};
