import { domainRunsLatestSoftware } from '../../../lib/controls/opensearch/domain-runs-latest-software.ts';
import { testControl } from '../harness.ts';

testControl(domainRunsLatestSoftware, {
  rows: {
    'it does': { given: { software: { hasUpdate: false, version: 'R20260601' } }, verdict: 'PASS' },
    'a newer one is there': {
      given: { software: { hasUpdate: true, version: 'R20250101' } },
      verdict: 'FAIL',
      evidence: ['software.version'],
    },
    'AWS does not show which it runs': {
      given: { software: { hasUpdate: true, version: undefined } },
      verdict: 'FAIL',
    },
  },
});
