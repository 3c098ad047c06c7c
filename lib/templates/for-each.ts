import { list, said } from '../support/untyped.ts';
import { withOpenRest } from './resolution/hole.ts';

/** What `Fn::ForEach` repeats at most; CloudFormation takes 500 resources. */
const most = 2_000;
/** How the key of a loop begins. */
export const loopPrefix = 'Fn::ForEach::';

/** What the loops of one template may still make: each of those within one another multiplies what the others make. */
export interface Room {
  left: number;
}
/** CloudFormation takes 1 MB of what is written out. */
export const roomForLoops = (): Room => ({ left: 1_000_000 });
/** The loops of a template make more than there is room for. */
export class LoopsTooLarge extends Error {
  override readonly name = 'LoopsTooLarge';
}

/** A body with the variable in place; `${A}` and, for names of letters and digits alone, `&{A}`. */
const filled = (tree: unknown, name: string, value: string, room: Room): unknown => {
  room.left -= 1;
  if (room.left < 0) throw new LoopsTooLarge();
  if (typeof tree === 'string')
    return tree
      .replaceAll(`\${${name}}`, () => value)
      .replaceAll(`&{${name}}`, value.replace(/\W/g, ''));
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((one) => filled(one, name, value, room));
  const entries = Object.entries(tree);
  const [[key, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && key === 'Ref' && argument === name) return value;
  return Object.fromEntries(
    entries.map(([inner, one]) => [
      said(filled(inner, name, value, room)),
      filled(one, name, value, room),
    ]),
  );
};

/** How the loops of a template are written out. */
export interface Loops {
  /** What a collection holds; `undefined` where only the deployment knows it. */
  readonly itemsOf: (collection: unknown) => readonly string[] | undefined;
  readonly room: Room;
}

/** What a mapping holds once its loops are written out; a loop over what is not known is left, and told. */
export const withoutLoops = (
  entries: readonly (readonly [string, unknown])[],
  loops: Loops,
  tell: (name: string) => void,
  depth = 0,
): readonly (readonly [name: string, value: unknown, written: string])[] =>
  entries.flatMap(([name, value]) => {
    if (!name.startsWith(loopPrefix)) return [[name, value, name] as const];
    const [variable, collection, body] = list(value);
    const items = typeof variable === 'string' && depth < 5 ? loops.itemsOf(collection) : undefined;
    if (!items || items.length > most) {
      tell(name);
      return [];
    }
    const repeated = items.flatMap((item) =>
      Object.entries(Object(filled(body, said(variable), item, loops.room))),
    );
    return withoutLoops(repeated, loops, tell, depth + 1).map(
      ([inner, one]) => [inner, one, name] as const,
    );
  });

/** A tree whose maps have their loops written out; of one over what is not known more is set than is written. */
export const withoutInnerLoops = (tree: unknown, loops: Loops): unknown => {
  if (typeof tree !== 'object' || tree === null) return tree;
  const inner = (one: unknown) => withoutInnerLoops(one, loops);
  if (Array.isArray(tree)) return tree.map(inner);
  const entries = Object.entries(tree);
  const left: string[] = [];
  const made = withoutLoops(entries, loops, (name) => left.push(name));
  const all = Object.fromEntries(made.map(([name, value]) => [name, inner(value)]));
  return left.length === 0
    ? all
    : withOpenRest(all, left.join(), `${left[0]}, which goes over what only the deployment knows`);
};
