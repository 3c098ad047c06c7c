import { call, type Grant, type Plan } from '../../../model/control.ts';

/** What setting an attribute takes. */
export const setsAttributes: readonly Grant[] = [
  { actions: ['elasticloadbalancing:ModifyLoadBalancerAttributes'], on: ({ arn }) => [arn] },
];

interface Attribute {
  readonly key: string;
  readonly value: string;
  /** The value that it has, which an undo sets again. */
  readonly before: string;
  readonly risk: 'safe' | 'disruptive';
  readonly summary: string;
}

/** Sets one attribute; those that a call does not name stay as they are. */
export const setAttribute = (
  LoadBalancerArn: string,
  { key: Key, value, before, risk, summary }: Attribute,
): Plan => {
  const set = (Value: string) =>
    call('elbv2', 'modifyLoadBalancerAttributes', {
      LoadBalancerArn,
      Attributes: [{ Key, Value }],
    });
  return {
    kind: 'calls',
    risk,
    summary,
    calls: [set(value)],
    undo: { calls: [set(before)], widensAccess: false },
  };
};
