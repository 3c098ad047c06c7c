import type { IamAction, Input, Operation, Output, Service } from './calls.ts';
import type { Parameter } from './parameters.ts';
import type { Grant, Joint, Plan } from './plan.ts';
import type { Standards } from './standards.ts';

export type { IamAction, Input, Operation, Output, Sdk, Service } from './calls.ts';
export type { Call, Grant, Joint, JointPlan, Plan, Risk } from './plan.ts';
export { call, propose } from './plan.ts';

/** One resource: 12-digit account, region (the home region for global and account scope), and the id of its type. */
export interface Ref {
  readonly account: string;
  readonly region: string;
  readonly id: string;
}

/** Reads AWS for one account and region. Identical calls within one batch are made once. Throws what the SDK throws. */
export interface Reader {
  readonly account: string;
  readonly region: string;
  call<S extends Service, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ): Promise<Output<S, O>>;
  /** Every page of a listing call, in order. */
  pages<S extends Service, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ): AsyncIterable<Output<S, O>>;
  /** Another resource's facet, for a facet that is borrowed. */
  facet<R extends AnyResourceType, F extends keyof R['facets'] & string>(
    type: R,
    ref: Ref,
    facet: F,
  ): Promise<Value<R['facets'][F]>>;
}

/** One separately readable aspect of a resource. */
export interface Facet<V = unknown> {
  /** What reading it takes; the evaluator's role is the union of these. */
  readonly actions: readonly IamAction[];
  /** AWS error codes that mean "not set": the value is then `undefined`. */
  readonly absent?: readonly string[];
  read(reader: Reader, ref: Ref): Promise<V>;
  /** What of the value only a change of the resource changes: without ids and times that AWS assigns. */
  steady?(value: unknown): unknown;
  /** The facet of another type that this one shows: its change is a change of each borrower. */
  readonly borrowedFrom?: readonly Lender[];
}
export interface Lender {
  readonly type: string;
  readonly facet: string;
  /** Whether a listed resource borrows from this lender; all of them where it is not given. */
  readonly isBorrowedBy?: (lenderId: string, listed: Listed) => boolean;
}
export type Value<F> = F extends { read(...args: never[]): Promise<infer V> }
  ? F extends { readonly absent: readonly string[] }
    ? V | undefined
    : V
  : never;
export type Facets = Readonly<Record<string, Facet>>;

/** What a finding says of the resource beside its verdict. */
export interface About {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** `created` and `deleted` are hints; else the facets that can have changed. */
export type Effect<F extends string = string> = 'created' | 'deleted' | readonly F[];

/** The part of a CloudTrail record, or of a service event's detail, that says which resource changed. */
export interface EventDetail {
  readonly eventName?: string;
  readonly requestParameters?: unknown;
  readonly responseElements?: unknown;
  readonly [key: string]: unknown;
}

/** Ids of the resources that an event names; `all` where it cannot say which: the type is then swept. */
export type IdsIn = (detail: EventDetail, account: string) => readonly string[] | 'all';

export type Announcement<F extends string = string> =
  | {
      readonly via: 'cloudtrail';
      /** `any` where AWS does not say which service CloudTrail names: the call is then told by its name alone. */
      readonly source: `${string}.amazonaws.com` | 'any';
      /** Event names exactly as CloudTrail writes them. */
      readonly calls: Readonly<Record<string, Effect<F>>>;
      readonly idsIn: IdsIn;
    }
  | {
      readonly via: 'service';
      readonly source: `aws.${string}`;
      readonly detailType: string;
      readonly effect: Effect<F>;
      readonly idsIn: IdsIn;
    };

/** One resource as a listing shows it, with the facets that the listing already gives. */
export interface Listed<V = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly facets?: V;
}
export interface Page<V = Readonly<Record<string, unknown>>> {
  readonly resources: readonly Listed<V>[];
  /** Continues the listing; absent on the last page. */
  readonly next?: string;
}

export interface ResourceType<F extends Facets = Facets> {
  /** CloudFormation's name, or an open one of ours. */
  readonly type: `AWS::${string}::${string}` | `Plumbline::${string}` | `Host::${string}`;
  readonly scope: 'regional' | 'global' | 'account';
  /** The resource type that a Security Hub finding gives it. */
  readonly securityHubType: string;
  /** AWS error codes that mean that the resource itself is gone. */
  readonly gone: readonly string[];
  /** Seconds after which a read is trusted to show a change: it is judged again then. */
  readonly settlesAfterSeconds: number;
  /** A state that AWS is still changing: judged again until it is over. */
  readonly unsettled?: {
    readonly facet: keyof F & string;
    while(value: unknown): boolean;
  };
  readonly announcements: readonly Announcement<keyof F & string>[];
  /** AWS takes the ids in any case: they are kept in lower case, or one resource would have two rows. */
  readonly ignoresCase?: true;
  /** Which field of an AWS Config item holds our id; absent where Config does not record the type. */
  readonly configurationItem?: 'resourceId' | 'resourceName' | 'ARN';
  /** The ARN where it follows from the reference alone; else `about` is read for it. */
  arn?(ref: Ref): string;
  readonly list: {
    readonly actions: readonly IamAction[];
    page(
      reader: Reader,
      token: string | undefined,
    ): Promise<Page<{ readonly [K in keyof F]?: Value<F[K]> }>>;
  };
  /** ARN and tags: read for a FAIL, and where the ARN is not known. */
  readonly about: Facet<About>;
  readonly facets: F;
}
/** A resource type whose facets are not known by name; what the engine works with. */
export interface AnyResourceType
  extends Omit<ResourceType, 'announcements' | 'list' | 'unsettled'> {
  readonly unsettled?: { readonly facet: string; while(value: unknown): boolean };
  readonly announcements: readonly Announcement[];
  readonly list: {
    readonly actions: readonly IamAction[];
    page(reader: Reader, token: string | undefined): Promise<Page>;
  };
}
export const defineResourceType = <const F extends Facets>(type: ResourceType<F>) => type;

/** Where the state departs from what must hold; values are JSON and never secrets. */
export interface Evidence {
  readonly path: string;
  readonly actual: unknown;
  readonly expected: unknown;
}
export type Verdict =
  | { readonly status: 'PASS'; readonly recheckAt?: Date }
  | {
      readonly status: 'FAIL';
      readonly reason: string;
      readonly evidence: readonly Evidence[];
      readonly recheckAt?: Date;
    }
  | { readonly status: 'NOT_APPLICABLE'; readonly reason: string }
  | { readonly status: 'UNKNOWN'; readonly reason: string };

export const pass: Verdict = { status: 'PASS' };
/** Passes until time alone can change the verdict. */
export const passUntil = (recheckAt: Date | undefined): Verdict =>
  recheckAt ? { status: 'PASS', recheckAt } : pass;
export const fail = (reason: string, evidence: readonly Evidence[]): Verdict => ({
  status: 'FAIL',
  reason,
  evidence,
});
export const notApplicable = (reason: string): Verdict => ({ status: 'NOT_APPLICABLE', reason });
export const unknown = (reason: string): Verdict => ({ status: 'UNKNOWN', reason });

export type Snapshot<R extends AnyResourceType, Need extends string> = {
  readonly [F in Need]: R extends AnyResourceType
    ? F extends keyof R['facets']
      ? Value<R['facets'][F]>
      : never
    : never;
};
export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type Settings<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};
export interface Context<P extends Parameters> {
  readonly ref: Ref;
  readonly parameters: Settings<P>;
  /** When the snapshot was read. */
  readonly at: Date;
}
export type Severity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
export type ControlId = `${string}.${number}` | `PL.${string}.${number}`;

/** What a plan is made in: `arn` is the resource's. */
export interface PlanContext<P extends Parameters> extends Context<P> {
  readonly arn: string;
}
interface Advice {
  /** What a person does to make it pass, in at most 400 characters. */
  readonly advice: string;
  /** Where it is explained; Security Hub's page of the control where it is not given. */
  readonly url?: string;
}
interface Planned<State, Extra extends string, P extends Parameters> {
  /** Facets that the plan needs beside those of the verdict; read in the same batch. */
  readonly needs?: readonly Extra[];
  /** What its calls and their undo take. */
  readonly grants: readonly Grant<State>[];
  /** Only asked for a FAIL; from the state just read, undo computed together with the calls. */
  plan(state: State, context: PlanContext<P>): Plan;
}
interface Shared<State, P extends Parameters, Part> {
  readonly joint: Joint<never, Part>;
  /** What this control asks of the joint plan; only asked for a FAIL. */
  part(state: State, context: PlanContext<P>): Part;
}

interface Definition<
  State,
  Need extends string,
  P extends Parameters,
  Full,
  Extra extends string,
  Part,
> {
  /** Security Hub's id where the meaning is the same (`S3.8`), else `PL.<area>.<n>`. */
  readonly id: ControlId;
  /** What must hold, in one sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, in one sentence. */
  readonly rationale: string;
  readonly standards: Standards;
  /** What it answers beside them, as a finding says it: `Lynis/SSH-7408`. */
  readonly requirements?: readonly string[];
  /** A FAIL means that the resource can be reached or used from outside, by anybody. */
  readonly exposes?: true;
  readonly needs: readonly Need[];
  readonly parameters?: P;
  evaluate(snapshot: State, context: Context<P>): Verdict;
  readonly remediation: Advice & (Planned<Full, Extra, P> | Shared<State, P, Part> | Unplanned);
}
interface Unplanned {
  readonly plan?: never;
  readonly joint?: never;
}
type State = Readonly<Record<string, unknown>>;
/** What the engine knows of a control's remediation. */
export interface Remediation extends Advice {
  readonly needs?: readonly string[];
  readonly grants?: readonly Grant<State>[];
  plan?(state: State, context: PlanContext<Parameters>): Plan;
  readonly joint?: Joint<State, unknown>;
  part?(state: State, context: PlanContext<Parameters>): unknown;
}
/** A control whose facets are not known by name; what the engine works with. */
export interface Control
  extends Omit<
    Definition<never, string, Parameters, never, string, never>,
    'evaluate' | 'remediation'
  > {
  /** The types it judges; a facet that it needs has the same name in each. */
  readonly resources: readonly AnyResourceType[];
  evaluate(snapshot: State, context: Context<Parameters>): Verdict;
  readonly remediation: Remediation;
}

// biome-ignore lint/complexity/noBannedTypes: the parameters of a control that has none
type None = {};

/** Checks at compile time that a control reads only the facets that it needs, from each type that it judges. */
export const defineControl = <
  const R extends AnyResourceType,
  const Need extends keyof R['facets'] & string,
  const P extends Parameters = None,
  const Extra extends keyof R['facets'] & string = never,
  Part = never,
>(
  resource: R | readonly R[],
  control: Definition<Snapshot<R, Need>, Need, P, Snapshot<R, Need | Extra>, Extra, Part>,
) => ({ ...control, resources: Array.isArray(resource) ? resource : [resource] });

/** Checks at compile time that a joint plan reads only the facets that it needs. */
export const defineJoint = <
  const R extends AnyResourceType,
  const Need extends keyof R['facets'] & string,
  Part,
>(
  _resource: R,
  joint: Omit<Joint<Snapshot<R, Need>, Part>, 'needs'> & { readonly needs: readonly Need[] },
): Joint<never, Part> => joint;
