import { bucketBlocksPublicAccess } from '../../../lib/controls/s3/bucket-blocks-public-access.ts';
import { testControl } from '../harness.ts';

const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const plan = { risk: 'safe', calls: ['s3.putPublicAccessBlock'], undo: 'widens' } as const;

testControl(bucketBlocksPublicAccess, {
  rows: {
    'all four blocks are on': { given: { publicAccessBlock: all }, verdict: 'PASS' },
    'one block is off': {
      given: { publicAccessBlock: { ...all, RestrictPublicBuckets: false } },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.RestrictPublicBuckets'],
      plan,
    },
    'one block is left out of the answer': {
      given: {
        publicAccessBlock: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
        },
      },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.RestrictPublicBuckets'],
      plan,
    },
    'no block was ever set': {
      given: { publicAccessBlock: undefined },
      verdict: 'FAIL',
      reason: /no public access block/,
      plan,
    },
  },
});
