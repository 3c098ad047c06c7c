import { exemptionFor } from '../../engine/baseline/exemption.ts';
import { unknown, type Verdict } from '../../model/control.ts';
import { Unresolved } from '../../model/unresolved.ts';
import type { Located } from '../../templates/check/located.ts';
import { outcomeOf } from '../../templates/check/outcome.ts';
import { suppressionsOf } from '../../templates/check/suppressions.ts';
import { explored } from '../../templates/check/worlds.ts';
import type { Path } from '../../templates/document/document.ts';
import { Stack } from '../../templates/stack.ts';
import type { Declaration, Template, Written } from '../../templates/template.ts';
import type { ManifestOptions } from '../check/options.ts';
import { placeOf } from '../check/places.ts';
import { verdictOf } from '../check/verdicts.ts';
import type { ManifestControl } from '../model/manifest-control.ts';
import type { Models } from '../model/subject.ts';
import { containerOf, workloadOf } from './task.ts';

const type = 'AWS::ECS::TaskDefinition';
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

const notMade: Told = { status: 'NOT_APPLICABLE', reason: 'its condition does not hold' };
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

/** What the template says is right as it is, or the baseline. */
const exemptionOf = (
  { declared, name }: Evaluated,
  control: string,
  template: Template,
  { settings, at }: ManifestOptions,
): Pick<Located, 'exemption' | 'isInSource'> => {
  const resource = `template:${template.document.file}#${declared.logicalId}`;
  const own = suppressionsOf(template, declared).all.find((one) => one.control === control);
  if (
    own &&
    (own.expires === undefined || at <= new Date(`${own.expires.slice(0, 10)}T23:59:59Z`))
  ) {
    const { owner, reason, expires = '9999-12-31T23:59:59.999Z' } = own;
    return { exemption: { control, resource, owner, reason, expires }, isInSource: true };
  }
  const found = exemptionFor(settings, { controlId: control, arn: resource, id: name }, at);
  return found ? { exemption: found } : {};
};

/** Where it shows: of a plan at its source. */
const writtenAt = (
  { document, writtenAt: told }: Template,
  declared: Declaration,
  at: Path | undefined,
): Written => {
  if (told) return told(declared, at?.slice(declared.path.length + 1) ?? []);
  const { file, text } = document;
  return { file, text, range: at ? placeOf(document, at) : document.rangeOf(declared.path) };
};

const constructOf = ({ metadata }: Declaration): string | undefined => {
  const path = metadata['aws:cdk:path'];
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : undefined;
};

const locatedFor = async (
  one: Evaluated,
  control: ManifestControl,
  template: Template,
  options: ManifestOptions,
  isExplicit: boolean,
): Promise<readonly Located[]> => {
  const parameters = options.settings.controls[control.id];
  if (!parameters) return [];
  const all = await explored(async (world) =>
    verdictIn(one, control, parameters, new Stack(template, world)),
  );
  const runs = all.runs.filter(({ result }) => result !== notMade);
  const outcome = outcomeOf({}, { ...all, runs }, isExplicit);
  if (!outcome) return [];
  const { verdict: told, world, ...rests } = outcome;
  const { at, ...verdict }: Told = told;
  const written = writtenAt(template, one.declared, at);
  return [
    {
      ...rests,
      control,
      verdict,
      file: written.file,
      source: written.text,
      range: written.range,
      ...(verdict.status === 'FAIL' && control.id === 'PL.CONTAINER.14'
        ? { isHidden: true as const }
        : {}),
      name: one.name,
      id: one.name,
      resourceType: type,
      region: template.deployment.region,
      construct: constructOf(one.declared),
      priority: { level: 'standard', why: 'neither exposed nor labelled as sensitive' },
      ...(verdict.status === 'FAIL' ? exemptionOf(one, control.id, template, options) : {}),
    },
  ];
};

/** Its containers, as many as there can be. */
const containersOf = async (template: Template, declared: Declaration) => {
  const { runs } = await explored(async (world) => {
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
  isExplicit: boolean,
): Promise<readonly Located[]> => {
  const { wanted = () => true } = options;
  const located: Located[] = [];
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
          located.push(...(await locatedFor(one, control, template, options, isExplicit)));
  }
  return located;
};
