import { said } from '../../../support/untyped.ts';
import { Holed } from '../../resolution/hole.ts';
import { standingOf } from '../references.ts';
import type { View } from '../view.ts';
import { Evaluator, nothing, type Surroundings } from './evaluate.ts';
import { type Expression, expressionIn, isPlannedAs } from './expression.ts';
import type { Attribute, Block } from './hcl.ts';
import type { Placed } from './sources.ts';

/** Blocks that stand in a plan in the order in which they are written. */
const inOrder = new Set(['statement', 'rule']);

interface Found {
  readonly attribute: Attribute;
  /** Steps within its value. */
  readonly rest: View['path'];
}
/** The attribute that a path leads to, where it is sure which one that is. */
const attributeAt = (block: Block, path: View['path']): Found | undefined => {
  let at = block;
  for (let depth = 0; depth < path.length; ) {
    const step = path[depth];
    const attribute = at.attributes.find(({ name }) => name === step);
    if (attribute) return { attribute, rest: path.slice(depth + 1) };
    const same = at.blocks.filter(({ type }) => type === step);
    const isRepeated = at.blocks.some(
      ({ type, labels }) => type === 'dynamic' && labels[0] === step,
    );
    const index = path[depth + 1];
    const isSure = same.length === 1 || inOrder.has(String(step));
    const next = typeof index === 'number' ? same[index] : same[0];
    if (!next || isRepeated || !isSure) return undefined;
    at = next;
    depth += typeof index === 'number' ? 2 : 1;
  }
  return undefined;
};

/**
 * The texts that decide a value: its own, and the `for_each` of the `dynamic` blocks around it; `undefined` where its place is not
 * sure.
 */
export const textsAt = (
  { source, block }: Placed,
  [step, index, ...rest]: View['path'],
): readonly string[] | undefined => {
  if (step === undefined) return [];
  const attribute = block.attributes.find(({ name }) => name === step);
  if (attribute) return [textOf(source, attribute)];
  const within =
    typeof index === 'number' ? rest : [...(index === undefined ? [] : [index]), ...rest];
  const all = blocksFor(block, said(step));
  const [only, ...more] = all;
  if (!only) return undefined;
  const repeated = all.flatMap(({ attributes, type }) =>
    type === 'dynamic' ? attributes.filter(({ name }) => name === 'for_each') : [],
  );
  const isMade = repeated.length === all.length;
  const each = repeated.map((one) => textOf(source, one));
  if (isMade && within.length === 0) return each;
  const inner = isMade ? only.blocks.find(({ type }) => type === 'content') : only;
  if (more.length > 0 || !inner) return undefined;
  const texts = textsAt({ source, block: inner }, within);
  return texts && [...each, ...texts];
};
const textOf = ({ text }: Placed['source'], { value }: Attribute): string =>
  text.slice(value.from, value.to);
/** The blocks of a type, and the `dynamic` ones that make such. */
const blocksFor = ({ blocks }: Block, name: string): readonly Block[] =>
  blocks.filter(({ type, labels }) => type === name || (type === 'dynamic' && labels[0] === name));

/** What a source says of a value that a plan leaves open, where the two are about the same. */
export const createWritten = (around: Surroundings) => {
  const whole = new Evaluator(around);
  const partly = new Evaluator(around, true);
  const expressionOf = (view: View): Written | undefined => {
    const placed = around.sources.only(view.resource);
    const found = placed && attributeAt(placed.block, view.path);
    if (!placed || !found) return undefined;
    const { from, to } = found.attribute.value;
    const expression = expressionIn(placed.source.text.slice(from, to));
    if (!expression) return undefined;
    return isPlannedAs(expression, view.expression) ? { expression, rest: found.rest } : undefined;
  };
  return {
    /** How it is written. */
    textOf(view: View): string | undefined {
      const placed = around.sources.only(view.resource);
      const found = placed && attributeAt(placed.block, view.path);
      return placed && found && textOf(placed.source, found.attribute);
    },
    /** `undefined` where it says nothing, or not what was planned. */
    valueOf(view: View): unknown {
      const written = expressionOf(view);
      return written && valueIn(whole, written, view);
    },
    /** The same of a text or an object of several parts, of which some are open. */
    partsOf(view: View): unknown {
      const written = expressionOf(view);
      return written && isOfParts(written.expression) ? valueIn(partly, written, view) : undefined;
    },
  };
};

interface Written {
  readonly expression: Expression;
  /** Steps within its value. */
  readonly rest: View['path'];
}
const valueIn = (evaluator: Evaluator, { expression, rest }: Written, view: View): unknown => {
  const value = evaluator.of(expression, standingOf(view.resource), 0);
  const inner = rest.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? Reflect.get(at, step)
        : nothing,
    value,
  );
  return inner === nothing ? undefined : withoutNulls(inner);
};
/** What is null is not set. */
const withoutNulls = (tree: unknown): unknown => {
  if (tree === null) return undefined;
  if (typeof tree !== 'object' || tree instanceof Holed) return tree;
  if (Array.isArray(tree)) return tree.map(withoutNulls);
  const entries = Object.entries(tree).map(([key, one]) => [key, withoutNulls(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
};
/** A text that is put together, or what JSON is made of. */
const isOfParts = (expression: Expression): boolean =>
  expression.kind === 'text'
    ? expression.parts.length > 1
    : expression.kind === 'call' && expression.name === 'jsonencode';
