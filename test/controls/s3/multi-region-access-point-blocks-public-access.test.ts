import { multiRegionAccessPointBlocksPublicAccess } from '../../../lib/controls/s3/multi-region-access-point-blocks-public-access.ts';
import { allBlocks } from '../../../lib/controls/s3/shared/public-access-block.ts';
import { testControl } from '../harness.ts';

testControl(multiRegionAccessPointBlocksPublicAccess, {
  rows: {
    'all four are on': { given: { publicAccessBlock: allBlocks }, verdict: 'PASS' },
    'one is off': {
      given: { publicAccessBlock: { ...allBlocks, RestrictPublicBuckets: false } },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.RestrictPublicBuckets'],
    },
    'one is not said': {
      given: { publicAccessBlock: { ...allBlocks, IgnorePublicAcls: undefined } },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.IgnorePublicAcls'],
    },
    'none is said': {
      given: { publicAccessBlock: undefined },
      verdict: 'FAIL',
      reason: /the Multi-Region Access Point has no public access block/,
    },
  },
});
