import { clusterCopiesTagsToSnapshots } from '../../../lib/controls/rds/cluster-copies-tags-to-snapshots.ts';
import { testControl } from '../harness.ts';

testControl(clusterCopiesTagsToSnapshots, {
  rows: {
    'it is on': {
      given: { cluster: { Engine: 'aurora-postgresql', CopyTagsToSnapshot: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { cluster: { Engine: 'aurora-postgresql', CopyTagsToSnapshot: false } },
      verdict: 'FAIL',
      evidence: ['cluster.CopyTagsToSnapshot'],
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'FAIL',
      evidence: ['cluster.CopyTagsToSnapshot'],
    },
    'it is being created': {
      given: {
        cluster: { Engine: 'aurora-postgresql', Status: 'creating', CopyTagsToSnapshot: false },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        cluster: { Engine: 'aurora-postgresql', Status: 'modifying', CopyTagsToSnapshot: false },
      },
      verdict: 'FAIL',
    },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb', CopyTagsToSnapshot: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { cluster: { Engine: 'neptune', CopyTagsToSnapshot: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { cluster: { Engine: 'something-new', CopyTagsToSnapshot: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'a Multi-AZ DB cluster': {
      given: { cluster: { Engine: 'mysql', CopyTagsToSnapshot: false } },
      verdict: 'FAIL',
    },
  },
});
