import { type Call, type Plan, propose } from '../../../model/control.ts';

interface Setting {
  readonly managedBy: string | undefined;
}

/** What a setting of the account becomes, or a proposal where the organization decides it for its members. */
export const setting = (
  { managedBy }: Setting,
  plan: {
    readonly risk: 'safe' | 'disruptive';
    readonly summary: string;
    readonly call: Call;
    readonly back: Call;
    readonly widensAccess: boolean;
  },
): Plan =>
  managedBy === 'declarative-policy'
    ? propose('a declarative policy of the organization decides it, and the account cannot')
    : {
        kind: 'calls',
        risk: plan.risk,
        summary: plan.summary,
        calls: [plan.call],
        undo: { calls: [plan.back], widensAccess: plan.widensAccess },
      };
