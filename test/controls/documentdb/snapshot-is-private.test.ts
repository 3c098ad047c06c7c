import { snapshotIsPrivate } from '../../../lib/controls/documentdb/snapshot-is-private.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'safe',
  calls: ['rds.modifyDBClusterSnapshotAttribute'],
  input: {
    DBClusterSnapshotIdentifier: 'example',
    AttributeName: 'restore',
    ValuesToRemove: ['all'],
  },
  undo: 'widens',
} as const;

testControl(snapshotIsPrivate, {
  base: { snapshot: { Engine: 'docdb' }, attributes: { restore: [] } },
  rows: {
    'nobody else may restore it': { given: {}, verdict: 'PASS' },
    'another account may restore it': {
      given: { attributes: { restore: ['111122223333'] } },
      verdict: 'PASS',
    },
    'everybody may, beside an account': {
      given: { attributes: { restore: ['111122223333', 'all'] } },
      verdict: 'FAIL',
      plan,
      evidence: ['attributes.restore'],
      reason: /any AWS account/,
    },
    'it is of Aurora': {
      given: { snapshot: { Engine: 'aurora-postgresql' }, attributes: { restore: ['all'] } },
      verdict: 'NOT_APPLICABLE',
      reason: /not of DocumentDB/,
    },
    'it is of Neptune': {
      given: { snapshot: { Engine: 'neptune' }, attributes: { restore: ['all'] } },
      verdict: 'NOT_APPLICABLE',
    },
    'nothing says what it is of': {
      given: { snapshot: {}, attributes: { restore: ['all'] } },
      verdict: 'UNKNOWN',
      reason: /Engine/,
    },
  },
});
