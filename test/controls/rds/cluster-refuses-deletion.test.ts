import { clusterRefusesDeletion } from '../../../lib/controls/rds/cluster-refuses-deletion.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'safe',
  calls: ['rds.modifyDBCluster'],
  input: { DBClusterIdentifier: 'example', DeletionProtection: true },
} as const;

testControl(clusterRefusesDeletion, {
  rows: {
    'it is on': {
      given: { cluster: { Engine: 'aurora-postgresql', DeletionProtection: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        cluster: { Status: 'available', Engine: 'aurora-postgresql', DeletionProtection: false },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.DeletionProtection'],
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: ['cluster.DeletionProtection'],
    },
    'it is being created': {
      given: {
        cluster: { Engine: 'aurora-postgresql', Status: 'creating', DeletionProtection: false },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        cluster: { Engine: 'aurora-postgresql', Status: 'modifying', DeletionProtection: false },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb', DeletionProtection: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { cluster: { Engine: 'neptune', DeletionProtection: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { cluster: { Engine: 'something-new', DeletionProtection: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'a Multi-AZ DB cluster': {
      given: { cluster: { Status: 'available', Engine: 'mysql', DeletionProtection: false } },
      verdict: 'FAIL',
      plan,
    },
    'something else is pending': {
      given: {
        cluster: {
          Status: 'available',
          Engine: 'aurora-postgresql',
          DeletionProtection: false,
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
          DeletionProtection: false,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: {
        cluster: { Status: 'stopped', Engine: 'aurora-postgresql', DeletionProtection: false },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
  },
});
