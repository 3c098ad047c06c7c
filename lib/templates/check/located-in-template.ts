import type { Baseline } from '../../engine/baseline/baseline.ts';
import { priorityOf, type SensitivityTag } from '../../engine/findings/priority.ts';
import type { Control } from '../../model/control.ts';
import { groupsBy } from '../../support/groups.ts';
import { kept } from '../../support/once.ts';
import type { Constructs } from '../cdk-constructs.ts';
import { World } from '../resolution/world.ts';
import { Stack } from '../stack.ts';
import type { CheckContext, Checked } from './check-template.ts';
import { madeBy, markedFailure } from './exempted.ts';
import { writtenAt, writtenOf } from './locate.ts';
import { isPart, type Located } from './located.ts';

/** A verdict on what a template declares. */
export interface LocatedInTemplate extends Located, Omit<Checked, 'control' | 'verdict'> {
  readonly control: Control;
}
export const isInTemplate = (one: Located): one is LocatedInTemplate =>
  'template' in one && !isPart(one);
/** By resource, in order. */
const byResource = (all: readonly Checked[]): Iterable<readonly Checked[]> =>
  groupsBy(all, ({ type, declared }) => `${type.type.type} ${declared.logicalId}`).values();

interface Told {
  readonly names: { readonly id: string; readonly arn: string };
  readonly at: ReturnType<typeof writtenOf>;
  readonly priority: Located['priority'];
  readonly made: ReturnType<typeof madeBy>;
}
/** Written out, for there are tens of thousands: a spread of several takes many times the memory. */
const shownOf = (one: Checked, { names, at, priority, made }: Told): LocatedInTemplate => ({
  control: one.control,
  verdict: one.verdict,
  world: one.world,
  softDefaults: one.softDefaults,
  when: one.when,
  byDefault: one.byDefault,
  notes: one.notes,
  type: one.type,
  declared: one.declared,
  template: one.template,
  id: names.id,
  arn: names.arn,
  file: at.file,
  lines: at.lines,
  range: at.range,
  name: one.declared.logicalId,
  resourceType: one.declared.type,
  region: one.template.deployment.region,
  priority,
  construct: made?.shown.construct,
  madeAt: made?.shown.madeAt,
});

const noTags: Readonly<Record<string, string>> = {};
/** By what fails on a resource, and what its tags say. */
const priorityIn = (
  same: readonly Checked[],
  tags: Readonly<Record<string, string>>,
  sensitivityTag: SensitivityTag | undefined,
): Located['priority'] => {
  const failing = same.flatMap(({ control, verdict: { status } }) =>
    status === 'FAIL' ? [control] : [],
  );
  const controls = Object.fromEntries(
    failing.map(({ id }) => [id, { lastKnown: 'FAIL' as const }]),
  );
  return priorityOf({ tags, controls }, failing, sensitivityTag);
};

/** The stack of a verdict in a world; what is found out of a template is found out once. */
const createStackIn = (whole: Stack) => {
  let stack = whole;
  return ({ template }: Checked, { decided }: World): Stack => {
    if (stack.template !== template) stack = new Stack(template, new World());
    stack.world.turn(decided);
    return stack;
  };
};

/**
 * Each verdict with where it stands, by what it is told, and whether somebody exempted it.
 * @param whole what was evaluated; it turns to the worlds that show the verdicts
 */
export const located = (
  all: readonly Checked[],
  whole: Stack,
  { baseline, at: time }: Pick<CheckContext, 'at'> & { readonly baseline: Baseline },
  constructs: Constructs | undefined,
): readonly LocatedInTemplate[] => {
  const found: LocatedInTemplate[] = [];
  const stackIn = createStackIn(whole);
  const { exemptions, sensitivityTag } = baseline;
  for (const same of byResource(all)) {
    const [first] = same;
    if (!first) continue;
    const { template, declared } = first;
    const resource = stackIn(first, new World()).resource(declared);
    const names = { id: first.type.id(resource), arn: resource.arn };
    const tags = sensitivityTag ? resource.tags : noTags;
    const priority = priorityIn(same, tags, sensitivityTag);
    const made = madeBy(declared, constructs);
    const whole = kept(() => writtenOf(first));
    for (const one of same) {
      const isFailure = one.verdict.status === 'FAIL';
      const at = isFailure ? writtenAt(one, stackIn(one, one.world)) : whole();
      const shown = shownOf(one, { names, at, priority, made });
      found.push(
        isFailure
          ? {
              ...shown,
              ...(at.property === undefined ? {} : { property: at.property }),
              ...markedFailure(
                { control: one.control, template, declared, file: at.file, names, made },
                { exemptions, at: time },
              ),
            }
          : shown,
      );
    }
  }
  return found;
};
