import { isIntrinsic } from '../../support/intrinsics.ts';
import { list } from '../../support/untyped.ts';
import type { Path } from '../document/document.ts';
import { Holed, open } from '../resolution/hole.ts';
import type { Planned } from './plan.ts';

/** Says what values that only applying tells are. */
export interface Opener {
  /** What it refers to; `undefined` where nothing is written for it. */
  open(view: View): unknown;
  /** All of a list of which a part is not known, by how it is written; `undefined` where that does not show. */
  whole(view: View): unknown;
}

const deepest = 40;
const inner = (tree: unknown, step: string | number): unknown =>
  typeof tree === 'object' && tree !== null && Object.hasOwn(tree, step)
    ? Reflect.get(tree, step)
    : undefined;

/** An expression of the configuration: a constant, or what it refers to. */
export const isExpression = (tree: unknown): tree is Readonly<Record<string, unknown>> =>
  typeof tree === 'object' &&
  tree !== null &&
  (Array.isArray(inner(tree, 'references')) || Object.hasOwn(tree, 'constant_value'));

/** Everything that is referred to in an expression and in the blocks below it. */
export const referencesIn = (tree: unknown, depth = 0): readonly string[] => {
  if (typeof tree !== 'object' || tree === null || depth > deepest) return [];
  if (isExpression(tree))
    return list(tree['references']).filter((one): one is string => typeof one === 'string');
  return Object.values(tree).flatMap((one) => referencesIn(one, depth + 1));
};

/** Blocks that stand in the plan in the order in which they are written; the order of others is the provider's. */
const inOrder = new Set(['statement', 'rule']);

const expressionIn = (view: View, step: string | number): unknown => {
  const { expression, after, path } = view;
  const isAligned = (all: readonly unknown[]): boolean =>
    all.length === list(after).length && (all.length === 1 || inOrder.has(String(path.at(-1))));
  if (expression === undefined) return undefined;
  if (isExpression(expression)) {
    if (!Object.hasOwn(expression, 'constant_value')) return expression;
    const constant = expression['constant_value'];
    if (Array.isArray(constant) && typeof step === 'number' && !isAligned(constant))
      return { references: [] };
    const value = inner(constant, step);
    return value === undefined ? undefined : { constant_value: value };
  }
  if (typeof step === 'string' || !Array.isArray(expression)) return inner(expression, step);
  return isAligned(expression) || after === undefined
    ? expression[step]
    : { references: referencesIn(expression) };
};

/** `rule.0.status` as steps. */
export const attributePath = (attribute: string): Path =>
  attribute.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** A part of what a plan says of a resource. */
export class View {
  readonly resource: Planned;
  readonly opener: Opener;
  /** Steps from the resource: names of attributes and blocks, indexes. */
  readonly path: Path;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly sensitive: unknown;
  readonly expression: unknown;
  /** It is in a block that stands in the plan, and nobody wrote as such: a `dynamic` one made it. */
  readonly isRepeated: boolean;

  constructor(
    resource: Planned,
    opener: Opener,
    at: Partial<
      Pick<View, 'path' | 'after' | 'unknown' | 'sensitive' | 'expression' | 'isRepeated'>
    > = {
      after: resource.after,
      unknown: resource.unknown,
      sensitive: resource.sensitive,
      expression: resource.expressions,
    },
  ) {
    this.resource = resource;
    this.opener = opener;
    this.path = at.path ?? [];
    this.after = at.after;
    this.unknown = at.unknown;
    this.sensitive = at.sensitive;
    this.expression = at.expression;
    this.isRepeated = at.isRepeated ?? false;
  }
  /** `rule.0.status` */
  get(path: string): View {
    return attributePath(path).reduce<View>((view, step) => view.step(step), this);
  }
  step(step: string | number): View {
    return new View(this.resource, this.opener, {
      path: [...this.path, step],
      after: inner(this.after, step),
      unknown: this.unknown === true ? true : inner(this.unknown, step),
      sensitive: this.sensitive === true ? true : inner(this.sensitive, step),
      expression: expressionIn(this, step),
      isRepeated:
        this.isRepeated ||
        (typeof step === 'number' && this.unknown !== true && this.expression === undefined),
    });
  }
  /** The value with all that is in it; `undefined` where nothing is set. */
  tree(depth = 0): unknown {
    if (this.unknown === true) return this.opener.open(this);
    const { after } = this;
    if (this.sensitive === true && after !== null && after !== undefined) return this.secret;
    if (after === null || after === undefined) return undefined;
    if (typeof after === 'string' && this.#holdsSecret(after)) return this.secret;
    if (typeof after !== 'object') return after;
    if (depth > deepest) return this.hole('is nested too deeply');
    if (Array.isArray(after)) {
      const whole = list(this.unknown).includes(true) ? this.opener.whole(this) : undefined;
      if (whole !== undefined) return whole;
      const { length } = this;
      return Array.from({ length }, (_, index) => this.step(index).tree(depth + 1));
    }
    const names = new Set([...Object.keys(after), ...Object.keys(Object(this.unknown))]);
    const entries = [...names].map((name) => [name, this.step(name).tree(depth + 1)] as const);
    // What Terraform writes is a value, whatever CloudFormation would take it for.
    if (names.size === 1 && [...names].every(isIntrinsic))
      return this.hole('is a function of CloudFormation, which Terraform does not know');
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  #holdsSecret(text: string): boolean {
    return this.resource.secrets.some((secret) => text.includes(secret));
  }
  get length(): number {
    return Math.max(list(this.after).length, list(this.unknown).length);
  }
  /** The blocks or items that stand there; a hole where only applying tells which there are. */
  items(): readonly View[] | Holed {
    if (this.unknown === true) {
      const tree = this.opener.open(this);
      if (tree instanceof Holed && tree.mayBeUnset) return tree;
      return tree === undefined ? [] : this.hole('is known after it is applied');
    }
    if (this.sensitive === true && list(this.after).length > 0) return this.secret;
    return Array.from({ length: this.length }, (_, index) => this.step(index));
  }
  get isSet(): boolean {
    return this.tree() !== undefined;
  }
  get name(): string {
    return `${this.resource.address}.${this.path.join('.')}`;
  }
  /** What can be anything, told apart by where it stands. */
  hole(why: string): Holed {
    return open(this.name, `${this.name}, which ${why}`, true);
  }
  get secret(): Holed {
    return this.hole('is secret');
  }
}
