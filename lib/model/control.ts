import type { Denied } from './denied.ts';
import type { Parameter } from './parameters.ts';
import type { Call, CombinedRemediation, Grant, Plan } from './plan.ts';
import type { AnyResourceType, Ref, Value } from './resource-type.ts';
import type { Standards } from './standards.ts';
import type { Withheld } from './withheld.ts';

export type { IamAction, Input, Operation, Output, Sdk, Service } from './calls.ts';
export type { Call, CombinedPlan, CombinedRemediation, Grant, Plan, Risk } from './plan.ts';
export { call, propose } from './plan.ts';

/** Where the state departs from what must hold; values are JSON and never secrets. */
export interface Evidence {
  readonly path: string;
  readonly actual: unknown;
  readonly expected: unknown;
}
interface Unknown {
  readonly status: 'UNKNOWN';
  readonly reason: string;
  /** The resource's own policy denies the read. */
  readonly withheld?: Withheld;
  /** Our own role may not read it. */
  readonly denied?: Denied;
  /** What is missing is no value of what is evaluated: another stack sets it. */
  readonly isOfOthers?: boolean;
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
  | Unknown;

export const pass: Verdict = { status: 'PASS' };
/** Passes until time alone can change the verdict. */
export const passUntil = (recheckAt: Date | undefined): Verdict =>
  recheckAt ? { status: 'PASS', recheckAt } : pass;
export const fail = (reason: string, evidence: readonly Evidence[]): Verdict => ({
  status: 'FAIL',
  reason,
  evidence,
});
/** Fails, and is evaluated again then although nothing announces it. */
export const failUntil = (
  recheckAt: Date | undefined,
  reason: string,
  evidence: readonly Evidence[],
): Verdict => ({
  status: 'FAIL',
  reason,
  evidence,
  ...(recheckAt ? { recheckAt } : {}),
});
export const notApplicable = (reason: string): Verdict => ({ status: 'NOT_APPLICABLE', reason });
export const unknown = (reason: string, withheld?: Withheld): Verdict => ({
  status: 'UNKNOWN',
  reason,
  ...(withheld ? { withheld } : {}),
});
/** On what its source leaves open, such as a template a value that only a deployment knows. */
export const leftOpen = (reason: string, isOfOthers = false): Verdict => ({
  status: 'UNKNOWN',
  reason,
  ...(isOfOthers ? { isOfOthers } : {}),
});

/** What was read of a resource of one of these types; a facet that its type does not have is `undefined`. */
export type Snapshot<R extends AnyResourceType, Need extends string> = {
  readonly [F in Need]: R extends AnyResourceType
    ? F extends keyof R['facets']
      ? Value<R['facets'][F]>
      : undefined
    : never;
};
/** The facets that at least one of these types has. */
type FacetOfAny<R extends AnyResourceType> = R extends AnyResourceType
  ? keyof R['facets'] & string
  : never;
export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type Settings<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};
export interface Context<P extends Parameters> {
  readonly ref: Ref;
  readonly parameters: Settings<P>;
  /** When the snapshot was read. */
  readonly at: Date;
  /** The regions in which resources are evaluated; absent where that is not known. */
  readonly regions?: readonly string[];
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
/** Calls that take out what a plan added, and the facets as they are then. */
export interface TakenOut {
  readonly calls: readonly Call[];
  readonly wanted: Readonly<Record<string, unknown>>;
}
interface Planned<State, Extra extends string, P extends Parameters> {
  /** Facets that the plan needs beside those of the verdict, of the types that have them; read in the same batch. */
  readonly needs?: readonly Extra[];
  /** What its calls and their undo take. */
  readonly grants: readonly Grant<State>[];
  /** Only asked for a FAIL; from the state just read, undo computed together with the calls. */
  plan(state: State, context: PlanContext<P>): Plan;
  /**
   * Takes out what a plan added, from the state that others have changed since: to put back what was there before would
   * undo their work too. `undefined` where ours cannot be told from theirs.
   */
  takeOut?(
    state: State,
    context: PlanContext<P> & { readonly before: Readonly<Record<string, unknown>> },
  ): TakenOut | undefined;
}
interface Shared<State, P extends Parameters, Part> {
  readonly combined: CombinedRemediation<never, Part>;
  /** What this control asks of the combined plan; only asked for a FAIL. */
  part(state: State, context: PlanContext<P>): Part;
}

/** How what a control compares with is made anew. */
export interface Deployment {
  /** The calls that do it: `cloudformation:UpdateStack`. */
  readonly calls: readonly string[];
  /** When it was made last, ISO 8601; `undefined` where that is not known. */
  at(snapshot: State): string | undefined;
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
  /** A FAIL means that a secret stands where it points in a file: no report shows the line. */
  readonly findsSecrets?: true;
  /** Of a FAIL people are told over the topic at once, beside the finding: Plumbline itself may be in other hands. */
  readonly alarms?: true;
  /** It compares with what a deployment says: who deploys is to be one whom the baseline names. */
  readonly deployment?: Deployment;
  /** Of use only where the baseline has a control in the mode `remediate`: elsewhere it is not enabled. */
  readonly onlyWhereRemediating?: true;
  /** Of use only where the baseline names other accounts: elsewhere it is not enabled. */
  readonly onlyWithAccounts?: true;
  readonly needs: readonly Need[];
  readonly parameters?: P;
  evaluate(snapshot: State, context: Context<P>): Verdict;
  readonly remediation: Advice & (Planned<Full, Extra, P> | Shared<State, P, Part> | Unplanned);
}
interface Unplanned {
  readonly plan?: never;
  readonly combined?: never;
}
type State = Readonly<Record<string, unknown>>;
/** What the engine knows of a control's remediation. */
export interface Remediation extends Advice {
  readonly needs?: readonly string[];
  readonly grants?: readonly Grant<State>[];
  plan?(state: State, context: PlanContext<Parameters>): Plan;
  takeOut?(
    state: State,
    context: PlanContext<Parameters> & { readonly before: State },
  ): TakenOut | undefined;
  readonly combined?: CombinedRemediation<State, unknown>;
  part?(state: State, context: PlanContext<Parameters>): unknown;
}
/** A control whose facets are not known by name; what the engine works with. */
export interface Control
  extends Omit<
    Definition<never, string, Parameters, never, string, never>,
    'evaluate' | 'remediation'
  > {
  /** The types it evaluates; a facet that it needs has the same name in each. */
  readonly resources: readonly AnyResourceType[];
  evaluate(snapshot: State, context: Context<Parameters>): Verdict;
  readonly remediation: Remediation;
}

// biome-ignore lint/complexity/noBannedTypes: the parameters of a control that has none
type None = {};

/** Checks at compile time that a control reads only the facets that it needs, from each type that it evaluates. */
export const defineControl = <
  const R extends AnyResourceType,
  const Need extends keyof R['facets'] & string,
  const P extends Parameters = None,
  const Extra extends FacetOfAny<R> = never,
  Part = never,
>(
  resource: R | readonly R[],
  control: Definition<Snapshot<R, Need>, Need, P, Snapshot<R, Need | Extra>, Extra, Part>,
) => ({ ...control, resources: Array.isArray(resource) ? resource : [resource] });

/** Checks at compile time that a combined plan reads only the facets that it needs. */
export const defineCombinedRemediation = <
  const R extends AnyResourceType,
  const Need extends keyof R['facets'] & string,
  Part,
>(
  _resource: R,
  combined: Omit<CombinedRemediation<Snapshot<R, Need>, Part>, 'needs'> & {
    readonly needs: readonly Need[];
  },
): CombinedRemediation<never, Part> => combined;
