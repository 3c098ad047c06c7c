import { evaluateStatements } from '../../analysis/policies/evaluate-statements.ts';
import { writtenStatements } from '../../analysis/policies/policy-closing.ts';
import { parsePolicy, type Statement } from '../../analysis/policies/policy-document.ts';
import {
  defineControl,
  fail,
  type Plan,
  pass,
  propose,
  type Snapshot,
} from '../../model/control.ts';
import { policyText } from '../../model/read-policy.ts';
import type { Ref } from '../../model/resource-type.ts';
import { lambdaFunction } from '../../resources/lambda/lambda-function.ts';
import {
  givingBack,
  isForVisitors,
  openPermissions,
  qualifierIn,
  takingAway,
} from './shared/permissions.ts';

const evidenceOf = ({ path, principals }: Statement, expected: string) => ({
  path: `policy.${path}.${principals?.not ? 'NotPrincipal' : 'Principal'}`,
  actual: principals?.list.map(({ kind, id }) => `${kind}: ${id}`) ?? null,
  expected,
});

/** Takes the open permissions away; each is given by a call of its own, by which it can be given back. */
const planTaking = (
  policy: string,
  url: Snapshot<typeof lambdaFunction, 'url'>['url'],
  { id, account }: Ref,
): Plan => {
  const parsed = parsePolicy(policy);
  if ('unreadable' in parsed) return propose('the policy cannot be made out');
  const { toAnybody, toAnyBucket } = openPermissions(parsed.statements, account);
  const written = writtenStatements(policy);
  const hasOpenUrl = url.some(({ alias, authType }) => !alias && authType === 'NONE');
  const steps = toAnybody.map((statement) => {
    const fields = written[parsed.statements.indexOf(statement)] ?? {};
    return {
      take: takingAway(id, fields, statement),
      restore: givingBack(id, fields, statement),
      isForVisitors: isForVisitors(fields) && hasOpenUrl,
      isQualified: qualifierIn(fields) !== undefined,
    };
  });
  const calls = steps.flatMap(({ take = [] }) => take);
  const restores = steps.flatMap(({ restore = [] }) => restore);
  if (toAnyBucket.length > 0)
    return propose('S3 needs its permission anew, with the account of the bucket', calls);
  if (steps.some(({ isQualified }) => isQualified))
    return propose(
      'a permission of a version or an alias is taken away by whoever knows its use',
      calls,
    );
  if (calls.length < steps.length || restores.length < steps.length)
    return propose('a permission could not be given back as it is', calls);
  return {
    kind: 'calls',
    risk: steps.some((step) => step.isForVisitors) ? 'disruptive' : 'safe',
    summary: 'takes away what lets anybody use the function',
    calls,
    undo: { calls: restores.reverse(), widensAccess: true },
  };
};

export const functionPolicyIsNotPublic = defineControl(lambdaFunction, {
  id: 'Lambda.1',
  title: 'Lambda function policies should prohibit public access',
  severity: 'CRITICAL',
  rationale:
    'Whoever may invoke a function has it work for him with all that its role may do, at your cost.',
  standards: {
    'fsbp-1.0.0': ['Lambda.1'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)'],
      ...['SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': [
      ...['1.2.8', '1.3.1', '1.3.2', '1.4.2', '1.5.1', '10.3.2', '11.3.1.3', '11.5.2', '3.5.1.3'],
      ...['A1.1.2', 'A1.1.3', 'A3.4.1'],
    ],
  },
  exposes: true,
  needs: ['policy'],
  evaluate: ({ policy }, { ref }) =>
    evaluateStatements(policy, (statements) => {
      const { toAnybody, toAnyBucket } = openPermissions(statements, ref.account);
      if (toAnybody.length + toAnyBucket.length === 0) return pass;
      return fail(
        toAnybody.length > 0
          ? 'the policy lets anybody use the function'
          : 'the policy lets S3 invoke the function whoever’s bucket it acts for',
        [
          ...toAnybody.map((one) =>
            evidenceOf(one, 'fixed principals, or a condition that holds callers to fixed values'),
          ),
          ...toAnyBucket.map((one) => evidenceOf(one, 'a condition on aws:SourceAccount')),
        ],
      );
    }),
  remediation: {
    advice:
      'Remove the permission, and give it anew to the accounts, roles and services that use the function; S3 with the account of the bucket (--source-account). Of a function with a URL, ask for IAM authentication, or put CloudFront with origin access control before it.',
    needs: ['url'],
    grants: [
      { actions: ['lambda:AddPermission', 'lambda:RemovePermission'], on: ({ arn }) => [arn] },
    ],
    plan: ({ policy, url }, { ref }) => planTaking(policyText(policy) ?? '{}', url, ref),
  },
});
