import { regionBlocksPublicImages } from '../../../lib/controls/ec2/region-blocks-public-images.ts';
import { testControl } from '../harness.ts';

testControl(regionBlocksPublicImages, {
  rows: {
    'new sharing is blocked': {
      given: { imageBlock: { state: 'block-new-sharing', managedBy: 'account' } },
      verdict: 'PASS',
    },
    'nothing is blocked': {
      given: { imageBlock: { state: 'unblocked', managedBy: 'account' } },
      verdict: 'FAIL',
      evidence: ['imageBlock.state'],
      plan: { risk: 'safe', calls: ['ec2.enableImageBlockPublicAccess'], undo: 'widens' },
    },
    'the organization lets them be shared': {
      given: { imageBlock: { state: 'unblocked', managedBy: 'declarative-policy' } },
      verdict: 'FAIL',
      plan: { proposal: /organization/ },
    },
  },
});
