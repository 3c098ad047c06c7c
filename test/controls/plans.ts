import { planOf } from '../../lib/engine/remediation/planning.ts';
import { sessionPolicyOf } from '../../lib/engine/remediation/session-policy.ts';
import type { Call, Context, Control, Parameters, Plan, Risk } from '../../lib/model/control.ts';
import { applied } from './apply/index.ts';

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

/** The plan is JSON, its session policy fits, the control passes after its calls, and the undo takes them back. */
export const testPlan = (
  control: Control,
  snapshot: Snapshot,
  context: Context<Parameters>,
  expected: Planned | undefined,
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
  expect(sessionPolicyOf(grants).length).toBeLessThanOrEqual(2048);
  const after = applied(snapshot, plan.calls);
  expect(control.evaluate(after, context)).toMatchObject({
    status: expected.after ?? 'PASS',
  });
  if ('impossible' in plan.undo) return;
  const restored = applied(after, plan.undo.calls);
  expect(steady(control, restored)).toEqual(steady(control, snapshot));
};

/** What of a snapshot only a change of the resource changes. */
const steady = ({ resources: [type] }: Control, snapshot: Snapshot): Snapshot =>
  Object.fromEntries(
    Object.entries(snapshot).map(([name, value]) => {
      const facet = type?.facets[name];
      return [name, facet?.steady ? facet.steady(value) : value];
    }),
  );

const arnOf = ({ resources: [type] }: Control, { ref }: Context<Parameters>): string =>
  type?.arn?.(ref) ?? `arn:aws:service:us-east-1:123456789012:${ref.id}`;
