import type { Baseline, Enabled, RemediationLimits } from './baseline.ts';
import type { AccountSetting } from './baseline-accounts.ts';
import { countsIn } from './exemption.ts';
import type { AccountLimits } from './organization.ts';
import { trusting, trustingGoverned } from './trusted-accounts.ts';

/** What differs between accounts. */
type Varying = Pick<
  Baseline,
  | 'accountControls'
  | 'accountLimits'
  | 'accountRegions'
  | 'accounts'
  | 'controls'
  | 'exemptions'
  | 'exemptionsElsewhere'
  | 'remediatedAccounts'
> &
  Partial<Pick<Baseline, 'remediation'>>;

/** The settings of a control in an account: its own where it has any, else those of the baseline. */
const nearest = (enabled: Enabled, said: AccountSetting = {}): Enabled => ({
  mode: said.mode ?? enabled.mode,
  backlog: said.backlog ?? enabled.backlog,
  risk: said.risk ?? enabled.risk,
  parameters: { ...enabled.parameters, ...said.parameters },
});

const stricter = (
  limits: RemediationLimits,
  { holdHours = 0, perHour = Number.POSITIVE_INFINITY, windows }: AccountLimits,
): RemediationLimits => ({
  ...limits,
  holdHours: Math.max(limits.holdHours, holdHours),
  breaker: { ...limits.breaker, perHour: Math.min(limits.breaker.perHour, perHour) },
  ...(windows ? { furtherWindows: windows } : {}),
});

/** Where an account is, and in which region, where what is asked for is of one. */
interface There {
  readonly account: string;
  readonly region?: string | undefined;
}

/**
 * The baseline as it counts in another account than the hub. Where nothing may be changed, `remediate` becomes `plan`. An
 * exemption counts if it names the account, or if its ARN does.
 * @param hub the account where Plumbline stands; the roles that it reads by trust it
 */
export const baselineAway = <B extends Varying>(
  baseline: B,
  { hub, account, region = '' }: There & { readonly hub: string },
): B => {
  const isRemediated = baseline.remediatedAccounts?.includes(account) === true;
  const levels = [
    baseline.accountControls?.[account] ?? {},
    baseline.accountRegions?.[account]?.[region] ?? {},
  ];
  const limits = baseline.accountLimits?.[account];
  // The account that governs another one is known there.
  const known = (parameters: Enabled['parameters']) =>
    trusting(trustingGoverned(parameters, baseline.accounts), [hub]);
  const isOff = (id: string) =>
    levels.findLast((level) => level[id]?.enabled !== undefined)?.[id]?.enabled === false;
  return {
    ...baseline,
    ...(limits && baseline.remediation
      ? { remediation: stricter(baseline.remediation, limits) }
      : {}),
    exemptions: (baseline.exemptionsElsewhere ?? []).filter((one) => countsIn(one, account)),
    controls: Object.fromEntries(
      Object.entries(baseline.controls).flatMap(([id, everywhere]) => {
        if (isOff(id)) return [];
        const enabled = levels.reduce((far, level) => nearest(far, level[id]), everywhere);
        const mode = enabled.mode === 'remediate' && !isRemediated ? 'plan' : enabled.mode;
        return [[id, { ...enabled, mode, parameters: known(enabled.parameters) }]];
      }),
    ),
  };
};

/** What counts in an account, and in a region of it, made once for each. */
export const baselinesOf = <B extends Varying>(
  baseline: B,
  hub: string,
): ((account: string, region?: string) => B) => {
  const made = new Map<string, B>();
  return (account, region) => {
    if (account === hub) return baseline;
    const differs = region !== undefined && baseline.accountRegions?.[account]?.[region];
    const key = differs ? `${account} ${region}` : account;
    const known = made.get(key) ?? baselineAway(baseline, { hub, account, region });
    made.set(key, known);
    return known;
  };
};
