import type { Path } from '../document/document.ts';
import { Holed } from '../resolution/hole.ts';
import { type Building, type Declares, Made, type Properties, type Spec, tags } from './mapping.ts';
import type { Planned } from './plan.ts';
import type { View } from './view.ts';

/** Where a property comes from. */
export interface Source {
  readonly resource: Planned;
  /** Steps to the attribute. */
  readonly path: Path;
}
/** Sources by the path of the property, its steps joined by a line feed. */
export type Sources = ReadonlyMap<string, Source>;
export const keyOf = (path: Path): string => path.join('\n');

/** What a resource of Terraform declares, in CloudFormation's shape. */
export interface Shaped {
  readonly resource: Planned;
  readonly declares: Declares;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly sources: Sources;
}

const builder = (sources: Map<string, Source>) => {
  const build = (spec: Spec, view: View, path: Path): unknown => {
    if (typeof spec === 'string') {
      const found = view.get(spec);
      sources.set(keyOf(path), { resource: view.resource, path: found.path });
      const tree: unknown = found.tree();
      // The provider cannot tell an empty text from one that is not set: https://github.com/hashicorp/terraform-plugin-sdk/issues/741
      return tree === '' ? undefined : tree;
    }
    if (spec instanceof Made) {
      const building: Building = {
        view,
        build: (inner, at, ...steps) => build(inner, at, [...path, ...steps]),
        from: (at) => sources.set(keyOf(path), { resource: at.resource, path: at.path }),
      };
      return spec.make(building);
    }
    return object(spec, view, path);
  };
  /** `undefined` where nothing in it is set. */
  const object = (spec: Properties, view: View, path: Path): object | undefined => {
    const entries = Object.entries(spec)
      .map(([name, inner]) => [name, build(inner, view, [...path, name])] as const)
      .filter(([, value]) => value !== undefined);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  return object;
};

/** Stands for blocks of which only applying tells which there are: each of their properties is open. */
const openOf = (declares: Declares, view: View, hole: Holed): Shaped => {
  const specs = typeof declares.properties === 'function' ? {} : declares.properties;
  const sources = new Map<string, Source>();
  const build = builder(sources);
  const properties = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const isFixed = spec instanceof Made && spec.isFixed;
      sources.set(name, { resource: view.resource, path: [declares.each ?? ''] });
      return [name, isFixed ? Reflect.get(Object(build({ [name]: spec }, view, [])), name) : hole];
    }),
  );
  return { resource: view.resource, declares, properties, sources };
};

/** The resources, or parts of such, that one declaration of a mapping makes of a resource. */
export const shaped = (declares: Declares, view: View): readonly Shaped[] => {
  const { when, each, of, hasOwnTags } = declares;
  if (when !== undefined && (view.get(when).tree() ?? '') === '') return [];
  const items = each === undefined ? [view] : view.get(each).items();
  if (items instanceof Holed) return [openOf(declares, view, items)];
  // Whatever has tags has them by the same attributes.
  const own = (each ?? of ?? hasOwnTags) === undefined ? { Tags: tags } : {};
  const specs = (at: View): readonly Properties[] =>
    [declares.properties]
      .flatMap((made) => (typeof made === 'function' ? made(at) : made))
      .map((made) => ({ ...made, ...own }));
  return items.flatMap((item) =>
    specs(item).map((spec) => {
      const sources = new Map<string, Source>();
      const properties = builder(sources)(spec, item, []) ?? {};
      return { resource: view.resource, declares, properties: { ...properties }, sources };
    }),
  );
};
