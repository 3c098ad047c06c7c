import { said } from '../../support/untyped.ts';
import type { Path } from '../document/document.ts';
import { Holed } from '../resolution/hole.ts';
import { attributePath, type View } from './view.ts';

/** What makes a property of a view; pieces it makes by specs of their own go through `build`. */
export interface Building {
  readonly view: View;
  /** Builds by a spec within the property, such as an item of it. */
  build(spec: Spec, view: View, ...steps: readonly (string | number)[]): unknown;
  /** Says where the property comes from. */
  from(view: View): void;
}
/** What a part of a property is to be; nothing, where it is to be taken away. */
export interface Wanted {
  readonly path: Path;
  readonly value: unknown;
}
/** The attributes by which somebody sets what is wanted; `undefined` where no attribute says it. */
export type Inverse = (
  wanted: Wanted,
  view: View,
  inner: (spec: Spec, wanted: Wanted, view: View) => readonly Wanted[] | undefined,
) => readonly Wanted[] | undefined;

export class Made {
  readonly make: (building: Building) => unknown;
  /** The attribute that it is made of. */
  readonly attribute: string | undefined;
  /** It depends on nothing that is written. */
  readonly isFixed: boolean;
  readonly inverse: Inverse | undefined;
  constructor(
    make: (building: Building) => unknown,
    attribute?: string,
    { isFixed = false, inverse }: { isFixed?: boolean; inverse?: Inverse } = {},
  ) {
    this.make = make;
    this.attribute = attribute;
    this.isFixed = isFixed;
    this.inverse = inverse;
  }
}
/** The attribute has the value as it is. */
export const same =
  (attribute: string): Inverse =>
  ({ path, value }) => [{ path: [...attributePath(attribute), ...path], value }];
/** Each is an item of these blocks. */
const below =
  (blocks: string, spec: Spec): Inverse =>
  ({ path: [index, ...path], value }, view, inner) =>
    typeof index !== 'number'
      ? undefined
      : inner(spec, { path, value }, view.get(blocks).step(index))?.map((one) => ({
          ...one,
          path: [...attributePath(blocks), index, ...one.path],
        }));
/** A property: the attribute of which it has the value, what makes it, or the properties below it. */
export type Spec = string | Made | { readonly [property: string]: Spec };
export type Properties = { readonly [property: string]: Spec };

/** One resource of CloudFormation, or a part of one, that a resource of Terraform declares. */
export interface Declares {
  /** CloudFormation's type. */
  readonly as: string;
  readonly properties: Properties | ((view: View) => readonly Properties[]);
  /** Its tags are among its properties: it has them as CloudFormation does. */
  readonly hasOwnTags?: true;
  /** Only where this attribute is set. */
  readonly when?: string;
  /** One for each of these blocks; the properties are those of a block. */
  readonly each?: string;
  /** Its properties are set on another resource, which this attribute names. */
  readonly of?: {
    readonly by: string;
    /** The property by which that one is named where the plan does not make it. */
    readonly name: string;
    /** A part is all of what a facet shows: it can pass, and not only fail. */
    readonly isWhole?: true;
  };
}
/** How a type of Terraform's provider is declared in CloudFormation's shape. */
export interface Mapping {
  readonly declares: readonly Declares[];
  /** Attributes that give what `Ref` gives. @default id, name */
  readonly names?: readonly string[];
  /** Attributes that give its ARN. @default arn */
  readonly arns?: readonly string[];
  /** The attribute with the id that AWS gave, where `Ref` gives no name. */
  readonly id?: string;
}
export type Mappings = Readonly<Record<string, Mapping>>;

export const declares = (
  as: string,
  properties: Declares['properties'],
  more: Omit<Mapping, 'declares'> & Partial<Declares> = {},
): Mapping => {
  const { names, id, ...own } = more;
  return {
    declares: [{ ...own, as, properties }],
    ...(names ? { names } : {}),
    ...(id === undefined ? {} : { id }),
  };
};

/** What the resource itself is referred to by, within what it declares beside itself. */
export const self = new Made(({ view }) => ({ Ref: view.resource.address }), undefined, {
  isFixed: true,
  inverse: () => [],
});

/** The same wherever it is declared. */
export const constant = (value: unknown): Made =>
  new Made(() => value, undefined, {
    isFixed: true,
    inverse: (wanted) => (wanted.value === value ? [] : undefined),
  });

/** The first of several attributes that is set. */
export const first = (...attributes: readonly string[]): Made =>
  new Made(
    (building) => {
      for (const attribute of attributes) {
        const view = building.view.get(attribute);
        const tree = view.tree();
        if (tree !== undefined && tree !== '' && !(Array.isArray(tree) && tree.length === 0)) {
          building.from(view);
          return tree;
        }
      }
      return undefined;
    },
    attributes[0],
    { inverse: same(attributes[0] ?? '') },
  );

/** An empty text is nothing: so the provider writes what is not set. */
export const unlessEmpty = (attribute: string): Made => first(attribute);

/** A text in CloudFormation's words; one that is not among them can be anything. */
export const word = (attribute: string, words: Readonly<Record<string, unknown>>): Made =>
  new Made(
    (building) => {
      const view = building.view.get(attribute);
      const tree = view.tree();
      building.from(view);
      if (tree === undefined || tree instanceof Holed || typeof tree === 'object') return tree;
      return Object.hasOwn(words, said(tree))
        ? words[said(tree)]
        : view.hole('has a value that is not known here');
    },
    attribute,
    { inverse: ofWord(attribute, words) },
  );
const switches: Readonly<Record<string, boolean>> = { true: true, false: false };
const ofWord =
  (attribute: string, words: Readonly<Record<string, unknown>>): Inverse =>
  ({ path, value }) => {
    const [found] = Object.entries(words).find(([, one]) => one === value) ?? [];
    if (path.length > 0 || found === undefined) return undefined;
    return [{ path: attributePath(attribute), value: switches[found] ?? found }];
  };

const filled = (attribute: string, otherwise: (all: View) => unknown): Made =>
  new Made(
    (building) => {
      const view = building.view.get(attribute);
      building.from(view);
      return view.tree() ?? otherwise(building.view);
    },
    attribute,
    { inverse: same(attribute) },
  );
/** What the provider sets where nothing is written, and AWS would not. */
export const orElse = (attribute: string, value: unknown): Made => filled(attribute, () => value);

/** The same of an attribute of the first of some blocks, where there is one. */
export const withIts = (blocks: string, attribute: string, value: unknown): Made => {
  const first = `${blocks}.0`;
  return filled(`${first}.${attribute}`, (all) =>
    all.get(first).tree() === undefined ? undefined : value,
  );
};

/** A list of what each block is. */
export const each = (blocks: string, spec: Spec): Made =>
  new Made(
    ({ view, build, from }) => {
      const items = view.get(blocks).items();
      if (items instanceof Holed) {
        from(view.get(blocks));
        return items;
      }
      return items.length === 0 ? undefined : items.map((item, index) => build(spec, item, index));
    },
    blocks,
    { inverse: below(blocks, spec) },
  );

/** A list of what the resource itself is: one item, beside those that others add. */
export const item = (spec: Spec, attribute: string): Made =>
  new Made(({ view, build }) => [build(spec, view, 0)], attribute);

/** A block that is there, whether or not anything in it is set. */
export const block = (blocks: string, properties: Properties): Made =>
  new Made(
    ({ view, build, from }) => {
      const items = view.get(blocks).items();
      const [only] = items instanceof Holed ? [] : items;
      from(view.get(blocks));
      if (items instanceof Holed) return items;
      return only && (build(properties, only) ?? {});
    },
    blocks,
    {
      inverse: ({ path, value }, view, inner) =>
        below(blocks, properties)({ path: [0, ...path], value }, view, inner),
    },
  );

/** Properties of which the resource sets all, the unset ones too. */
export const always = (properties: Properties): Made =>
  new Made(({ view, build }) => build(properties, view) ?? {}, undefined, {
    inverse: (wanted, view, inner) => inner(properties, wanted, view),
  });

/** Of a list one item for what it is of. */
export const only = (attribute: string): Made =>
  new Made(
    (building) => {
      const view = building.view.get(attribute);
      building.from(view);
      const tree = view.tree();
      return tree === undefined ? undefined : Array.isArray(tree) ? tree : [tree];
    },
    attribute,
    {
      inverse: ({ path, value }) =>
        path.length === 0 && Array.isArray(value) && value.length === 1
          ? [{ path: attributePath(attribute), value: value[0] }]
          : undefined,
    },
  );

/** Tags as CloudFormation lists them; with one that is open where the plan does not know all. */
export const tags = new Made(({ view, from }) => {
  const [all, own] = [view.get('tags_all'), view.get('tags')];
  const isAllKnown = all.unknown !== true;
  const set = [...(isAllKnown ? [all] : []), own].find(
    ({ unknown, isSet }) => unknown !== true && isSet,
  );
  const tree = set?.tree();
  const isObject = typeof tree === 'object' && !(tree instanceof Holed);
  if (set) from(set);
  const hole = own.hole('has more than is known');
  const listed = [
    ...(isObject ? Object.entries(Object(tree)).map(([Key, Value]) => ({ Key, Value })) : []),
    ...(isAllKnown && (isObject || !set) && own.unknown !== true
      ? []
      : [{ Key: hole, Value: hole }]),
  ];
  return listed.length > 0 ? listed : undefined;
}, 'tags');
