import { messageOf } from '../aws/errors.ts';
import { Unresolved } from '../model/unresolved.ts';
import { record } from '../support/untyped.ts';
import { callName, type LiveCall } from './live.ts';
import { Part } from './part.ts';
import { isTrue } from './resolution/conditions.ts';
import { Holed } from './resolution/hole.ts';
import { arnOf, nameOf, physicalIdOf } from './resolution/identities.ts';
import { scopeOf } from './resolution/resolve.ts';
import type { World } from './resolution/world.ts';
import type { Declaration, Template } from './template.ts';

const marked = (value: unknown): string => (value instanceof Holed ? value.marked : String(value));

/** A resource in one of the worlds that its template can turn out in. */
export class Resource {
  readonly declared: Declaration;
  readonly properties: Part;
  constructor(declared: Declaration, stack: Stack) {
    this.declared = declared;
    this.properties = new Part(declared.properties, scopeOf(stack.template, stack.world));
  }
  get(...names: readonly string[]): Part {
    return this.properties.get(...names);
  }
  /** The items of a list; of a resource that is elsewhere those that are declared here are others. */
  listed(name: string): readonly Part[] {
    return this.declared.isPart ? [] : this.get(name).items();
  }
  get name(): string {
    return marked(nameOf(this.declared, this.properties.scope));
  }
  /** What `Ref` gives. */
  get physicalId(): string {
    return marked(physicalIdOf(this.declared, this.properties.scope));
  }
  get arn(): string {
    return marked(arnOf(this.declared, this.properties.scope));
  }
  /** The tags that are known. */
  get tags(): Readonly<Record<string, string>> {
    try {
      return Object.fromEntries(
        this.get('Tags')
          .items()
          .map((tag) => [tag.get('Key').name() ?? '', tag.get('Value').name() ?? '']),
      );
    } catch (error) {
      if (error instanceof Unresolved) return {};
      throw error;
    }
  }
}

/** All that a template makes, in one of its worlds. */
export class Stack {
  readonly template: Template;
  readonly world: World;
  readonly #made = new Map<Declaration, Resource>();
  readonly #subject: Declaration | undefined;
  /** @param subject what is evaluated, which most calls ask about */
  constructor(template: Template, world: World, subject?: Declaration) {
    this.template = template;
    this.world = world;
    this.#subject = subject;
  }
  resource(declared: Declaration): Resource {
    const before = this.#made.get(declared);
    const made = before ?? new Resource(declared, this);
    if (!before) this.#made.set(declared, made);
    return made;
  }
  /** What the account answers, where it is asked; `undefined` where it is not. Throws AWS's error as well. */
  ask(
    service: LiveCall['service'],
    operation: string,
    input: LiveCall['input'],
  ): Readonly<Record<string, unknown>> | undefined {
    const { live, deployment } = this.template;
    if (!live) return undefined;
    this.world.notes.add(`with what the account has now, by ${callName({ service, operation })}`);
    return record(live.answer({ service, operation, input }, deployment));
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
    return (
      condition === undefined ||
      isTrue({ Condition: condition }, scopeOf(this.template, this.world))
    );
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
  leadingTo(names: readonly string[], property: string, ...types: readonly string[]) {
    return this.all(...types).filter((one) => {
      const leads = one.get(property);
      const isNamed = leads.nameList().some((name) => names.includes(name));
      return isNamed || (leads.isAny && this.mayLead(one, property, names));
    });
  }
  /** Whether it does, in this world: asked of one that can be anything. */
  mayLead({ declared: { logicalId } }: Resource, property: string, names: readonly string[]) {
    const taken = this.world.choose({
      id: `${logicalId}.${property} is ${names[0]}`,
      kind: 'open',
      values: [false, true],
      say: () => `whether ${logicalId} is for it`,
    });
    return taken === true;
  }
}
