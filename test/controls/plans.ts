import type { Action } from '../../lib/engine/remediation/action.ts';
import { derivedFrom, whyBeyond, whyNotDerived } from '../../lib/engine/remediation/derivation.ts';
import { imageOf } from '../../lib/engine/remediation/outcome.ts';
import { planOf } from '../../lib/engine/remediation/planning.ts';
import { sessionPolicyOf } from '../../lib/engine/remediation/session-policy.ts';
import type { DecodedCall } from '../../lib/local/endpoint/call.ts';
import { actionOf } from '../../lib/local/iam/iam-actions.ts';
import type { Call, Context, Control, Parameters, Plan, Risk } from '../../lib/model/control.ts';
import { decode, encode } from '../../lib/support/wire.ts';
import { applied, type EffectsByService } from './apply/applied.ts';

/** What a row expects of the plan of its FAIL. */
export type Planned =
  | {
      readonly risk: Risk;
      /** The calls in order, `s3.putBucketPolicy`, all of them. */
      readonly calls: readonly string[];
      readonly summary?: RegExp;
      /** Of the first call's input, or of each, where the row is about what is sent. */
      readonly input?: object | readonly object[];
      /** Undo cannot be, or opens what was closed. */
      readonly undo?: 'impossible' | 'widens';
      /** Where the verdict is still not known once what fails is put right. */
      readonly after?: 'UNKNOWN';
    }
  | { readonly proposal: RegExp };

type Snapshot = Readonly<Record<string, unknown>>;

const nameOf = ({ service, operation }: Call): string => `${service}.${operation}`;

const expectCalls = (
  plan: Extract<Plan, { kind: 'calls' }>,
  expected: Exclude<Planned, { proposal: RegExp }>,
) => {
  expect(plan.calls.map(nameOf)).toEqual(expected.calls);
  expect(plan.risk).toBe(expected.risk);
  expect(plan.summary).toMatch(expected.summary ?? /^[a-z].*[^.]$/);
  const inputs = expected.input === undefined ? [] : [expected.input].flat();
  for (const [index, input] of inputs.entries()) {
    expect(plan.calls[index]?.input).toMatchObject(input);
  }
  const undo = 'impossible' in plan.undo ? 'impossible' : plan.undo.widensAccess && 'widens';
  expect(undo || undefined).toBe(expected.undo);
  // What cannot be taken back is never safe.
  if (undo === 'impossible') expect(plan.risk).not.toBe('safe');
};

/** An action that the ledger keeps of it is planned again from its before-image, and each call is one that it may make. */
const expectDerived = (
  { controls, plan, grants }: ReturnType<typeof planOf> & object,
  snapshot: Snapshot,
  { ref, arn, at, parameters }: Context<Parameters> & { readonly arn: string },
  control: Control,
) => {
  const kept: Action = {
    id: 'pl-00000000000000000000',
    type: control.resources[0]?.type ?? '',
    ref,
    arn,
    controls,
    plan,
    grants,
    basis: { at: at.toISOString(), parameters: { [control.id]: parameters } },
    before: imageOf(snapshot),
    askedBy: { kind: 'drift' },
    state: 'ACTING',
    driftedBy: [],
    startedAt: at.toISOString(),
    calls: [],
  };
  const read = decode(encode(kept)) as Action;
  expect(whyNotDerived(read, derivedFrom(read, [control]))).toBeUndefined();
  expect(whyBeyond(read.grants ?? [], ref.account)).toBeUndefined();
  if (plan.kind !== 'calls') return;
  const undo = 'calls' in plan.undo ? plan.undo.calls : [];
  for (const { service, operation } of [...plan.calls, ...undo]) {
    const name = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
    expect(grants.flatMap(({ actions }) => actions)).toContain(
      actionOf({ service: service as DecodedCall['service'], operation: name }),
    );
  }
};

/** The plan is JSON, its session policy fits, the control passes after its calls, and the undo takes them back. */
export const testPlan = (
  control: Control,
  snapshot: Snapshot,
  context: Context<Parameters>,
  expected: Planned | undefined,
  effects: EffectsByService = {},
): void => {
  if (!expected) throw new Error('the row does not say what its plan is');
  const place = { ref: context.ref, arn: arnOf(control, context), at: context.at };
  const planned = planOf([{ control, parameters: context.parameters }], snapshot, place);
  if (!planned) throw new Error('nothing was planned');
  const { plan, grants } = planned;
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  if ('proposal' in expected) {
    expect(plan).toMatchObject({ kind: 'proposal', why: expect.stringMatching(expected.proposal) });
    return;
  }
  if (plan.kind !== 'calls') throw new Error(`only proposed: ${plan.why}`);
  expectCalls(plan, expected);
  expectDerived(planned, snapshot, { ...place, parameters: context.parameters }, control);
  expect(sessionPolicyOf(grants).length).toBeLessThanOrEqual(2048);
  const after = applied(snapshot, plan.calls, effects);
  expect(control.evaluate(after, context)).toMatchObject({
    status: expected.after ?? 'PASS',
  });
  if ('impossible' in plan.undo) return;
  const restored = applied(after, plan.undo.calls, effects);
  expect(comparable(control, restored)).toEqual(comparable(control, snapshot));
};

/** What of a snapshot only a change of the resource changes. */
const comparable = ({ resources: [type] }: Control, snapshot: Snapshot): Snapshot =>
  Object.fromEntries(
    Object.entries(snapshot).map(([name, value]) => {
      const facet = type?.facets[name];
      return [name, facet?.comparable ? facet.comparable(value) : value];
    }),
  );

const arnOf = ({ resources: [type] }: Control, { ref }: Context<Parameters>): string =>
  type?.arn?.(ref) ?? `arn:aws:service:us-east-1:123456789012:${ref.id}`;
