import { notApplicable, type Snapshot, unknown, type Verdict } from '../../../model/control.ts';
import type { secret } from '../../../resources/secretsmanager/secret.ts';

type Shown = Snapshot<typeof secret, 'life' | 'primaryRegion'>;

export const awaitsDeletion = ({ deleted }: Shown['life']): Verdict | undefined =>
  deleted === undefined ? undefined : notApplicable('the secret waits for its deletion');

/** What is said of a secret that is not evaluated; `undefined` of one that is. */
export const unevaluated = (
  { life, primaryRegion }: Shown,
  { regions }: { readonly regions: readonly string[] | undefined },
): Verdict | undefined => {
  const deleted = awaitsDeletion(life);
  if (deleted) return deleted;
  if (primaryRegion === undefined) return undefined;
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
  return regions?.includes(primaryRegion) === false
    ? unknown(`the secret is a replica, and its primary in ${primaryRegion} is not evaluated`)
    : notApplicable(`the secret is a replica, evaluated with its primary in ${primaryRegion}`);
};

export const day = 86_400_000;
