import { fail, pass, type Verdict } from '../control.ts';

/** Fails where an identity has this policy of AWS's, in whatever partition. */
export const judgeAttached = (
  attached: readonly { readonly arn: string }[],
  name: string,
): Verdict => {
  const found = attached.find(({ arn }) => arn.endsWith(`:iam::aws:policy/${name}`));
  if (!found) return pass;
  return fail(`${name} is attached`, [
    { path: 'attachedPolicies', actual: found.arn, expected: null },
  ]);
};
