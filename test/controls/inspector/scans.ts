import type { Value } from '../../../lib/model/resource-type.ts';
import type { inspectorRegion } from '../../../lib/resources/account/inspector-region.ts';

type Scans = Value<(typeof inspectorRegion)['facets']['scans']>;

/** All scans on, but for what is given. */
export const scans = (given: Partial<Scans> = {}): { scans: Scans } => ({
  scans: {
    instances: 'ENABLED',
    images: 'ENABLED',
    functions: 'ENABLED',
    code: 'ENABLED',
    ...given,
  },
});

/** The rows that each scan has. */
export const rowsOf = (scan: keyof Scans) =>
  ({
    'it is on': { given: {}, verdict: 'PASS' },
    'it is about to be on': { given: scans({ [scan]: 'ENABLING' }), verdict: 'PASS' },
    'it is off': {
      given: scans({ [scan]: 'DISABLED' }),
      verdict: 'FAIL',
      evidence: [`scans.${scan}`],
    },
    'it is about to be off': { given: scans({ [scan]: 'DISABLING' }), verdict: 'FAIL' },
    'it is suspended': { given: scans({ [scan]: 'SUSPENDED' }), verdict: 'FAIL' },
  }) as const;
