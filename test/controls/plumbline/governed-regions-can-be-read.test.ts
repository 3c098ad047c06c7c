import { governedRegionsCanBeRead } from '../../../lib/controls/plumbline/governed-regions-can-be-read.ts';
import { testControl } from '../harness.ts';

const heldAt = '2026-06-15T12:00:00.000Z';
const refusal = 'explicit deny in a service control policy';

testControl(governedRegionsCanBeRead, {
  base: { access: { refusal: undefined, heldAt } },
  rows: {
    'reads are answered': { given: {}, verdict: 'PASS' },
    'reads are answered, and nothing is there': {
      given: { access: { refusal: undefined, heldAt: undefined } },
      verdict: 'PASS',
    },
    'whoever looks is not Plumbline': {
      given: { access: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /not governed/,
    },
    'every read is refused where nothing was known to be': {
      given: { access: { refusal, heldAt: undefined } },
      verdict: 'NOT_APPLICABLE',
      reason: /^not governed: /,
    },
    'every read is refused in a region that is in use': {
      given: { access: { refusal, heldAt } },
      verdict: 'FAIL',
      reason: /is in use: what is known of it stays as it was, and is not watched/,
      evidence: ['access.refusal'],
    },
  },
});
