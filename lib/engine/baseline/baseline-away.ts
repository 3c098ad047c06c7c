import type { Baseline, Enabled } from './baseline.ts';
import type { AccountSetting } from './baseline-accounts.ts';
import { countsIn } from './exemption.ts';

const named = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;

/** Whoever governs an account is known there. */
const knowing = (parameters: Enabled['parameters'], hub: string): Enabled['parameters'] => {
  const trusted = named(parameters['trustedAccounts']);
  return trusted && !trusted.includes(hub)
    ? { ...parameters, trustedAccounts: [...trusted, hub] }
    : parameters;
};

/** What differs between accounts. */
type Varying = Pick<
  Baseline,
  'accountControls' | 'controls' | 'exemptions' | 'exemptionsElsewhere' | 'remediatedAccounts'
>;

/** What counts of a control in an account: what is said nearest to it. */
const nearest = (enabled: Enabled, said: AccountSetting = {}): Enabled => ({
  mode: said.mode ?? enabled.mode,
  backlog: said.backlog ?? enabled.backlog,
  risk: said.risk ?? enabled.risk,
  parameters: { ...enabled.parameters, ...said.parameters },
});

/**
 * What counts in another account than that where Plumbline stands. Where nothing may be changed, what would be put right is
 * only planned; an exemption counts that says the account, or whose ARN does.
 * @param hub the account where Plumbline stands, which the roles that it reads by trust
 */
export const baselineAway = <B extends Varying>(
  baseline: B,
  { hub, account }: { readonly hub: string; readonly account: string },
): B => {
  const isRemediated = baseline.remediatedAccounts?.includes(account) === true;
  const said = baseline.accountControls?.[account] ?? {};
  return {
    ...baseline,
    exemptions: (baseline.exemptionsElsewhere ?? []).filter((one) => countsIn(one, account)),
    controls: Object.fromEntries(
      Object.entries(baseline.controls).flatMap(([id, everywhere]) => {
        if (said[id]?.enabled === false) return [];
        const enabled = nearest(everywhere, said[id]);
        const mode = enabled.mode === 'remediate' && !isRemediated ? 'plan' : enabled.mode;
        return [[id, { ...enabled, mode, parameters: knowing(enabled.parameters, hub) }]];
      }),
    ),
  };
};

/** What counts in an account, made once for each. */
export const baselinesOf = <B extends Varying>(
  baseline: B,
  hub: string,
): ((account: string) => B) => {
  const made = new Map<string, B>([[hub, baseline]]);
  return (account) => {
    const known = made.get(account) ?? baselineAway(baseline, { hub, account });
    made.set(account, known);
    return known;
  };
};
