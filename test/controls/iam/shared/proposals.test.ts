import { credentialsAreUsed } from '../../../../lib/controls/iam/credentials-are-used.ts';
import { inlinePoliciesGrantNoFullAdmin } from '../../../../lib/controls/iam/inline-policies-grant-no-full-admin.ts';
import { passwordExpires } from '../../../../lib/controls/iam/password-expires.ts';
import { policyGrantsNoFullAdmin } from '../../../../lib/controls/iam/policy-grants-no-full-admin.ts';
import { roleIsNotOpenToAnybody } from '../../../../lib/controls/iam/role-is-not-open-to-anybody.ts';
import { supportRoleExists } from '../../../../lib/controls/iam/support-role-exists.ts';
import { userHasNoPolicies } from '../../../../lib/controls/iam/user-has-no-policies.ts';
import { planOf } from '../../../../lib/engine/remediation/planning.ts';
import type { Control, Plan } from '../../../../lib/model/control.ts';
import { defaults, now } from '../../harness.ts';
import { administers } from './identities.ts';
import { policyOf } from './password-policy.ts';
import { allow, trust } from './trust.ts';

const iam = 'arn:aws:iam::123456789012:';
const proposed = (control: Control, state: Readonly<Record<string, unknown>>, arn: string) => {
  const ref = { account: '123456789012', region: 'us-east-1', id: arn.split('/').at(-1) ?? '' };
  const parameters = defaults(control);
  const plan: Plan | undefined = planOf([{ control, parameters }], state, {
    ref,
    arn,
    at: now,
  })?.plan;
  if (plan?.kind !== 'proposal') throw new Error(`no proposal: ${JSON.stringify(plan)}`);
  return (plan.calls ?? []).map(({ operation, input }) => [operation, input]);
};

const admin = { Effect: 'Allow', Action: '*', Resource: '*' };
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const written = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const document = (...Statement: object[]) => encodeURIComponent(written(...Statement));

describe('what a person could call', () => {
  const Arn = `${iam}policy/most`;
  const ask = ['generateServiceLastAccessedDetails', { Arn, Granularity: 'ACTION_LEVEL' }];
  const policy = (versions: readonly string[], ...statements: object[]) =>
    proposed(
      policyGrantsNoFullAdmin,
      { use: {}, versions, defaultVersion: document(...statements) },
      Arn,
    );

  it('makes a version of a policy without its full privileges', () => {
    expect(policy(['v1'], admin, read)).toEqual([
      ask,
      [
        'createPolicyVersion',
        { PolicyArn: Arn, PolicyDocument: written(read), SetAsDefault: true },
      ],
    ]);
  });

  it('makes no version of a policy that would be empty, nor a sixth', () => {
    expect(policy(['v1'], admin)).toEqual([ask]);
    expect(policy(['v1', 'v2', 'v3', 'v4', 'v5'], admin, read)).toEqual([ask]);
  });

  it('sets inline policies without their full privileges, where they hold anything else', () => {
    const arn = `${iam}role/app/orders`;
    const inlinePolicies = [
      { name: 'most', document: document(read, admin) },
      { name: 'all', document: document(admin) },
      { name: 'broken', document: 'no policy' },
    ];
    expect(proposed(inlinePoliciesGrantNoFullAdmin, { inlinePolicies }, arn)).toEqual([
      ['generateServiceLastAccessedDetails', { Arn: arn, Granularity: 'ACTION_LEVEL' }],
      ['putRolePolicy', { RoleName: 'orders', PolicyName: 'most', PolicyDocument: written(read) }],
    ]);
    const reserved = `${iam}role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef`;
    expect(proposed(inlinePoliciesGrantNoFullAdmin, { inlinePolicies }, reserved)).toEqual([]);
  });

  it('detaches a user’s managed policies, and deletes none that stands in the user', () => {
    const attachedPolicies = [{ name: 'a', arn: `${iam}policy/a` }];
    const state = { attachedPolicies, inlinePolicyNames: ['own'] };
    expect(proposed(userHasNoPolicies, state, `${iam}user/alice`)).toEqual([
      ['detachUserPolicy', { UserName: 'alice', PolicyArn: `${iam}policy/a` }],
    ]);
  });

  it('ends an unused password after the keys', () => {
    const createdAt = new Date('2024-01-01T00:00:00Z');
    const key = { id: 'AKIAIOSFODNN7EXAMPLE', isActive: true, createdAt, lastUsedAt: undefined };
    const state = {
      loginProfile: { createdAt },
      passwordLastUsedAt: undefined,
      accessKeyUse: [key],
      privileges: [],
    };
    expect(proposed(credentialsAreUsed, state, `${iam}user/alice`)).toEqual([
      ['updateAccessKey', { UserName: 'alice', AccessKeyId: key.id, Status: 'Inactive' }],
      ['deleteLoginProfile', { UserName: 'alice' }],
    ]);
  });

  it('sets what is only doubted as it would be set', () => {
    const hard = policyOf({ HardExpiry: true });
    expect(proposed(passwordExpires, hard, `${iam}root`)).toMatchObject([
      ['updateAccountPasswordPolicy', { HardExpiry: true, MaxPasswordAge: 90 }],
    ]);
    const open = { path: '/', privileges: administers, ...trust(allow('*')) };
    expect(proposed(roleIsNotOpenToAnybody, open, `${iam}role/admin`)).toMatchObject([
      ['updateAssumeRolePolicy', { RoleName: 'admin' }],
    ]);
  });

  it('makes a support role that the account may assume', () => {
    expect(proposed(supportRoleExists, { supportAccess: [] }, `${iam}root`)).toMatchObject([
      ['createRole', { AssumeRolePolicyDocument: expect.stringContaining(`"${iam}root"`) }],
      ['attachRolePolicy', { PolicyArn: 'arn:aws:iam::aws:policy/AWSSupportAccess' }],
    ]);
  });
});
