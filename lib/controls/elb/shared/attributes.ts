import { call, type Grant, type Input, type Plan } from '../../../model/control.ts';

type Attributes = NonNullable<
  Input<'elb', 'modifyLoadBalancerAttributes'>['LoadBalancerAttributes']
>;

/** What setting an attribute takes. */
export const setsAttributes: readonly Grant[] = [
  { actions: ['elasticloadbalancing:ModifyLoadBalancerAttributes'], on: ({ arn }) => [arn] },
];

/** Sets attributes; those that a call does not name stay as they are. */
export const setAttributes = (
  LoadBalancerName: string,
  summary: string,
  wanted: Attributes,
  before: Attributes,
): Plan => {
  const set = (LoadBalancerAttributes: Attributes) =>
    call('elb', 'modifyLoadBalancerAttributes', { LoadBalancerName, LoadBalancerAttributes });
  return {
    kind: 'calls',
    risk: 'safe',
    summary,
    calls: [set(wanted)],
    undo: { calls: [set(before)], widensAccess: false },
  };
};
