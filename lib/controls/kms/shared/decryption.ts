import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { coversAction } from '../../../analysis/policies/policy-matching.ts';
import { partitionOf } from '../../../services/partition.ts';
import { patternSet } from '../../../support/pattern-sets.ts';

// The actions that Security Hub has iam-customer-policy-blocked-kms-actions look for.
const decrypting = ['kms:Decrypt', 'kms:ReEncryptFrom'];

/** Ids as keys have them, `8-4-4-4-12`: each place has each hexadecimal digit once, so that no part of all keys has them all. */
const someIds: readonly string[] = Array.from({ length: 16 }, (_, first) =>
  [8, 4, 4, 4, 12]
    .map((length, group) =>
      Array.from({ length }, (_, place) =>
        ((first + 5 * group + 3 * place) % 16).toString(16),
      ).join(''),
    )
    .join('-'),
);

/** What leaves single keys out covers every other one: only what leaves all keys of the account out covers none. */
const coversEveryKey = (
  { resources: { not, patterns } }: Statement,
  partition: string,
  account: string,
): boolean => {
  const keys = `arn:${partition}:kms:?*:${account}:key/`;
  const set = patternSet(patterns);
  return not ? !set.covers(`${keys}?*`) : someIds.every((id) => set.covers(`${keys}${id}`, true));
};

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
