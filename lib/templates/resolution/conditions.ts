import { list, record, said } from '../../support/untyped.ts';
import { Holed } from './hole.ts';
import { another, comparedValue } from './parameters.ts';
import { head, type Scope } from './scope.ts';

/** What one side of a comparison is; a parameter that is open is each of the values that it is compared with. */
const sideOf = (tree: unknown, scope: Scope): unknown => {
  const name = record(tree)['Ref'];
  if (typeof name === 'string' && Object.hasOwn(scope.template.parameters, name))
    return comparedValue(scope.template, name, scope.world);
  return head(tree, scope);
};

/** Of what cannot be said both are looked at. */
const either = (scope: Scope, id: string, why: string): boolean =>
  scope.world.choose({
    id: `condition ${id}`,
    kind: 'open',
    values: [true, false],
    say: () => why,
  }) === true;

const areEqual = (argument: unknown, scope: Scope): boolean => {
  const trees = list(argument);
  const [left, right] = trees.map((one) => sideOf(one, scope));
  const holed = [left, right].find((one) => one instanceof Holed);
  if (holed instanceof Holed) {
    if (left instanceof Holed && right instanceof Holed && left.marked === right.marked)
      return true;
    return either(scope, JSON.stringify(argument).slice(0, 300), holed.unresolved.message);
  }
  if (left === another || right === another) {
    const names = trees.map((one) => record(one)['Ref']);
    if (left === right && names[0] === names[1]) return true;
    // It is none of the literals, and may well be what another reference gives.
    if (trees.every((one) => typeof one === 'object'))
      return either(scope, JSON.stringify(argument).slice(0, 300), whyOpen(names, scope));
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

/** Whether a condition holds, in the world of the scope. */
export const isTrue = (tree: unknown, scope: Scope): boolean => {
  const inner = { ...scope, depth: scope.depth + 1 };
  if (scope.depth > 40) return either(scope, 'a circle', 'a condition that leads back to itself');
  const [[name, argument] = ['', undefined]] = Object.entries(record(tree));
  const all = (): readonly boolean[] => list(argument).map((one) => isTrue(one, inner));
  switch (name) {
    case 'Condition': {
      const { conditions } = scope.template;
      const key = said(argument);
      return Object.hasOwn(conditions, key)
        ? isTrue(conditions[key], inner)
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
        JSON.stringify(tree)?.slice(0, 300) ?? '',
        'a condition that only the deployment can resolve',
      );
  }
};
