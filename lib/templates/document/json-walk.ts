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

/** The offsets of the part at a path, or of what is nearest above it. */
export const spanIn = (text: string, path: Path): readonly [from: number, to: number] => {
  let [from, to, depth] = [0, text.length, 0];
  let isOpen = false;
  const leads = (stack: readonly Open[]) =>
    stack.length <= path.length && stack.every((open, index) => open.step === path[index]);
  walkJson(text, {
    value(stack, at) {
      if (stack.length > depth && leads(stack)) {
        [from, depth, isOpen] = [at, stack.length, true];
      }
    },
    closed(stack, at) {
      if (isOpen && stack.length === depth) [to, isOpen] = [at, false];
    },
  });
  return [from, to];
};
