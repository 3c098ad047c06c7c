import type { Baseline } from '../../engine/baseline/baseline.ts';
import { whoChange } from '../../engine/baseline/operators.ts';
import { canBePlanned } from '../../engine/remediation/planning.ts';
import type { HostControl } from '../../hosts/control.ts';
import { hardenedBy } from '../../hosts/documents/harden-host.ts';
import type { Control } from '../../model/control.ts';

/** The controls whose failures are planned, and put right where the baseline or a person says so. */
export const planned = (
  controls: readonly Control[],
  baseline: Pick<Baseline, 'controls'>,
): readonly Control[] =>
  controls.filter((control) => {
    const mode = baseline.controls[control.id]?.mode;
    return (mode === 'plan' || mode === 'remediate') && canBePlanned(control);
  });

/** The documents that put right what fails on hosts, where the baseline plans that. */
export const hardeningOn = (
  controls: readonly HostControl[],
  baseline: Pick<Baseline, 'controls'>,
): readonly string[] => {
  const documents = controls.flatMap((control) => {
    const { mode = 'observe' } = baseline.controls[control.id] ?? {};
    return mode === 'observe' ? [] : (hardenedBy(control) ?? []);
  });
  return [...new Set(documents)];
};

/** Whether anything may be changed at all, by itself or by a person's word: else no role may change a thing. */
export const mayChange = (plans: readonly Control[], hardening: readonly string[]): boolean =>
  plans.length + hardening.length > 0;

type Asking = Pick<Baseline, 'controls' | 'operators' | 'operatorScopes' | 'securityHub'>;

/** Whether a person may ask for what is only planned: an operator, or whoever clicks in Security Hub. */
const mayAsk = (baseline: Asking): boolean =>
  whoChange(baseline).length > 0 || baseline.securityHub?.actions === true;

/** The planned controls whose plans can come to be carried out: by themselves, or by a person's word. */
export const carriedOut = <C extends { readonly id: string }>(
  plans: readonly C[],
  baseline: Asking,
): readonly C[] =>
  mayAsk(baseline) ? plans : plans.filter(({ id }) => baseline.controls[id]?.mode === 'remediate');
