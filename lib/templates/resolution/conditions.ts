import { asRecord, list, said } from '../../support/untyped.ts';
import type { Template } from '../template.ts';
import { Holed } from './hole.ts';
import { comparedPlace, comparedValue, orAnother, textOfTree } from './parameters.ts';
import { head, type Scope } from './scope.ts';
import { another, referredTo } from './told-apart.ts';
import type { Findings } from './world.ts';

/** What one side of a comparison is; a parameter that is open is each of the values that it is compared with. */
const sideOf = (tree: unknown, scope: Scope): unknown => {
  const name = referredTo(tree);
  const { template, world } = scope;
  if (name !== undefined && Object.hasOwn(template.parameters, name))
    return comparedValue(template, name, world);
  const value = head(tree, scope);
  return name !== undefined && !template.declarations.has(name)
    ? comparedPlace(template, name, value, world)
    : value;
};
/** A name that is compared with a text: each of the texts that it is compared with is a value of its own. */
const isNameAndText = (trees: readonly unknown[]): boolean =>
  trees.some((one) => typeof one !== 'object') &&
  trees.some((one) => referredTo(one) !== undefined);

/** Of what cannot be said both are looked at. */
const either = (scope: Scope, id: string, why: string): boolean =>
  scope.world.choose({
    id: `condition ${id}`,
    kind: 'open',
    values: [true, false],
    say: () => why,
  }) === true;

const areEqual = (argument: unknown, scope: Scope): boolean => {
  const areNow = areEqualNow(argument, scope);
  if (typeof argument !== 'object' || argument === null || isNameAndText(list(argument)))
    return areNow;
  const what = { id: () => `condition ${textOfTree(argument)}`, tree: argument };
  return orAnother(areNow, () => [!areNow], what, scope);
};
const areEqualNow = (argument: unknown, scope: Scope): boolean => {
  const trees = list(argument);
  const [left, right] = trees.map((one) => sideOf(one, scope));
  const holed = [left, right].find((one) => one instanceof Holed);
  if (holed instanceof Holed) {
    if (left instanceof Holed && right instanceof Holed && left.marked === right.marked)
      return true;
    return either(scope, textOfTree(Object(argument)), holed.unresolved.message);
  }
  if (left === another || right === another) {
    const names = trees.map(referredTo);
    if (left === right && names[0] === names[1]) return true;
    // It is none of the literals, and may well be what another reference gives.
    if (trees.every((one) => typeof one === 'object'))
      return either(scope, textOfTree(Object(argument)), whyOpen(names, scope));
    return false;
  }
  return textOf(left) === textOf(right);
};
const whyOpen = (names: readonly unknown[], { world }: Scope): string =>
  names
    .flatMap((name) => world.asked.get(`parameter ${name}`) ?? [])
    .find(({ kind }) => kind === 'open')
    ?.say(another) ?? '';
// CloudFormation compares texts: true is "true".
const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : said(value);

/** A condition of a template, and what was found out about it. */
interface Named {
  readonly found: Findings<boolean>;
  /** It is being found out: who asks now is asked by it. */
  isAsked: boolean;
}
const known = new WeakMap<Template, Map<string, Named>>();
const namedOf = (template: Template, name: string): Named => {
  const all = known.get(template) ?? new Map<string, Named>();
  known.set(template, all);
  const named = all.get(name) ?? { found: [], isAsked: false };
  all.set(name, named);
  return named;
};
/** Once for all that name it: conditions that name others twice would take twice the time for each. */
const isNamedTrue = (name: string, tree: unknown, scope: Scope): boolean => {
  const named = namedOf(scope.template, name);
  if (named.isAsked) return either(scope, 'a circle', 'a condition that leads back to itself');
  named.isAsked = true;
  try {
    return scope.world.once(named.found, () => isTrue(tree, { ...scope, depth: 0 }));
  } finally {
    named.isAsked = false;
  }
};

/** Whether a condition holds, in the world of the scope. */
export const isTrue = (tree: unknown, scope: Scope): boolean => {
  const inner = { ...scope, depth: scope.depth + 1 };
  scope.world.count();
  if (scope.depth > 40) return either(scope, 'too deep', 'a condition that is nested too deeply');
  const [[name, argument] = ['', undefined]] = Object.entries(asRecord(tree));
  const all = (): readonly boolean[] => list(argument).map((one) => isTrue(one, inner));
  // Anything else than a list CloudFormation refuses.
  switch (name === 'Condition' || Array.isArray(argument) ? name : '') {
    case 'Condition': {
      const { conditions } = scope.template;
      const key = said(argument);
      return Object.hasOwn(conditions, key)
        ? isNamedTrue(key, conditions[key], scope)
        : either(scope, key, `the condition ${key}, which is nowhere in the template`);
    }
    case 'Fn::Equals':
      return areEqual(argument, inner);
    case 'Fn::Not':
      return !(all()[0] ?? false);
    case 'Fn::And':
      return all().every(Boolean);
    case 'Fn::Or':
      return all().some(Boolean);
    default:
      return either(
        scope,
        typeof tree === 'object' && tree !== null ? textOfTree(tree) : JSON.stringify(tree ?? ''),
        'a condition that only the deployment can resolve',
      );
  }
};
