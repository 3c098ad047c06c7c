import { unknown, type Verdict } from '../../model/control.ts';
import { Unresolved } from '../../model/unresolved.ts';
import { madeBy, markedFailure } from '../../templates/check/exempted.ts';
import type { LocatedPart } from '../../templates/check/located.ts';
import type { AskedOfTemplate } from '../../templates/check/other-files.ts';
import { notMade, outcomeWhereMade } from '../../templates/check/outcome-where-made.ts';
import { explored } from '../../templates/check/worlds.ts';
import type { Path } from '../../templates/document/document.ts';
import { sourceLinesOf } from '../../templates/document/secret-lines.ts';
import type { World } from '../../templates/resolution/world.ts';
import { Stack } from '../../templates/stack.ts';
import type { Declaration, Template, Written } from '../../templates/template.ts';
import type { ManifestOptions } from '../check/options.ts';
import { placeOf } from '../check/places.ts';
import { repairOf, verdictOf } from '../check/verdicts.ts';
import type { ManifestControl } from '../model/manifest-control.ts';
import type { Repair } from '../model/repair.ts';
import type { Models } from '../model/subject.ts';
import { containerOf, workloadOf } from './task.ts';
import { taskDefinition as type } from './type.ts';

/** The first place that is wrong stands with the verdict. */
type Told = Verdict & { readonly at?: Path };

/** What of a task is evaluated: itself, or one of its containers. */
interface Evaluated {
  readonly declared: Declaration;
  readonly name: string;
  /** Of the list of its containers. */
  readonly index?: number;
}

const modelsIn = ({ declared, index }: Evaluated, stack: Stack): Partial<Models> | undefined => {
  const task = stack.resource(declared);
  if (index === undefined) return { workload: workloadOf(task) };
  const container = task.get('ContainerDefinitions').items()[index];
  return container && { container: containerOf(task, container) };
};

const verdictIn = (
  one: Evaluated,
  control: ManifestControl,
  parameters: Readonly<Record<string, unknown>>,
  stack: Stack,
): Told => {
  try {
    if (!stack.has(one.declared)) return notMade;
    const models = modelsIn(one, stack);
    const found = models && control.evaluate(models, parameters);
    if (!found) return notMade;
    const told = verdictOf(found);
    return found.status === 'FAIL' ? { ...told, at: found.faults[0].said.at } : told;
  } catch (error) {
    if (error instanceof Unresolved) return unknown(`it depends on ${error.message}`);
    throw error;
  }
};

/** How a failure is put right, as it is in the world that shows it. */
const repairIn = (
  one: Evaluated,
  control: ManifestControl,
  parameters: Readonly<Record<string, unknown>>,
  stack: Stack,
): Repair | undefined => {
  try {
    const models = modelsIn(one, stack);
    const found = models && control.evaluate(models, parameters);
    return found?.status === 'FAIL' ? repairOf(control, models ?? {}, found.faults) : undefined;
  } catch (error) {
    if (error instanceof Unresolved) return { why: `it depends on ${error.message}` };
    throw error;
  }
};

/** Where it shows: of a plan at its source. */
const writtenAt = (
  { document, writtenAt: told }: Template,
  declared: Declaration,
  at: Path | undefined,
): Written => {
  if (told) return told(declared, at?.slice(declared.path.length + 1) ?? []);
  const { file, text } = document;
  return {
    file,
    text,
    lines: sourceLinesOf(document),
    range: at ? placeOf(document, at) : document.rangeOf(declared.path),
  };
};

interface Asked extends AskedOfTemplate {
  readonly template: Template;
  readonly options: ManifestOptions;
}

const locatedFor = async (
  one: Evaluated,
  control: ManifestControl,
  { template, options, isExplicit, constructs }: Asked,
): Promise<readonly LocatedPart[]> => {
  const { exemptions } = options.settings;
  const parameters = options.settings.controls[control.id];
  if (!parameters) return [];
  const run = (world: World) => verdictIn(one, control, parameters, new Stack(template, world));
  const outcome = await outcomeWhereMade(run, { control: {}, declared: one.declared, isExplicit });
  if (!outcome) return [];
  const { verdict: told, world, ...rests } = outcome;
  const { at, ...verdict }: Told = told;
  const { declared, name } = one;
  const { file, lines, range } = writtenAt(template, declared, at);
  const made = madeBy(declared, constructs);
  const names = { id: name };
  return [
    {
      ...rests,
      control,
      verdict,
      file,
      lines,
      range,
      name,
      ...names,
      resourceType: type,
      region: template.deployment.region,
      ...made?.shown,
      priority: { level: 'standard', why: 'neither exposed nor labelled as sensitive' },
      ...(verdict.status === 'FAIL'
        ? markedFailure(
            { control, template, declared, file, names, made },
            { exemptions, at: options.at },
          )
        : {}),
      template,
      declared,
      repair: () => repairIn(one, control, parameters, new Stack(template, world.anew)),
    },
  ];
};

/** Its containers, as many as there can be. */
const containersOf = async (template: Template, declared: Declaration) => {
  const { runs } = await explored((world) => {
    try {
      const task = new Stack(template, world).resource(declared);
      return task
        .get('ContainerDefinitions')
        .items()
        .map((one, index) => one.get('Name').name() ?? String(index));
    } catch (error) {
      // One that nobody knows is not known.
      if (error instanceof Unresolved) return ['0'];
      throw error;
    }
  });
  return runs.map(({ result }) => result).toSorted((a, b) => b.length - a.length)[0] ?? [];
};

/** Evaluates the task definitions of a template by the controls of any container. */
export const checkTasks = async (
  template: Template,
  options: ManifestOptions,
  how: AskedOfTemplate,
): Promise<readonly LocatedPart[]> => {
  const { wanted = () => true } = options;
  const asked = { ...how, template, options };
  const located: LocatedPart[] = [];
  for (const declared of template.byType.get(type) ?? []) {
    const { logicalId } = declared;
    const names = await containersOf(template, declared);
    const evaluated: readonly Evaluated[] = [
      { declared, name: logicalId },
      ...names.map((name, index) => ({ declared, name: `${logicalId}/${name}`, index })),
    ];
    for (const one of evaluated)
      for (const control of options.controls.filter(wanted))
        if (control.on === (one.index === undefined ? 'workload' : 'container'))
          located.push(...(await locatedFor(one, control, asked)));
  }
  return located;
};
