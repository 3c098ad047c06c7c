import { isIntrinsic } from '../../../support/intrinsics.ts';
import { asRecord, isRecord, said } from '../../../support/untyped.ts';
import { Holed } from '../../resolution/hole.ts';
import { keyIn, keyOf, type Plan, type Planned } from '../plan.ts';
import type { Standing } from '../references.ts';
import { type Expression, expressionIn, headsIn, isPlannedAs } from './expression.ts';
import type { Sources } from './sources.ts';

/** What an expression gives: a tree with references of CloudFormation in it; `nothing` where that cannot be said. */
export const nothing = Symbol('nothing');
type Value = unknown;

export interface Surroundings {
  readonly plan: Plan;
  readonly sources: Sources;
  /** The value of an attribute of what the plan makes or reads. */
  attribute(planned: Planned, name: string | undefined): Value;
  /**
   * What stands for a part of a text or an object of which the plan says nothing.
   * @param of what gives it, where its name does not tell it from others
   */
  hole(name: string, standing: Standing, of?: Expression): Value;
}

const deepest = 24;
const isPlain = (value: Value): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const areFlags = (args: readonly Value[]): args is readonly boolean[] =>
  args.every((one) => typeof one === 'boolean');
/** In Terraform a text never equals a number. */
const areEqual = ([a, b]: readonly Value[]): boolean | typeof nothing =>
  isPlain(a) && isPlain(b) ? a === b : nothing;

const functions: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  '||': (args) => (areFlags(args) ? args.includes(true) : nothing),
  '&&': (args) => (areFlags(args) ? !args.includes(false) : nothing),
  '!': (args) => (areFlags(args) ? !args[0] : nothing),
  '==': areEqual,
  '!=': (args) => {
    const isEqual = areEqual(args);
    return isEqual === nothing ? nothing : !isEqual;
  },
  jsonencode: ([one]) => one,
  tostring: ([one]) => (isPlain(one) ? said(one) : one),
  toset: ([one]) => one,
  tolist: ([one]) => one,
  sensitive: () => nothing,
  nonsensitive: ([one]) => one,
  concat: (args) => (args.every(Array.isArray) ? args.flat() : nothing),
  flatten: ([one]) => (Array.isArray(one) ? one.flat(9) : nothing),
  compact: ([one]) =>
    Array.isArray(one) ? one.filter((item) => item !== '' && item !== null) : nothing,
  coalesce: ([one]) => (one === null || one === '' ? nothing : (one ?? nothing)),
  merge: (args) => (args.every(isRecord) ? Object.assign({}, ...args) : nothing),
  join: ([by, items]) =>
    typeof by === 'string' && Array.isArray(items) ? { 'Fn::Join': [by, items] } : nothing,
  format: ([form, ...args]) => {
    if (typeof form !== 'string' || /%(?!s|%)/.test(form)) return nothing;
    const parts = form.split('%s');
    const filled = parts.flatMap((part, index) =>
      index === 0 ? [part] : [args[index - 1] ?? '', part],
    );
    return parts.length - 1 === args.length ? { 'Fn::Join': ['', filled] } : nothing;
  },
};

/** Whether it is of variables of the whole plan alone: what is made of a name that the plan makes may be that name again. */
const isApart = (expression: Expression, { module }: Standing): boolean => {
  const heads = headsIn(expression);
  return !module.parent && heads.length > 0 && heads.every((head) => head.startsWith('var.'));
};

/** Whether an expression has no calls and no texts of parts, which can fail. */
const isWithoutCalls = (expression: Expression): boolean => {
  switch (expression.kind) {
    case 'value':
    case 'reference':
      return true;
    case 'list':
      return expression.items.every(isWithoutCalls);
    case 'object':
      return expression.fields.flat().every(isWithoutCalls);
    default:
      return false;
  }
};

/** Evaluates expressions of sources, in an instance of a module. */
export class Evaluator {
  readonly #around: Surroundings;
  /** Each part of a text or an object that cannot be said is open by itself, and not the whole of it. */
  readonly #isPartly: boolean;
  #steps = 0;
  constructor(around: Surroundings, isPartly = false) {
    this.#around = around;
    this.#isPartly = isPartly;
  }
  value(text: string, standing: Standing, depth = 0): Value {
    const expression = expressionIn(text);
    return expression === undefined ? nothing : this.of(expression, standing, depth);
  }
  of(expression: Expression, standing: Standing, depth: number): Value {
    this.#steps += 1;
    if (depth > deepest || this.#steps > 2_000_000) return nothing;
    const inner = (one: Expression) => this.of(one, standing, depth + 1);
    const part = (one: Expression) => this.#part(one, standing, depth);
    switch (expression.kind) {
      case 'value':
        return expression.value;
      case 'text':
        return this.#text(
          expression.parts.map((one) => (typeof one === 'string' ? one : part(one))),
        );
      case 'list':
        return all(expression.items.map(part));
      case 'object':
        return objectOf(expression.fields.map(([key, value]) => [inner(key), part(value)]));
      case 'call':
        return this.#call(expression.name, expression.args, inner);
      case 'choice':
        return this.#choice(inner(expression.condition), expression.ways, inner);
      case 'reference':
        return this.#reference(expression.steps, standing, depth);
      default:
        return nothing;
    }
  }
  #part(expression: Expression, standing: Standing, depth: number): Value {
    const value = this.of(expression, standing, depth + 1);
    if (value !== nothing || !this.#isPartly) return value;
    switch (expression.kind) {
      case 'reference': {
        const steps = this.#plainSteps(expression.steps, standing, depth);
        return steps ? this.#around.hole(steps.join('.'), standing) : nothing;
      }
      case 'call':
        return isApart(expression, standing)
          ? this.#around.hole(`${expression.name}(…)`, standing, expression)
          : nothing;
      case 'choice':
        return isApart(expression, standing)
          ? this.#around.hole('a choice', standing, expression)
          : nothing;
      default:
        return nothing;
    }
  }
  #text(parts: readonly Value[]): Value {
    if (parts.some((part) => part === nothing)) return nothing;
    return parts.every(isPlain) ? parts.join('') : { 'Fn::Join': ['', parts] };
  }
  #choice(
    condition: Value,
    [yes, no]: readonly [Expression, Expression],
    inner: (one: Expression) => Value,
  ): Value {
    return typeof condition === 'boolean' ? inner(condition ? yes : no) : nothing;
  }
  #call(name: string, args: readonly Expression[], inner: (one: Expression) => Value): Value {
    // What comes behind the first counts where that is an error, which cannot be told from what is not understood.
    if (name === 'try') return args[0] && isWithoutCalls(args[0]) ? inner(args[0]) : nothing;
    const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
    const values = args.map(inner);
    return !known || values.includes(nothing) ? nothing : known(values);
  }
  #reference(
    steps: readonly (string | number | Expression)[],
    standing: Standing,
    depth: number,
  ): Value {
    const [head, second] = steps;
    const name = said(second);
    const rest = this.#plainSteps(steps.slice(2), standing, depth);
    if (!rest) return nothing;
    switch (head) {
      case 'var':
        return follow(this.#variable(name, standing, depth), rest);
      case 'local':
        return follow(this.#local(name, standing, depth), rest);
      case 'each':
        return name === 'key'
          ? (standing.index ?? nothing)
          : follow(this.#each(standing, depth), rest);
      case 'count':
        return standing.index ?? nothing;
      case 'module':
        return this.#output(name, rest, standing, depth);
      case 'path':
      case 'terraform':
      case 'self':
        return nothing;
      case 'data':
        return this.#resource('data', name, rest, standing);
      default:
        return this.#resource('managed', said(head), [name, ...rest], standing);
    }
  }
  #plainSteps(
    steps: readonly (string | number | Expression)[],
    standing: Standing,
    depth: number,
  ): readonly (string | number)[] | undefined {
    const found = steps.map((step) =>
      typeof step === 'object' ? this.of(step, standing, depth + 1) : step,
    );
    return found.every((one) => typeof one === 'string' || typeof one === 'number')
      ? found.map((one) => (typeof one === 'number' ? one : said(one)))
      : undefined;
  }
  #variable(name: string, { module }: Standing, depth: number): Value {
    const { plan, sources } = this.#around;
    if (!module.parent) {
      const declared = asRecord(module.configuration.variables[name]);
      const { value } = asRecord(plan.variables[name]);
      return declared['sensitive'] === true ? nothing : (value ?? declared['default'] ?? nothing);
    }
    const { index, parent, call } = module;
    const declared = asRecord(module.configuration.variables[name]);
    if (declared['sensitive'] === true) return nothing;
    const expression = asRecord(asRecord(call['expressions'])[name]);
    if (Object.hasOwn(expression, 'constant_value')) return expression['constant_value'];
    const placed = sources.call(module);
    const attribute = placed?.block.attributes.find((one) => one.name === name);
    if (!placed || !attribute)
      return Object.keys(expression).length === 0 ? (declared['default'] ?? nothing) : nothing;
    const repeated = call['for_each_expression'] ?? call['count_expression'];
    const { from, to } = attribute.value;
    return this.value(
      placed.source.text.slice(from, to),
      { module: parent, index, repeated },
      depth + 1,
    );
  }
  #output(
    name: string,
    steps: readonly (string | number)[],
    { module }: Standing,
    depth: number,
  ): Value {
    const { plan, sources } = this.#around;
    const address = `${module.address === '' ? '' : `${module.address}.`}module.${name}`;
    const only = plan.modules.get(address);
    const [output, ...rest] = only ? steps : steps.slice(1);
    const inner = only ?? plan.modules.get(`${address}[${JSON.stringify(steps[0])}]`);
    if (!inner) return nothing;
    const declared = asRecord(inner.configuration.outputs[said(output)]);
    const placed = sources.output(inner, said(output));
    const attribute = placed?.block.attributes.find((one) => one.name === 'value');
    if (!placed || !attribute || declared['sensitive'] === true) return nothing;
    const { from, to } = attribute.value;
    const expression = expressionIn(placed.source.text.slice(from, to));
    if (!expression || !isPlannedAs(expression, declared['expression'])) return nothing;
    const standing = { module: inner, index: undefined, repeated: undefined };
    return follow(this.of(expression, standing, depth + 1), rest);
  }
  #local(name: string, standing: Standing, depth: number): Value {
    const text = this.#around.sources.local(standing.module, name);
    if (text === undefined) return nothing;
    return this.value(text, { ...standing, index: undefined }, depth + 1);
  }
  /** What the key of the instance leads to, where the map is known. */
  #each(standing: Standing, depth: number): Value {
    const constant = asRecord(standing.repeated)['constant_value'];
    const { of } = standing;
    const placed = of && this.#around.sources.only(of);
    const attribute = placed?.block.attributes.find(({ name }) => name === 'for_each');
    const tree =
      constant ??
      (placed && attribute
        ? this.value(
            placed.source.text.slice(attribute.value.from, attribute.value.to),
            { ...standing, index: undefined },
            depth + 1,
          )
        : nothing);
    if (Array.isArray(tree)) return standing.index ?? nothing;
    return follow(tree, [standing.index ?? '']);
  }
  #resource(
    mode: 'managed' | 'data',
    type: string,
    [name, ...rest]: readonly (string | number)[],
    { module }: Standing,
  ): Value {
    const key = keyIn(module, keyOf({ mode, type, name }));
    const found = this.#around.plan.instances.get(key) ?? [];
    const [first, ...more] = rest;
    const isIndexed = found.some(({ index }) => index !== undefined);
    const prefix = module.address === '' ? '' : `${module.address}.`;
    if (mode === 'data' && found.length === 0) {
      const suffix = isKey(first) && rest.length > 1 ? `[${JSON.stringify(first)}]` : '';
      const read =
        this.#around.plan.read.get(`${prefix}data.${type}.${name}`) ??
        this.#around.plan.read.get(`${prefix}data.${type}.${name}${suffix}`);
      return read ? follow(read, suffix === '' ? rest : more) : nothing;
    }
    if (!isIndexed) {
      const [only] = found;
      return only && rest.length === 1 ? this.#around.attribute(only, said(first)) : nothing;
    }
    if (first === '*') return all(found.map((one) => this.#around.attribute(one, said(more[0]))));
    const one = found.find(({ index }) => index === first || said(index) === said(first));
    return one && more.length === 1 ? this.#around.attribute(one, said(more[0])) : nothing;
  }
}
const isKey = (step: unknown): boolean => typeof step === 'string' || typeof step === 'number';
const all = (values: readonly Value[]): Value => (values.includes(nothing) ? nothing : values);

const objectOf = (fields: readonly (readonly [Value, Value])[]): Value =>
  fields.some(([key, value]) => !isPlain(key) || value === nothing || isFunction(key))
    ? nothing
    : Object.fromEntries(fields.map(([key, value]) => [said(key), value]));

/** What is written is a value, whatever CloudFormation would take it for. */
const isFunction = (key: Value): boolean => isIntrinsic(said(key));

/** A part of a value, by steps. */
const follow = (value: Value, steps: readonly (string | number)[]): Value => {
  let at = value;
  for (const step of steps) {
    if (at instanceof Holed || typeof at !== 'object' || at === null) return nothing;
    if (Object.keys(at).some(isIntrinsic)) return nothing;
    if (!Object.hasOwn(at, step)) return nothing;
    at = Reflect.get(at, step);
  }
  return at ?? nothing;
};
