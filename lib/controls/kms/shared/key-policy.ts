import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { coversAction } from '../../../analysis/policies/policy-matching.ts';
import { call } from '../../../model/control.ts';

/** Whether a statement lets the account as a whole change the policy, so that nobody is locked out. */
const administers = (statement: Statement, account: string): boolean =>
  statement.effect === 'Allow' &&
  statement.conditions.length === 0 &&
  statement.principals?.not === false &&
  statement.principals.list.some(
    ({ kind, id }) =>
      kind === 'AWS' && (id === account || new RegExp(`^arn:[^:]+:iam::${account}:root$`).test(id)),
  ) &&
  coversAction(statement, 'kms:PutKeyPolicy');

/** A key has one policy, called "default"; KMS refuses one that would lock out whoever writes it, unless told not to. */
export const keyPolicy: PolicyWriter = {
  service: 'kms',
  put: ({ ref: { id } }, Policy) =>
    call('kms', 'putKeyPolicy', { KeyId: id, PolicyName: 'default', Policy }),
  // https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
  mostBytes: 32 * 1024,
  // Whoever decrypts with the key from another account loses what is encrypted with it.
  risk: 'disruptive',
  refuses: (after, { ref: { account } }) => {
    if ('unreadable' in after) return after.unreadable;
    return after.statements.some((statement) => administers(statement, account))
      ? undefined
      : 'no statement of the policy lets the account itself administer the key, and nobody could change it any more';
  },
};
