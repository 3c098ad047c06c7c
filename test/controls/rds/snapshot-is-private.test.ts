import { snapshotIsPrivate } from '../../../lib/controls/rds/snapshot-is-private.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'safe',
  calls: ['rds.modifyDBSnapshotAttribute'],
  input: { DBSnapshotIdentifier: 'example', AttributeName: 'restore', ValuesToRemove: ['all'] },
  undo: 'widens',
} as const;

testControl(snapshotIsPrivate, {
  rows: {
    'nobody else may restore it': { given: { attributes: { restore: [] } }, verdict: 'PASS' },
    'two accounts may restore it': {
      given: { attributes: { restore: ['111122223333', '444455556666'] } },
      verdict: 'PASS',
    },
    'everybody may restore it': {
      given: { attributes: { restore: ['all'] } },
      verdict: 'FAIL',
      plan,
      evidence: ['attributes.restore'],
    },
    'everybody may, beside an account': {
      given: { attributes: { restore: ['111122223333', 'all'] } },
      verdict: 'FAIL',
      plan,
      evidence: ['attributes.restore'],
      reason: /any AWS account/,
    },
  },
});
