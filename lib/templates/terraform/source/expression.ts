import { longest, stepsOf } from '../references.ts';
import { referencesIn } from '../view.ts';
import { behindHeredoc, behindSpace, behindText } from './hcl.ts';

/** What an expression of HCL says, as far as it is understood. */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  /** Texts and what stands between them in `${}`. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'object';
      readonly fields: readonly (readonly [Expression, Expression])[];
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  /** `aws_s3_bucket.b["x"].id` as its steps; an index that is no literal is an expression. */
  | { readonly kind: 'reference'; readonly steps: readonly (string | number | Expression)[] }
  | {
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly ways: readonly [Expression, Expression];
    };

class NotUnderstood extends Error {}
const fail = (): never => {
  throw new NotUnderstood();
};
const deepest = 40;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z_][\w-]*/y;
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/** By precedence, the lowest first. */
const operations: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!=']];

class Parser {
  readonly #text: string;
  at: number;
  constructor(text: string, at = 0) {
    this.#text = text;
    this.at = at;
  }
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
  space(): string {
    this.at = behindSpace(this.#text, this.at);
    return this.#text[this.at] ?? '';
  }
  take(sign: string): boolean {
    this.space();
    if (!this.#text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }
  whole(): Expression {
    const found = this.expression(0);
    return this.space() === '' ? found : fail();
  }
  expression(depth: number): Expression {
    if (depth > deepest) fail();
    const first = this.#operation(depth, 0);
    // A newline ends what it can end: a choice goes on behind it within brackets alone, which is as well.
    if (!this.take('?')) return first;
    const yes = this.expression(depth + 1);
    if (!this.take(':')) fail();
    return { kind: 'choice', condition: first, ways: [yes, this.expression(depth + 1)] };
  }
  /** Comparisons and logical operators, as calls that have their sign as name. */
  #operation(depth: number, level: number): Expression {
    const signs = operations[level];
    if (!signs) return this.#negated(depth);
    let left = this.#operation(depth, level + 1);
    for (let sign = this.#sign(signs); sign !== undefined; sign = this.#sign(signs))
      left = { kind: 'call', name: sign, args: [left, this.#operation(depth, level + 1)] };
    return left;
  }
  #sign(signs: readonly string[]): string | undefined {
    return signs.find((sign) => this.take(sign));
  }
  #negated(depth: number): Expression {
    if (depth > deepest) fail();
    return this.take('!')
      ? { kind: 'call', name: '!', args: [this.#negated(depth + 1)] }
      : this.#term(depth);
  }
  #term(depth: number): Expression {
    const sign = this.space();
    if (sign === '"') return this.#quoted(depth);
    if (sign === '<') return this.#heredoc();
    if (sign === '[') return this.#list(depth);
    if (sign === '{') return this.#object(depth);
    if (this.take('(')) {
      const inner = this.expression(depth + 1);
      return this.take(')') ? inner : fail();
    }
    const digits = this.#match(number);
    if (digits !== undefined) return { kind: 'value', value: Number(digits) };
    const word = this.#match(name) ?? fail();
    if (Object.hasOwn(words, word)) return { kind: 'value', value: words[word] ?? null };
    if (this.#text[this.at] === '(') return this.#call(word, depth);
    return this.#reference(word, depth);
  }
  #call(called: string, depth: number): Expression {
    this.at += 1;
    const args = this.#items(')', depth);
    return { kind: 'call', name: called, args };
  }
  #list(depth: number): Expression {
    this.at += 1;
    this.space();
    if (/for\s/y.exec(this.#text.slice(this.at, this.at + 4))) fail();
    return { kind: 'list', items: this.#items(']', depth) };
  }
  #items(end: string, depth: number): readonly Expression[] {
    const items: Expression[] = [];
    while (!this.take(end)) {
      items.push(this.expression(depth + 1));
      if (!this.take(',') && this.space() !== end) fail();
    }
    return items;
  }
  #object(depth: number): Expression {
    this.at += 1;
    const fields: (readonly [Expression, Expression])[] = [];
    while (!this.take('}')) {
      if (/^for\s/.test(this.#text.slice(this.at, this.at + 4))) fail();
      const key = this.#key(depth);
      if (!this.take('=') && !this.take(':')) fail();
      fields.push([key, this.expression(depth + 1)]);
      this.take(',');
    }
    return { kind: 'object', fields };
  }
  /** A name stands for itself; one in brackets is asked for. */
  #key(depth: number): Expression {
    this.space();
    const plain = this.#match(name);
    if (plain !== undefined) return { kind: 'value', value: plain };
    return this.#term(depth);
  }
  #reference(first: string, depth: number): Expression {
    const steps: (string | number | Expression)[] = [first];
    for (;;) {
      if (this.#text[this.at] === '.') {
        this.at += 1;
        const step = this.#match(name) ?? this.#match(/\d+|\*/y) ?? fail();
        steps.push(/^\d+$/.test(step) ? Number(step) : step);
      } else if (this.#text[this.at] === '[') {
        this.at += 1;
        if (this.take('*')) steps.push('*');
        else {
          const index = this.expression(depth + 1);
          steps.push(index.kind === 'value' && index.value !== null ? indexIn(index.value) : index);
        }
        if (!this.take(']')) fail();
      } else return { kind: 'reference', steps };
    }
  }
  #quoted(depth: number): Expression {
    const from = this.at + 1;
    this.at = behindText(this.#text, this.at);
    return template(this.#text.slice(from, this.at - 1), depth, true);
  }
  #heredoc(): Expression {
    const end = behindHeredoc(this.#text, this.at) ?? fail();
    const lines = this.#text.slice(this.at, end).split('\n').slice(1, -1);
    this.at = end;
    return template(`${lines.join('\n')}\n`, 0, false);
  }
}
const indexIn = (value: string | number | boolean): string | number =>
  typeof value === 'number' ? value : String(value);

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  '\\': '\\',
};
const signOf = (code: number): string => (code > 0x10_ffff ? fail() : String.fromCodePoint(code));
const unescaped = (text: string, isQuoted: boolean): string => {
  const plain = isQuoted
    ? text.replace(/\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)/g, (_, one: string) =>
        one.length > 1 ? signOf(Number.parseInt(one.slice(1), 16)) : (escapes[one] ?? fail()),
      )
    : text;
  return plain.replaceAll('$${', '${').replaceAll('%%{', '%{');
};

const template = (text: string, depth: number, isQuoted: boolean): Expression => {
  const parts: (string | Expression)[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    if (isQuoted && text[at] === '\\') at += 2;
    else if (/^(?:\${3}|%{3})/.test(text.slice(at, at + 3))) fail();
    else if (two === '$$' || two === '%%') at += 2;
    else if (two === '%{') fail();
    else if (two === '${') {
      parts.push(unescaped(text.slice(from, at), isQuoted));
      const parser = new Parser(text, at + 2);
      // A `~` takes blanks away from the text beside it.
      parts.push(parser.expression(depth + 1));
      if (!parser.take('}')) fail();
      [at, from] = [parser.at, parser.at];
    } else at += 1;
  }
  parts.push(unescaped(text.slice(from), isQuoted));
  const all = parts.filter((part) => part !== '');
  const [only] = all;
  if (all.length === 0) return { kind: 'value', value: '' };
  if (all.length === 1 && only !== undefined)
    return typeof only === 'string' ? { kind: 'value', value: only } : only;
  return { kind: 'text', parts: all };
};

const mostCharacters = 200_000;
/** An expression; `undefined` for what is not understood, such as loops and sums, and for what is too long. */
export const expressionIn = (text: string): Expression | undefined => {
  if (text.length > mostCharacters) return undefined;
  try {
    return new Parser(text).whole();
  } catch (error) {
    if (error instanceof NotUnderstood || error instanceof RangeError) return undefined;
    throw error;
  }
};

/** What is referred to, each as what it begins with: `aws_s3_bucket.b`, `var.x`, `data.a.b`, `each.key`. */
export const headsIn = (expression: Expression): readonly string[] => {
  switch (expression.kind) {
    case 'value':
      return [];
    case 'text':
      return expression.parts.flatMap((part) => (typeof part === 'string' ? [] : headsIn(part)));
    case 'list':
      return expression.items.flatMap(headsIn);
    case 'object':
      return expression.fields.flatMap(([key, value]) => [...headsIn(key), ...headsIn(value)]);
    case 'call':
      return expression.args.flatMap(headsIn);
    case 'choice':
      return [expression.condition, ...expression.ways].flatMap(headsIn);
    case 'reference': {
      const { steps } = expression;
      const inner = steps.flatMap((step) => (typeof step === 'object' ? headsIn(step) : []));
      return [steps.slice(0, steps[0] === 'data' ? 3 : 2).join('.'), ...inner];
    }
    default:
      return [];
  }
};

const headOf = (reference: string): string => {
  const names = stepsOf(reference).flatMap((step) => ('name' in step ? [step.name] : []));
  return names.slice(0, names[0] === 'data' ? 3 : 2).join('.');
};
/** Whether an expression is about the same as one of a plan: a source that was changed since is about another plan. */
export const isPlannedAs = (expression: Expression, planned: unknown): boolean => {
  const those = new Set(longest(referencesIn(planned)).map(headOf));
  const these = new Set(headsIn(expression));
  return these.size === those.size && [...these].every((one) => those.has(one));
};
