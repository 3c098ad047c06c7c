import type { Path } from './document.ts';

interface Open {
  readonly keys: Set<string> | undefined;
  /** The key or index of the value that comes next. */
  step: string | number;
  /** Where that key begins. */
  from: number;
}

/** Told of each value: where its key or, in a list, it itself begins. */
export interface Visitor {
  value(stack: readonly Open[], from: number): void;
  closed?(stack: readonly Open[], to: number): void;
  duplicate?(key: string, at: number): void;
}

const token = /[\s,:]*("[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]|[^\s,:{}[\]"]+)/gsy;

/** Goes over a JSON text that is known to be one, without building its values. */
export const walkJson = (text: string, visitor: Visitor): void => {
  const stack: Open[] = [];
  let awaitsKey = false;
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [, word = ''] = found;
    const at = token.lastIndex - word.length;
    const top = stack.at(-1);
    if (word === '}' || word === ']') {
      stack.pop();
      visitor.closed?.(stack, token.lastIndex);
      step(stack.at(-1));
      awaitsKey = stack.at(-1)?.keys !== undefined;
      continue;
    }
    if (awaitsKey && top?.keys) {
      const key: unknown = JSON.parse(word);
      top.step = String(key);
      top.from = at;
      if (top.keys.has(top.step)) visitor.duplicate?.(top.step, at);
      top.keys.add(top.step);
      awaitsKey = false;
      continue;
    }
    visitor.value(stack, top?.keys ? top.from : at);
    if (word === '{') {
      stack.push({ keys: new Set(), step: '', from: at });
      awaitsKey = true;
    } else if (word === '[') {
      stack.push({ keys: undefined, step: 0, from: at });
      awaitsKey = false;
    } else {
      visitor.closed?.(stack, token.lastIndex);
      step(top);
      awaitsKey = top?.keys !== undefined;
    }
  }
};

const step = (open: Open | undefined): void => {
  if (open && typeof open.step === 'number') open.step += 1;
};

/** From where to where a part stands, its key with it. */
interface Span {
  readonly from: number;
  to: number;
  /** The parts of it, once they were asked for. */
  members?: ReadonlyMap<string | number, Span>;
}

const membersIn = (text: string, { from, to }: Span): ReadonlyMap<string | number, Span> => {
  const members = new Map<string | number, Span>();
  let last: Span | undefined;
  walkJson(text.slice(from, to), {
    value(stack, at) {
      const [open] = stack;
      if (!open || stack.length > 1) return;
      last = { from: from + at, to };
      if (!members.has(open.step)) members.set(open.step, last);
    },
    closed(stack, at) {
      if (last && stack.length === 1) last.to = from + at;
    },
  });
  return members;
};

/** Tells the offsets of the part at a path, or of what is nearest above it; no part is gone over twice. */
export const spansIn = (text: string): ((path: Path) => Readonly<Span>) => {
  const whole: Span = { from: 0, to: text.length };
  return (path) => {
    let at = whole;
    for (const step of path) {
      at.members ??= membersIn(text, at);
      const next = at.members.get(step);
      if (!next) break;
      at = next;
    }
    return at;
  };
};

/** How many keys a JSON text writes, by its strings alone. */
export const keysIn = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    do at = text.indexOf('"', at + 1);
    while (isEscaped(text, at));
    // White space, of which JSON has four kinds, may stand before the colon.
    let next = at + 1;
    while (text.charCodeAt(next) <= 32) next += 1;
    if (text.charCodeAt(next) === 58) count += 1;
  }
  return count;
};
const isEscaped = (text: string, at: number): boolean => {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 92) slashes += 1;
  return slashes % 2 === 1;
};
