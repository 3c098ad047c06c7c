import { byTypeOf } from '../by-type.ts';
import { conditionalItems, isNoValue } from '../conditional-items.ts';
import type { DeclaredType } from '../declared/declared-type.ts';
import { withOpenRest } from '../resolution/hole.ts';
import { scopeOf } from '../resolution/resolve.ts';
import { head } from '../resolution/scope.ts';
import { World } from '../resolution/world.ts';
import { Stack } from '../stack.ts';
import type { Declaration, Template } from '../template.ts';
import { isInEvery } from './worlds.ts';

/** By the type of a part the properties that say what it is of; the first of them, where it has to be of something. */
const naming = (types: readonly DeclaredType[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    types.flatMap(({ parts = {} }) =>
      Object.entries(parts).flatMap(([type, { by, orElse = [], byDefault, isOptional }]) =>
        isOptional || byDefault !== undefined ? [] : [[type, [...by, ...orElse]] as const],
      ),
    ),
  );

/**
 * The template where a part that does not say what it is of is of one that nothing else is of. AWS refuses it, and whoever
 * wrote it wants what it opens.
 */
const withNames = (template: Template, types: readonly DeclaredType[]): Template => {
  const known = naming(types);
  const unnamed = [...template.declarations.values()].flatMap((part) => {
    const [by, ...others] = known.get(part.type) ?? [];
    const properties: object = Object(part.properties);
    const isNamed =
      by === undefined || [by, ...others].some((one) => Object.hasOwn(properties, one));
    if (isNamed) return [];
    return [{ ...part, properties: { ...properties, [by]: `<${part.logicalId}>` } }];
  });
  if (unnamed.length === 0) return template;
  const declarations = new Map(template.declarations);
  for (const one of unnamed) declarations.set(one.logicalId, one);
  return { ...template, declarations, byType: byTypeOf(declarations.values()) };
};

/** What a part names, one by one. */
const eachNamed = (named: unknown, template: Template): readonly unknown[] => {
  const scope = scopeOf(template, new World());
  const written = Array.isArray(named) ? named.filter((one) => !isNoValue(one)) : [named];
  return written.flatMap(conditionalItems).flatMap((one) => {
    const items = head(one, scope);
    if (!Array.isArray(items)) return [one];
    return items.map((_, at) => ({ 'Fn::Select': [String(at), one] }));
  });
};

/** The resources of other stacks that a declaration is a part of: one for each that it names. */
const ownersOf = (
  part: Declaration,
  type: DeclaredType,
  template: Template,
): readonly Declaration[] => {
  const known = type.parts?.[part.type];
  const set = (by: string): unknown => Reflect.get(Object(part.properties), by);
  const named = known?.by.map(set).find((one) => one !== undefined) ?? known?.byDefault;
  if (!known || named === undefined) return [];
  const also = Object.fromEntries((known.also ?? []).map((name) => [name, set(name)]));
  return eachNamed(named, template).map((name, index) => ({
    ...part,
    logicalId: index === 0 ? part.logicalId : `${part.logicalId} (${index + 1})`,
    type: type.as,
    properties: withOpenRest(
      { ...also, [known.name]: name },
      part.logicalId,
      'what another stack sets',
      true,
    ),
    isPart: {
      by: part.logicalId,
      isWhole: known.isWhole === true,
      isOpen: known.isOpen === true,
      // What else is there decides about one that is open.
      ...(known.isOpen ? {} : { alone: Object.keys(type.parts ?? {}) }),
      ...(known.together ? { together: known.together } : {}),
    },
  }));
};

const namesIn = (stack: Stack, type: DeclaredType): ReadonlySet<string> =>
  new Set(
    (stack.template.byType.get(type.as) ?? []).flatMap((one) => {
      const resource = stack.resource(one);
      return [resource.name, resource.physicalId, one.logicalId];
    }),
  );

/** Whether an owner is a resource of the template, whichever way the conditions turn out. */
const isOwn = (template: Template, type: DeclaredType) => {
  const usual = new World();
  const names = namesIn(new Stack(template, usual), type);
  return (owner: Declaration): boolean =>
    isInEvery((world) => {
      const stack = new Stack(template, world);
      const resource = stack.resource(owner);
      const { name, physicalId } = resource;
      const own = usual.asked.size + world.asked.size === 0 ? names : namesIn(stack, type);
      return own.has(name) || own.has(physicalId) || type.isOwn?.(resource, stack) === true;
    }, usual.work);
};

/**
 * The template with the resources that it declares a part of, such as a policy, and that are not in it. One that is named
 * in a way that only a deployment resolves can be any; where it is always one of these, that one has the part already.
 */
export const withOwners = (written: Template, types: readonly DeclaredType[]): Template => {
  const template = withNames(written, types);
  const added = types.flatMap((type) => {
    const owners = Object.keys(type.parts ?? {}).flatMap((part) =>
      (template.byType.get(part) ?? []).flatMap((one) => ownersOf(one, type, template)),
    );
    if (owners.length === 0) return [];
    const isInTemplate = isOwn(template, type);
    return owners.filter((one) => !isInTemplate(one));
  });
  if (added.length === 0) return template;
  const declarations = [...template.declarations.values(), ...added];
  return { ...template, byType: byTypeOf(declarations) };
};
