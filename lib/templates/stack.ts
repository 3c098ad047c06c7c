import { messageOf } from '../aws/errors.ts';
import { Unresolved } from '../model/unresolved.ts';
import { asRecord, said } from '../support/untyped.ts';
import { callName, type LiveCall } from './live.ts';
import { Part } from './part.ts';
import { isTrue } from './resolution/conditions.ts';
import { Holed } from './resolution/hole.ts';
import { arnOf, nameOf, physicalIdOf } from './resolution/identities.ts';
import { scopeOf } from './resolution/resolve.ts';
import type { Scope } from './resolution/scope.ts';
import { type Findings, findingsOf, mostWorlds, valueIn, type World } from './resolution/world.ts';
import { tagsOf } from './resource-tags.ts';
import type { Declaration, Template } from './template.ts';

const marked = (value: unknown): string => (value instanceof Holed ? value.marked : said(value));

/** A resource in one of the worlds that its template can turn out in. */
export class Resource {
  readonly declared: Declaration;
  readonly properties: Part;
  readonly #names: Findings<string> = [];
  readonly #ids: Findings<string> = [];
  readonly #arns: Findings<string> = [];
  constructor(declared: Declaration, stack: Stack) {
    this.declared = declared;
    this.properties = new Part(declared.properties, scopeOf(stack.template, stack.world));
  }
  /** Most is asked for again and again: what finds it out is made for the first time alone. */
  #once(known: Findings<string>, find: (declared: Declaration, scope: Scope) => unknown): string {
    const { scope } = this.properties;
    const before = scope.world.again(known);
    return before
      ? valueIn(before)
      : scope.world.once(known, () => marked(find(this.declared, scope)));
  }
  get(...names: readonly string[]): Part {
    return this.properties.get(...names);
  }
  /** The items of a list; of a resource that is elsewhere those that are declared here, beside which there can be others. */
  listed(name: string): readonly Part[] {
    const isOpen = this.declared.isPart && this.properties.tree(name) === undefined;
    return isOpen ? [] : this.get(name).items();
  }
  get name(): string {
    return this.#once(this.#names, nameOf);
  }
  /** What `Ref` gives. */
  get physicalId(): string {
    return this.#once(this.#ids, physicalIdOf);
  }
  get arn(): string {
    return this.#once(this.#arns, arnOf);
  }
  /** The tags that are known. */
  get tags(): Readonly<Record<string, string>> {
    try {
      return Object.fromEntries(
        tagsOf(this).map((tag) => [tag.key.name() ?? '', tag.value.name() ?? '']),
      );
    } catch (error) {
      if (error instanceof Unresolved) return {};
      throw error;
    }
  }
}

const none: readonly Resource[] = [];

/** What leads to resources by one of its properties. */
interface Leading {
  readonly byName: ReadonlyMap<string, readonly Resource[]>;
  /** Those that can lead to any, or to any of some. */
  readonly open: readonly { readonly one: Resource; readonly any: Any }[];
}
type Any = NonNullable<Part['any']>;
const mayBe = ({ among }: Any, names: readonly string[]): boolean =>
  !among || names.some((name) => among.has(name));
/** What a call asks. */
export type Input = Readonly<Record<string, unknown>>;
/**
 * What a call would answer once the stack is deployed: in the SDK's shape, or by throwing AWS's error. It is the same for the same
 * input, in worlds that are alike.
 */
export type Answer = (stack: Stack, input: Input) => unknown;
/** Tells an input from all others. Most name one thing; what begins as JSON does is no name of a parameter. */
const keyOf = (input: Input): string => {
  let only: string | undefined;
  for (const name in input) {
    if (only !== undefined) return JSON.stringify(input);
    only = name;
  }
  const value = only === undefined ? undefined : input[only];
  return typeof value === 'string' ? `${only} ${value}` : JSON.stringify(input);
};

/** What is the same whatever of a template is evaluated. */
interface Common {
  readonly made: Map<Declaration, Resource>;
  readonly conditions: Map<string, Findings<boolean>>;
  readonly leading: Map<string, Findings<Leading>>;
}
const nothingYet = (): Common => ({
  made: new Map(),
  conditions: new Map(),
  leading: new Map(),
});

/** All that a template makes, in one of its worlds. */
export class Stack {
  readonly template: Template;
  readonly world: World;
  readonly #subject: Declaration | undefined;
  readonly #common: Common;
  readonly #answers = new Map<Answer, Map<string, Findings<unknown>>>();
  /**
   * @param subject what is evaluated, which most calls ask about
   * @param common what was found out for others already. @default - nothing
   */
  constructor(template: Template, world: World, subject?: Declaration, common = nothingYet()) {
    this.template = template;
    this.world = world;
    this.#subject = subject;
    this.#common = common;
  }
  /** The same for the evaluation of another resource: what was found out of all counts there too. */
  about(subject: Declaration): Stack {
    return new Stack(this.template, this.world, subject, this.#common);
  }
  /** An answer, once for all worlds that are alike in what it rests on; what an account answers comes later. */
  answered(answer: Answer, input: Input): unknown {
    if (this.template.live) return answer(this, input);
    let known = this.#answers.get(answer);
    if (!known) {
      known = new Map();
      this.#answers.set(answer, known);
    }
    return this.world.once(findingsOf(known, keyOf(input)), () => answer(this, input));
  }
  resource(declared: Declaration): Resource {
    const { made } = this.#common;
    const before = made.get(declared);
    const resource = before ?? new Resource(declared, this);
    if (!before) made.set(declared, resource);
    return resource;
  }
  /** What the account answers, where it is asked; `undefined` where it is not. Throws AWS's error as well. */
  ask(
    service: LiveCall['service'],
    operation: string,
    input: LiveCall['input'],
  ): Readonly<Record<string, unknown>> | undefined {
    const { live, deployment } = this.template;
    if (!live) return undefined;
    this.world.note(`with what the account has now, by ${callName({ service, operation })}`);
    return asRecord(live.answer({ service, operation, input }, deployment));
  }
  /** The same within an answer, which depends on it: what is not there leaves it open. */
  read(
    ...[service, operation, input]: Parameters<Stack['ask']>
  ): Readonly<Record<string, unknown>> | undefined {
    try {
      return this.ask(service, operation, input);
    } catch (error) {
      if (error instanceof Unresolved) throw error;
      throw new Unresolved(`${callName({ service, operation })}: ${messageOf(error)}`);
    }
  }
  /** Whether its condition holds here. */
  has({ condition }: Declaration): boolean {
    if (condition === undefined) return true;
    return this.world.once(findingsOf(this.#common.conditions, condition), () =>
      isTrue({ Condition: condition }, scopeOf(this.template, this.world)),
    );
  }
  /** What is evaluated, where it is of this type and made here. */
  subjectOf(type: string): Resource | undefined {
    const subject = this.#subject;
    return subject?.type === type && this.has(subject) ? this.resource(subject) : undefined;
  }
  /** Of what a region has once: what is evaluated stands for itself, else each that is made. */
  inRegion(type: string): readonly Resource[] {
    const subject = this.subjectOf(type);
    return subject ? [subject] : this.all(type);
  }
  /** The first of these types that is meant; what is evaluated is looked at before the others. */
  find(types: readonly string[], is: (one: Resource) => boolean): Resource | undefined {
    const isMeant = (declared: Declaration): boolean =>
      this.has(declared) && is(this.resource(declared));
    const subject = this.#subject;
    if (subject && types.includes(subject.type) && isMeant(subject)) return this.resource(subject);
    for (const type of types)
      for (const declared of this.template.byType.get(type) ?? [])
        if (isMeant(declared)) return this.resource(declared);
    return undefined;
  }
  /** The resources of these types of CloudFormation that are made here. */
  all(...types: readonly string[]): readonly Resource[] {
    const found: Resource[] = [];
    for (const type of types)
      for (const declared of this.template.byType.get(type) ?? [])
        if (this.has(declared)) found.push(this.resource(declared));
    return found;
  }
  /**
   * Those of them that lead to a name, an id or an ARN by this property: by proof, an unknown name leads nowhere. One that can
   * be anything may lead there, or not.
   */
  leadingTo(
    names: readonly string[],
    property: string,
    ...types: readonly string[]
  ): readonly Resource[] {
    // Of most types a template has none.
    if (!types.some((type) => this.template.byType.has(type))) return none;
    const key = [property, ...types].join();
    const { byName, open } = this.world.once(findingsOf(this.#common.leading, key), () =>
      this.#leading(property, types),
    );
    const isMade = ({ declared }: Resource): boolean => this.has(declared);
    if (open.length === 0 && names.length === 1) {
      // As most are asked for; of several those that are named first come first.
      const alike = (byName.get(names[0] ?? '') ?? none).filter(isMade);
      if (alike.length < 2) return this.alone(names, types, alike);
    }
    const named = new Set(names.flatMap((name) => byName.get(name) ?? []).filter(isMade));
    const all = new Set(named);
    let asked = 0;
    for (const { one, any } of open) {
      if (named.has(one) || !mayBe(any, names) || !isMade(one)) continue;
      // With so many it can turn out in more ways than are looked at, whatever the others do.
      asked += 1;
      if (asked > mostWorlds + 1) break;
      if (this.mayLead(one, property, names)) all.add(one);
    }
    const found = all.size < 2 ? [...all] : this.#declared(types).filter((one) => all.has(one));
    return this.alone(names, types, found);
  }
  /**
   * Of the parts of what another stack makes the one that it is evaluated for: what another part opens is told of that one.
   * @param names of what they are parts of
   */
  alone(names: readonly string[], types: readonly string[], all: readonly Resource[]) {
    const subject = this.#subject;
    if (!subject?.isPart?.alone?.some((type) => types.includes(type))) return all;
    const { name, physicalId } = this.resource(subject);
    if (![name, physicalId].some((own) => names.includes(own))) return all;
    const { by, together } = subject.isPart;
    const isOwn = ({ declared }: Resource) => declared.logicalId === by;
    const own = all.filter(isOwn);
    if (!together) return own;
    const others = all.filter((other) => !isOwn(other) && own.some((one) => together(one, other)));
    return [...own, ...others];
  }
  /** In the order of the template, whether they are made here or not. */
  #declared(types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) =>
      (this.template.byType.get(type) ?? []).map((one) => this.resource(one)),
    );
  }
  /** Also what is not made here: else each would rest on the conditions of all. */
  #leading(property: string, types: readonly string[]): Leading {
    const byName = new Map<string, Resource[]>();
    const open: { one: Resource; any: Any }[] = [];
    for (const one of this.#declared(types)) {
      const leads = one.get(property);
      for (const name of leads.nameList()) byName.set(name, [...(byName.get(name) ?? []), one]);
      const { any } = leads;
      if (any) open.push({ one, any });
    }
    return { byName, open };
  }
  /** Whether it does, in this world: asked of one that can be anything. */
  mayLead({ declared: { logicalId } }: Resource, property: string, names: readonly string[]) {
    const taken = this.world.choose({
      id: `${logicalId}.${property} is ${names[0]}`,
      kind: 'open',
      isOfOthers: true,
      values: [false, true],
      say: () => `whether ${logicalId} is for it`,
    });
    return taken === true;
  }
}
