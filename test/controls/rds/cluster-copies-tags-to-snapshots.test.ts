import { clusterCopiesTagsToSnapshots } from '../../../lib/controls/rds/cluster-copies-tags-to-snapshots.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'safe',
  calls: ['rds.modifyDBCluster'],
  input: { DBClusterIdentifier: 'example', CopyTagsToSnapshot: true },
} as const;

testControl(clusterCopiesTagsToSnapshots, {
  rows: {
    'it is on': {
      given: { cluster: { Engine: 'aurora-postgresql', CopyTagsToSnapshot: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        cluster: { Status: 'available', Engine: 'aurora-postgresql', CopyTagsToSnapshot: false },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.CopyTagsToSnapshot'],
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
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
      plan: { proposal: /status is modifying/ },
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
      given: { cluster: { Status: 'available', Engine: 'mysql', CopyTagsToSnapshot: false } },
      verdict: 'FAIL',
      plan,
    },
    'something else is pending': {
      given: {
        cluster: {
          Status: 'available',
          Engine: 'aurora-postgresql',
          CopyTagsToSnapshot: false,
          PendingModifiedValues: { EngineVersion: '17.6' },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^EngineVersion waits to be applied/ },
    },
    'nothing is pending': {
      given: {
        cluster: {
          Status: 'available',
          Engine: 'aurora-postgresql',
          CopyTagsToSnapshot: false,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: {
        cluster: { Status: 'stopped', Engine: 'aurora-postgresql', CopyTagsToSnapshot: false },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
  },
});
