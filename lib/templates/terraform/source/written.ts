import { longest, standingOf, stepsOf } from '../references.ts';
import { referencesIn, type View } from '../view.ts';
import { Evaluator, nothing, type Surroundings } from './evaluate.ts';
import { expressionIn, headsIn } from './expression.ts';
import type { Attribute, Block } from './hcl.ts';

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

const headOf = (reference: string): string => {
  const names = stepsOf(reference).flatMap((step) => ('name' in step ? [step.name] : []));
  return names.slice(0, names[0] === 'data' ? 3 : 2).join('.');
};
const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));

/** What a source says of a value that a plan leaves open, where the two are about the same. */
export const createWritten = (around: Surroundings) => {
  const evaluator = new Evaluator(around);
  return {
    /** `undefined` where it says nothing, or not what was planned. */
    valueOf(view: View): unknown {
      const placed = around.sources.resource(view.resource);
      const found = placed && attributeAt(placed.block, view.path);
      if (!placed || !found) return undefined;
      const { from, to } = found.attribute.value;
      const text = placed.source.text.slice(from, to);
      const expression = text.length > 200_000 ? undefined : expressionIn(text);
      if (!expression) return undefined;
      const planned = new Set(longest(referencesIn(view.expression)).map(headOf));
      // A source that was changed since is about another plan.
      if (!isSame(planned, new Set(headsIn(expression)))) return undefined;
      const value = evaluator.of(expression, standingOf(view.resource), 0);
      const inner = found.rest.reduce<unknown>(
        (at, step) =>
          typeof at === 'object' && at !== null && Object.hasOwn(at, step)
            ? Reflect.get(at, step)
            : nothing,
        value,
      );
      return inner === nothing || inner === null ? undefined : inner;
    },
  };
};
