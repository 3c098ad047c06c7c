import { baselinesOf } from '../../engine/baseline/baseline-away.ts';
import { UserError } from '../../support/user-error.ts';
import type { EvaluateAll } from '../evaluate-all.ts';
import type { AccountRead } from './accounts-to-read.ts';

type Asked = Pick<EvaluateAll, 'subjects' | 'baseline'>;

/** What is asked for, as it counts in an account that is entered: by its own baseline, without what that turns off. */
export const askedIn = <A extends Asked>(
  asked: A,
  as: AccountRead,
): A & { readonly as: AccountRead } => {
  const baseline = baselinesOf(asked.baseline, as.hub)(as.account);
  const subjects = asked.subjects
    .map(({ type, controls }) => ({
      type,
      controls: controls.filter(({ id }) => Object.hasOwn(baseline.controls, id)),
    }))
    .filter(({ controls }) => controls.length > 0);
  if (subjects.length === 0 && asked.subjects.length > 0)
    throw new UserError(
      `the baseline turns off in account ${as.account} whatever is asked for: leave the account out, or name another control`,
    );
  return { ...asked, as, baseline, subjects };
};
