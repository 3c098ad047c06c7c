import { asRecord } from '../../support/untyped.ts';
import { keyIn, keyOf, type Module, type Plan, type Planned, unquoted } from './plan.ts';
import { conditionsIn, isChoice, mentionedIn } from './source/mentions.ts';
import { isExpression, referencesIn } from './view.ts';

/** What an unknown value comes from. */
export type Origin =
  | { readonly resource: Planned; readonly attribute: string | undefined }
  /** The plan does not say what it is. */
  | { readonly open: string };

/** Where a reference stands: `each.key` and `count.index` are the index of what it stands in. */
export interface Standing {
  readonly module: Module;
  readonly index: string | number | undefined;
  /** How what it stands in is repeated. */
  readonly repeated: unknown;
  /** What it is, where it is a resource. */
  readonly of?: Planned;
}

const deepest = 16;
type Step = { readonly name: string } | { readonly index: string | number };

/** `module.m["b"].out` as its steps. */
export const stepsOf = (reference: string): readonly Step[] => {
  const steps: Step[] = [];
  for (const part of reference.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]|([^.[\]]+)/g)) {
    const [, index, name = ''] = part;
    if (index === undefined) steps.push({ name });
    else steps.push({ index: index.startsWith('"') ? unquoted(index) : Number(index) });
  }
  return steps;
};
const nameAt = (steps: readonly Step[], at: number): string | undefined => {
  const found = steps[at];
  return found && 'name' in found ? found.name : undefined;
};
const indexAt = (steps: readonly Step[], at: number): string | number | undefined => {
  const found = steps[at];
  return found && 'index' in found ? found.index : undefined;
};

/** What does not stand for a resource at the head of a reference. */
const others = new Set(['var', 'local', 'module', 'each', 'count', 'path', 'terraform', 'tofu']);
/** Whether a reference is to a resource that the module does not have: it is none of the plan, whichever it is. */
export const isNowhere = (reference: string, { configuration }: Module): boolean => {
  const steps = stepsOf(reference);
  const [type = '', name] = [nameAt(steps, 0), nameAt(steps, 1)];
  if (others.has(type) || type === 'data' || type === 'self') return false;
  return !configuration.resources.has(keyOf({ mode: 'managed', type, name }));
};

/** Each reference once, without those that only lead to it: Terraform lists `a.b.id` and behind it `a.b`. */
export const longest = (references: readonly string[]): readonly string[] => {
  const kept: string[] = [];
  for (const one of references)
    if (!kept.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)))
      kept.push(one);
  return [...new Set(kept)];
};

/** How a local value of a module is written, where its source is there. */
export type LocalOf = (module: Module, name: string) => string | undefined;

/** Looks up where the values of a plan come from. */
class Lookup {
  readonly #plan: Plan;
  readonly #localOf: LocalOf;
  /** Where a local value has its value from, by module and name. */
  readonly #locals = new Map<string, readonly Origin[]>();
  constructor(plan: Plan, localOf: LocalOf) {
    this.#plan = plan;
    this.#localOf = localOf;
  }
  /** Where what a text of a source says has its value from; `undefined` where no reference shows that. */
  ofText(text: string, standing: Standing, depth = 0): readonly Origin[] | undefined {
    const placed = { ...standing, isRepeated: false };
    const all = mentionedIn(text, standing.module);
    return all && eachOnce(all.flatMap((one) => this.ofReference(one, placed, depth + 1)));
  }
  /** Whether a text only chooses among what it refers to, by conditions that rest on known values or on counts of resources. */
  chooses(text: string, standing: Standing, depth = 0): boolean {
    return (
      isChoice(text) &&
      conditionsIn(text).every((one) =>
        this.ofText(one, standing, depth)?.every(
          (origin) => 'resource' in origin && origin.attribute === undefined,
        ),
      )
    );
  }
  /** Whether an expression is nothing but a variable that nobody gives a value. */
  isNull(expression: unknown, { module }: Standing, depth = 0): boolean {
    if (expression === undefined || depth > deepest) return false;
    if (isExpression(expression) && Object.hasOwn(expression, 'constant_value'))
      return expression['constant_value'] === null;
    const [only, ...more] = longest(referencesIn(expression));
    const [head, name, further] = stepsOf(only ?? '');
    if (more.length > 0 || further || !head || !name) return false;
    if (!('name' in head && head.name === 'var' && 'name' in name)) return false;
    const { parent, call, index, configuration } = module;
    const given = parent
      ? asRecord(call['expressions'])[name.name]
      : this.#plan.variables[name.name];
    if (given !== undefined)
      return parent
        ? this.isNull(given, { module: parent, index, repeated: undefined }, depth + 1)
        : Object.hasOwn(asRecord(given), 'value') && asRecord(given)['value'] === null;
    return asRecord(configuration.variables[name.name])['default'] === null;
  }
  ofExpression(expression: unknown, standing: Standing, depth = 0): readonly Origin[] {
    if (isExpression(expression) && Object.hasOwn(expression, 'constant_value')) return [];
    const all = longest(referencesIn(expression));
    const isRepeated = all.some((one) => /^(?:each\.key|count\.index)\b/.test(one));
    const origins = all.flatMap((one) => this.ofReference(one, { ...standing, isRepeated }, depth));
    return eachOnce(origins);
  }
  ofReference(reference: string, standing: Placed, depth: number): readonly Origin[] {
    const steps = stepsOf(reference);
    const [head = '', second = ''] = [nameAt(steps, 0), nameAt(steps, 1)];
    if (depth > deepest) return [{ open: 'a reference that leads back to itself' }];
    switch (head) {
      case 'var':
        return this.#ofVariable(second, standing, depth);
      case 'module':
        return this.#ofOutput(steps, standing, depth);
      case 'each':
        return second === 'value' ? this.#ofEach(steps, standing, depth) : [];
      case 'count':
      case 'path':
      case 'terraform':
      case 'tofu':
        return [];
      case 'local':
        return this.#ofLocal(second, standing, depth);
      default:
        return this.#ofResource(steps, standing);
    }
  }
  #ofResource(steps: readonly Step[], { module, index: own, isRepeated }: Placed) {
    const isData = nameAt(steps, 0) === 'data';
    const at = isData ? 1 : 0;
    const [type, name] = [nameAt(steps, at), nameAt(steps, at + 1)];
    const key = keyOf({ mode: isData ? 'data' : 'managed', type, name });
    const all = this.#plan.instances.get(keyIn(module, key)) ?? [];
    const written = indexAt(steps, at + 2);
    const attribute = nameAt(steps, at + (written === undefined ? 2 : 3));
    const wanted = written ?? (isRepeated ? own : undefined);
    const same = wanted === undefined ? [] : all.filter(({ index }) => index === wanted);
    const found = same.length > 0 ? same : written === undefined ? all : [];
    return found.flatMap((resource): readonly Origin[] =>
      isKnownIn(resource, attribute) ? [] : [{ resource, attribute }],
    );
  }
  #ofLocal(name: string, { module }: Standing, depth: number): readonly Origin[] {
    const key = keyIn(module, name);
    const before = this.#locals.get(key);
    if (before) return before;
    const text = this.#localOf(module, name) ?? '';
    const standing = { module, index: undefined, repeated: undefined };
    const found = text === '' ? undefined : this.ofText(text, standing, depth);
    const isShown = found && (found.length === 0 || this.chooses(text, standing, depth));
    const origins = isShown ? found : [{ open: `local.${name}` }];
    this.#locals.set(key, origins);
    return origins;
  }
  #ofVariable(name: string, { module }: Standing, depth: number): readonly Origin[] {
    const { parent, call, index } = module;
    if (!parent) {
      const declared = asRecord(module.configuration.variables[name]);
      const isKnown =
        Object.hasOwn(this.#plan.variables, name) || Object.hasOwn(declared, 'default');
      return isKnown ? [] : [{ open: `the variable ${name}` }];
    }
    const expression = asRecord(call['expressions'])[name];
    // What is not given has its default.
    if (expression === undefined) return [];
    const repeated = call['for_each_expression'] ?? call['count_expression'];
    return this.ofExpression(expression, { module: parent, index, repeated }, depth + 1);
  }
  #ofOutput(steps: readonly Step[], { module, index: own }: Standing, depth: number) {
    const name = nameAt(steps, 1) ?? '';
    const written = indexAt(steps, 2);
    const output = nameAt(steps, written === undefined ? 2 : 3);
    const address = `${module.address === '' ? '' : `${module.address}.`}module.${name}`;
    const all = [...this.#plan.modules.values()].filter(
      (one) =>
        one.parent === module && (one.address === address || one.address.startsWith(`${address}[`)),
    );
    if (output === undefined || all.length === 0) return [{ open: `what module.${name} puts out` }];
    const wanted = written ?? own;
    const same = all.filter(({ index }) => index === wanted || all.length === 1);
    return (same.length > 0 ? same : all).flatMap((inner) => {
      const expression = asRecord(inner.configuration.outputs[output])['expression'];
      const standing = { module: inner, index: undefined, repeated: undefined };
      return this.ofExpression(expression, standing, depth + 1);
    });
  }
  /** `each.value.id` over resources is the id of the one with the same key. */
  #ofEach(steps: readonly Step[], standing: Standing, depth: number): readonly Origin[] {
    const [only, ...more] = longest(referencesIn(standing.repeated));
    if (only === undefined) return [];
    if (more.length > 0) {
      const isKnown = this.ofExpression(standing.repeated, standing, depth + 1).length === 0;
      return isKnown ? [] : [{ open: 'each.value' }];
    }
    const attribute = nameAt(steps, 2);
    return this.ofReference(only, { ...standing, isRepeated: true }, depth + 1).map(
      (one): Origin =>
        'resource' in one && one.attribute === undefined ? { ...one, attribute } : one,
    );
  }
}
interface Placed extends Standing {
  /** The index of what it stands in is that of what it refers to. */
  readonly isRepeated: boolean;
}

export interface Origins {
  /** Where an expression of a plan has its value from, as far as that is not known yet. */
  of(expression: unknown, standing: Standing): readonly Origin[];
  knows(text: string, standing: Standing): boolean;
  chooses(text: string, standing: Standing): boolean;
  isNull(expression: unknown, standing: Standing): boolean;
}
export const createOrigins = (plan: Plan, localOf: LocalOf): Origins => {
  const lookup = new Lookup(plan, localOf);
  return {
    of: (expression, standing) => lookup.ofExpression(expression, standing),
    knows: (text, standing) => lookup.ofText(text, standing)?.length === 0,
    chooses: (text, standing) => lookup.chooses(text, standing),
    isNull: (expression, standing) => lookup.isNull(expression, standing),
  };
};

const eachOnce = (origins: readonly Origin[]): readonly Origin[] => [
  ...new Map(origins.map((one) => [originKey(one), one])).values(),
];
const originKey = (origin: Origin): string =>
  'open' in origin ? origin.open : `${origin.resource.address}.${origin.attribute}`;

const hasTrue = (tree: unknown, depth = 0): boolean =>
  tree === true ||
  (typeof tree === 'object' &&
    tree !== null &&
    depth < 40 &&
    Object.values(tree).some((one) => hasTrue(one, depth + 1)));

/** What is known already leaves nothing open. */
const isKnownIn = ({ unknown }: Planned, attribute: string | undefined): boolean =>
  attribute === undefined ? !hasTrue(unknown) : !hasTrue(unknown[attribute]);

export const standingOf = (planned: Planned): Standing => {
  const { module, index } = planned;
  const written = module.configuration.resources.get(keyOf(planned)) ?? {};
  const repeated = written['for_each_expression'] ?? written['count_expression'];
  return { module, index, repeated, of: planned };
};
