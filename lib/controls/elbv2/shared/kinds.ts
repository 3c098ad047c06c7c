import { notApplicable, type Verdict } from '../../../model/control.ts';

interface Kinds {
  readonly application: string;
  readonly network: string;
  readonly gateway: string;
  readonly classic: string;
}
/** How load balancers of each kind are called in a sentence. */
const names: Kinds = {
  application: 'an Application Load Balancer',
  network: 'a Network Load Balancer',
  gateway: 'a Gateway Load Balancer',
  classic: 'a Classic Load Balancer',
};

/** Why a control says nothing of a kind that it does not evaluate; `undefined` of one that it does. */
export const outOfScope = (
  kind: string | undefined,
  evaluated: readonly (keyof Kinds)[],
): Verdict | undefined =>
  evaluated.some((one) => one === kind)
    ? undefined
    : notApplicable(
        `it is ${Object.entries(names).find(([one]) => one === kind)?.[1] ?? 'a load balancer of another kind'}`,
      );
