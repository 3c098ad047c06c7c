import type { Baseline, Enabled } from './baseline.ts';

const named = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;

/** Whoever governs an account is known there. */
const knowing = (parameters: Enabled['parameters'], hub: string): Enabled['parameters'] => {
  const trusted = named(parameters['trustedAccounts']);
  return trusted && !trusted.includes(hub)
    ? { ...parameters, trustedAccounts: [...trusted, hub] }
    : parameters;
};

/**
 * What counts in another account. Where Plumbline holds no right to change anything, what would be put right is only
 * planned.
 * @param hub the account where Plumbline stands, which the roles that it reads by trust
 */
export const baselineAway = <B extends Pick<Baseline, 'controls'>>(
  baseline: B,
  { hub, isRemediated }: { readonly hub: string; readonly isRemediated: boolean },
): B => ({
  ...baseline,
  controls: Object.fromEntries(
    Object.entries(baseline.controls).map(([id, enabled]) => [
      id,
      {
        ...enabled,
        mode: enabled.mode === 'remediate' && !isRemediated ? 'plan' : enabled.mode,
        parameters: knowing(enabled.parameters, hub),
      },
    ]),
  ),
});
