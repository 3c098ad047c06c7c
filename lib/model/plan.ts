import type { IamAction, Input, Operation, Service } from './calls.ts';
import type { Ref } from './resource-type.ts';

/** One API call as plain JSON: shown, stored, granted, carried out; `lib/aws` alone makes it. */
export interface Call {
  readonly service: Service;
  readonly operation: string;
  readonly input: object;
  /** AWS error codes that mean that it is so already: `InvalidPermission.Duplicate`. */
  readonly tolerates?: readonly string[];
}

/** A call that the compiler has checked against the SDK: service, operation and input. */
export const call = <S extends Service, O extends Operation<S>>(
  service: S,
  operation: O,
  input: Input<S, O>,
  tolerates?: readonly string[],
): Call => ({ service, operation, input, ...(tolerates ? { tolerates } : {}) });

/**
 * - `safe`: nobody who uses the resource in a way that the control allows can notice, nothing restarts, no new cost
 * - `disruptive`: restarts, costs, slows down, or cannot be taken back
 * - `destructive`: loses data; never runs by itself
 */
export type Risk = 'safe' | 'disruptive' | 'destructive';

/** What takes a plan back; a person confirms each. `widensAccess`: who could not reach the resource can then. */
export type Undo =
  | { readonly calls: readonly Call[]; readonly widensAccess: boolean }
  | { readonly impossible: string };

/** The API calls that make a control pass, in order, with those that take them back; or a proposal for a person. */
export type Plan =
  | {
      readonly kind: 'calls';
      readonly risk: Risk;
      /** What it does, in one sentence without a subject: "turns on the four blocks of the bucket". */
      readonly summary: string;
      readonly calls: readonly Call[];
      readonly undo: Undo;
    }
  | {
      readonly kind: 'proposal';
      /** Why it is left to a person. */
      readonly why: string;
      /** What a person could call, where that can be said. */
      readonly calls?: readonly Call[];
    };

/** Never carried out by itself: `why` says what stands against it. */
export const propose = (why: string, calls?: readonly Call[]): Plan => ({
  kind: 'proposal',
  why,
  ...(calls ? { calls } : {}),
});

/** What a plan's calls and undo may do: these actions, on these resources. */
export interface Grant<State = never> {
  readonly actions: readonly IamAction[];
  /** ARNs, as narrow as IAM allows; `arn` is the resource's own, `parameters` are a single control's. */
  on(
    place: {
      readonly ref: Ref;
      readonly arn: string;
      readonly parameters?: Readonly<Record<string, unknown>>;
    },
    state: State,
  ): readonly string[];
}

/**
 * Plans for a whole resource what several of its controls ask for together. Each control gives its `part`; parts of
 * controls that may not be remediated now are left out, and what they ask for stays as it is.
 */
export interface CombinedRemediation<State = never, Part = never> {
  /** What is planned together: `securityGroupRules`. */
  readonly name: string;
  /** Facets of the resource that the plan needs. */
  readonly needs: readonly string[];
  readonly grants: readonly Grant<State>[];
  plan(
    state: State,
    parts: readonly Part[],
    place: { readonly ref: Ref; readonly arn: string; readonly at: Date },
  ): Plan | CombinedPlan<Part>;
}

/** A plan for the first part and for the others but those that are `left` to plans of their own. */
export interface CombinedPlan<Part> {
  readonly plan: Plan;
  readonly left: readonly Part[];
}
