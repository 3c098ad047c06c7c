import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { coversAction, matchesSomeBelow } from '../../../analysis/policies/policy-matching.ts';
import { partitionOf } from '../../../services/partition.ts';
import { patternSet } from '../../../support/pattern-sets.ts';

// The actions that Security Hub has iam-customer-policy-blocked-kms-actions look for.
const decrypting = ['kms:Decrypt', 'kms:ReEncryptFrom'];

const coversEveryKey = (
  { resources: { not, patterns } }: Statement,
  partition: string,
  account: string,
): boolean =>
  not
    ? !patterns.some((pattern) => matchesSomeBelow(pattern, `arn:${partition}:kms:`))
    : patternSet(patterns).covers(`arn:${partition}:kms:?*:${account}:key/?*`, true);

/** The statements that allow decrypting with every key of the account; conditions are not weighed, as the rule does not. */
export const decryptingStatements =
  ({ region, account }: { readonly region: string; readonly account: string }) =>
  (statements: readonly Statement[]): readonly Statement[] =>
    statements.filter(
      (one) =>
        one.effect === 'Allow' &&
        decrypting.some((action) => coversAction(one, action)) &&
        coversEveryKey(one, partitionOf(region), account),
    );

export const decryptionAdvice =
  'Name the keys that are needed in the resources, by their ARNs. Where a service decrypts on behalf of the caller, its key can be found in the settings of what it reads.';
