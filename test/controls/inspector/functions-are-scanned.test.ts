import { functionsAreScanned } from '../../../lib/controls/inspector/functions-are-scanned.ts';
import { testControl } from '../harness.ts';
import { rowsOf, scans } from './scans.ts';

testControl(functionsAreScanned, {
  base: scans(),
  rows: {
    ...rowsOf('functions'),
    'nothing is said of it': {
      given: scans({ functions: undefined }),
      verdict: 'NOT_APPLICABLE',
    },
  },
});
