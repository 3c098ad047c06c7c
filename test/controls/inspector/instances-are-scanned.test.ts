import { instancesAreScanned } from '../../../lib/controls/inspector/instances-are-scanned.ts';
import { testControl } from '../harness.ts';
import { rowsOf, scans } from './scans.ts';

testControl(instancesAreScanned, {
  base: scans(),
  rows: {
    ...rowsOf('instances'),
    'nothing is said of it': {
      given: scans({ instances: undefined }),
      verdict: 'UNKNOWN',
    },
  },
});
