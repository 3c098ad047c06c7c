import { hardenHosts } from '../../lib/hosts/documents/harden-host.ts';
import { hostControls } from '../../lib/hosts/index.ts';
import type { Administered } from '../../test/hosts/booted-transaction/hosts.ts';

export interface Hardened {
  readonly changed: number;
  /** Whatever was not put right, and why: `PL.X.1: reason`. */
  readonly left: readonly string[];
}

const areas = hardenHosts(hostControls).map(({ name }) => name.replace(/.*-/, ''));

/** The automatic controls that are changed only where they are named. */
const breaking = hostControls.filter(
  ({ remediation }) => remediation.fix === 'automatic' && remediation.risk === 'breaking',
);
export const everyBreaking = breaking.map(({ id }) => id);

/** Where a control leaves a choice, the one that lynis calls good. */
export const choicesOfLynis: Readonly<Record<string, string>> = {
  'PL.SSH.8.maxCount': '2',
  'PL.SSH.9.maxSessions': '2',
  'PL.SSH.11.weakest': 'no',
  'PL.SSH.17.weakest': 'VERBOSE',
};
export const controlOf = (parameter: string) => parameter.replace(/[.]\w+$/, '');

/** Hardens a host area by area, each confirmed; only the named controls if some are. */
export const hardenAll = async (
  at: Administered,
  named: readonly string[] = [],
  choices: Readonly<Record<string, string>> = {},
): Promise<Hardened> => {
  let changed = 0;
  const left: string[] = [];
  for (const area of areas) {
    const own = named.filter((id) => isOf(id, area));
    if (named.length > 0 && own.length === 0) continue;
    const Controls = own.length > 0 ? own.join(',') : 'all';
    const chosen = Object.entries(choices).filter(([name]) => isOf(controlOf(name), area));
    const Parameters = chosen.map((pair) => pair.join('=')).join(' ') || 'none';
    const given = { Controls, Parameters, Install: 'yes' };
    const { id, outcome, reason, results } = await at.harden(area, given);
    for (const [control, { o, why }] of results) {
      if (o === 'changed') changed += 1;
      else if (o !== 'same') left.push(`${control}: ${o} ${why}`);
    }
    if (outcome === 'unchanged') continue;
    if (outcome !== 'applied') throw new Error(`${area}: ${outcome} ${reason}`);
    const confirmed = await at.confirm(id);
    if (confirmed.outcome !== 'confirmed')
      throw new Error(`${area}: ${confirmed.outcome} ${confirmed.reason}`);
  }
  return { changed, left };
};

const isOf = (id: string, area: string) => {
  const control = hostControls.find((each) => each.id === id);
  return (control?.check.kind === 'file' ? 'files' : control?.area) === area;
};
