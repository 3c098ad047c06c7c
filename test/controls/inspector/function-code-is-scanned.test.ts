import { functionCodeIsScanned } from '../../../lib/controls/inspector/function-code-is-scanned.ts';
import { testControl } from '../harness.ts';
import { rowsOf, scans } from './scans.ts';

testControl(functionCodeIsScanned, {
  base: scans(),
  rows: {
    ...rowsOf('code'),
    'nothing is said of it': {
      given: scans({ code: undefined }),
      verdict: 'NOT_APPLICABLE',
    },
    'nothing is said at all': {
      given: scans({
        instances: undefined,
        images: undefined,
        functions: undefined,
        code: undefined,
      }),
      verdict: 'UNKNOWN',
    },
  },
});
