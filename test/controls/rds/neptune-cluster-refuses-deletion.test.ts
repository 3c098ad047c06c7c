import { neptuneClusterRefusesDeletion } from '../../../lib/controls/rds/neptune-cluster-refuses-deletion.ts';
import { testControl } from '../harness.ts';

testControl(neptuneClusterRefusesDeletion, {
  rows: {
    'it is as it should be': {
      given: { cluster: { Engine: 'neptune', DeletionProtection: true } },
      verdict: 'PASS',
    },
    'it is not': {
      given: { cluster: { Engine: 'neptune', Status: 'available', DeletionProtection: false } },
      verdict: 'FAIL',
      evidence: ['cluster.DeletionProtection'],
      plan: {
        risk: 'safe',
        calls: ['rds.modifyDBCluster'],
        input: { DBClusterIdentifier: 'example', DeletionProtection: true },
      },
    },
    'it is not, and is being changed': {
      given: { cluster: { Engine: 'neptune', Status: 'modifying', DeletionProtection: false } },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    'nothing is said of it': {
      given: { cluster: { Engine: 'neptune' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
    },
    'it is still being created': {
      given: { cluster: { Engine: 'neptune', Status: 'creating', DeletionProtection: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is of Aurora': {
      given: { cluster: { Engine: 'aurora-mysql', DeletionProtection: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is of the other one': {
      given: { cluster: { Engine: 'docdb', DeletionProtection: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'nothing says what it is of': {
      given: { cluster: { DeletionProtection: true } },
      verdict: 'UNKNOWN',
    },
  },
});
