import { accountBlocksPublicAccess } from '../../../lib/controls/s3/account-blocks-public-access.ts';
import { testControl } from '../harness.ts';

const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const plan = {
  risk: 'disruptive',
  calls: ['s3control.putPublicAccessBlock'],
  undo: 'widens',
} as const;

testControl(accountBlocksPublicAccess, {
  rows: {
    'all four blocks are on': { given: { publicAccessBlock: all }, verdict: 'PASS' },
    'two blocks are off': {
      given: {
        publicAccessBlock: { ...all, BlockPublicAcls: false, RestrictPublicBuckets: false },
      },
      verdict: 'FAIL',
      reason: /BlockPublicAcls, RestrictPublicBuckets off/,
      evidence: ['publicAccessBlock.BlockPublicAcls', 'publicAccessBlock.RestrictPublicBuckets'],
      plan,
    },
    'a block is left out of the answer': {
      given: { publicAccessBlock: { BlockPublicAcls: true } },
      verdict: 'FAIL',
      evidence: [
        'publicAccessBlock.BlockPublicPolicy',
        'publicAccessBlock.IgnorePublicAcls',
        'publicAccessBlock.RestrictPublicBuckets',
      ],
      plan,
    },
    'no block was ever set': {
      given: { publicAccessBlock: undefined },
      verdict: 'FAIL',
      reason: /the account has no public access block/,
      plan,
    },
  },
});
