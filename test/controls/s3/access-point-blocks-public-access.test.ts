import { accessPointBlocksPublicAccess } from '../../../lib/controls/s3/access-point-blocks-public-access.ts';
import { testControl } from '../harness.ts';

const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

testControl(accessPointBlocksPublicAccess, {
  rows: {
    'all four are on': { given: { publicAccessBlock: all }, verdict: 'PASS' },
    'one is off': {
      given: { publicAccessBlock: { ...all, BlockPublicPolicy: false } },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.BlockPublicPolicy'],
      reason: /BlockPublicPolicy off/,
    },
    'two are off': {
      given: {
        publicAccessBlock: { ...all, BlockPublicAcls: false, RestrictPublicBuckets: false },
      },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.BlockPublicAcls', 'publicAccessBlock.RestrictPublicBuckets'],
    },
    'one is not said': {
      given: { publicAccessBlock: { ...all, IgnorePublicAcls: undefined } },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.IgnorePublicAcls'],
    },
    'none is said': {
      given: { publicAccessBlock: undefined },
      verdict: 'FAIL',
      reason: /the access point has no public access block/,
    },
  },
});
