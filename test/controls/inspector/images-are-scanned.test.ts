import { imagesAreScanned } from '../../../lib/controls/inspector/images-are-scanned.ts';
import { testControl } from '../harness.ts';
import { rowsOf, scans } from './scans.ts';

testControl(imagesAreScanned, {
  base: scans(),
  rows: {
    ...rowsOf('images'),
    'nothing is said of it': {
      given: scans({ images: undefined }),
      verdict: 'UNKNOWN',
    },
  },
});
