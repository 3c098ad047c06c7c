import fc from 'fast-check';
import { roleIsNotOpenToAnybody } from '../../../../lib/controls/iam/role-is-not-open-to-anybody.ts';
import { roleTrustsKnownAccounts } from '../../../../lib/controls/iam/role-trusts-known-accounts.ts';
import { planOf } from '../../../../lib/engine/remediation/planning.ts';
import type { Control, Plan } from '../../../../lib/model/control.ts';
import { trustPolicies } from '../../../analysis/policies/policy-arbitraries.ts';
import {
  type Caller,
  isAllowed,
  type RawStatement,
} from '../../../analysis/policies/policy-evaluation.ts';
import { untrustedCallers } from '../../../analysis/policies/untrusted-principals.ts';
import { runs } from '../../../extent.ts';
import { now } from '../../harness.ts';

const account = '123456789012';
const ref = { account, region: 'us-east-1', id: 'orders' };
const arn = `arn:aws:iam::${account}:role/app/orders`;
const known = { guestActions: [], trustedAccounts: [], trustedOrganizations: ['o-mine123456'] };
const context = { ref, parameters: known, at: now };
const place = { ref, arn, at: now };

const member = (of: string): Caller => {
  const role = `arn:aws:iam::${of}:role/deploy`;
  return {
    ids: [of, `arn:aws:iam::${of}:root`, role],
    context: {
      'aws:principalarn': [role],
      'aws:principalaccount': [of],
      'aws:principalorgid': ['o-mine123456'],
      'aws:principalisawsservice': ['false'],
      'aws:sourceip': ['203.0.113.9'],
    },
  };
};
const signing = untrustedCallers.filter(({ ids }) => ids.length > 0);
const everyone = [...signing, member(account), member('111122223333'), member('444455556666')];
const getsIn = (policy: readonly RawStatement[]) => (caller: Caller) =>
  isAllowed(policy, { caller, action: 'sts:AssumeRole', resource: '' });

const planFor = (control: Control, state: ReturnType<typeof stateOf>) => {
  const plan = planOf([{ control, parameters: known }], state, place)?.plan;
  if (!plan) throw new Error('nothing was planned');
  return plan;
};
/** The statements that a plan sets; none where it is a proposal. */
const setBy = (plan: Plan): readonly RawStatement[] | undefined => {
  if (plan.kind !== 'calls') return undefined;
  return JSON.parse(Reflect.get(Object(plan.calls[0]).input, 'PolicyDocument')).Statement;
};
const stateOf = (Statement: readonly RawStatement[]) => ({
  path: '/app/',
  privileges: [],
  guestPrivileges: undefined,
  trustPolicy: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement })),
});

describe.each([roleIsNotOpenToAnybody, roleTrustsKnownAccounts])(
  'a trust policy by $id',
  (control) => {
    const failing = trustPolicies.filter(
      (policy) => control.evaluate(stateOf(policy), context).status === 'FAIL',
    );
    const planned = (policy: readonly RawStatement[]) => setBy(planFor(control, stateOf(policy)));

    it('is narrowed in some cases and proposed in others', () => {
      const plans = fc.sample(failing, 200).map((policy) => planned(policy) === undefined);
      expect(new Set(plans).size).toBe(2);
    });

    it('lets nobody in who could not get in, and passes then', () => {
      fc.assert(
        fc.property(failing, (policy) => {
          const after = planned(policy);
          fc.pre(after !== undefined);
          expect(control.evaluate(stateOf(after), context)).toEqual({ status: 'PASS' });
          for (const caller of everyone.filter(getsIn(after)))
            expect(getsIn(policy)(caller)).toBe(true);
          expect(signing.filter(getsIn(after))).toEqual([]);
        }),
        runs(334),
      );
    });
  },
);

describe('a narrowed trust policy', () => {
  it('keeps what no control forbids, as it is written', () => {
    const kept = {
      Sid: 'Own',
      Effect: 'Deny',
      Principal: { AWS: ['1'.repeat(12)] },
      Action: 'sts:TagSession',
    } as const;
    const shared = {
      Effect: 'Allow',
      Principal: { AWS: [account, '*'], Service: 'ec2.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Sid: 'Shared',
    } as const;
    const open = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } as const;
    const plan = planFor(roleIsNotOpenToAnybody, stateOf([kept, shared, open]));
    expect(setBy(plan)).toEqual([
      kept,
      { ...shared, Principal: { AWS: [account], Service: 'ec2.amazonaws.com' } },
      { ...open, Condition: { StringEquals: { 'aws:PrincipalAccount': account } } },
    ]);
  });

  it('is set back to the very text that it had', () => {
    const { trustPolicy, ...state } = stateOf([
      { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
    ]);
    const spaced = encodeURIComponent(decodeURIComponent(trustPolicy).replaceAll(',', ' , '));
    const plan = planFor(roleIsNotOpenToAnybody, { ...state, trustPolicy: spaced });
    expect(plan).toMatchObject({
      undo: {
        calls: [{ input: { RoleName: 'orders', PolicyDocument: decodeURIComponent(spaced) } }],
      },
    });
  });
});
