import { clusterRefusesDeletion } from '../../../lib/controls/rds/cluster-refuses-deletion.ts';
import { testControl } from '../harness.ts';

testControl(clusterRefusesDeletion, {
  rows: {
    'it is on': {
      given: { cluster: { Engine: 'aurora-postgresql', DeletionProtection: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { cluster: { Engine: 'aurora-postgresql', DeletionProtection: false } },
      verdict: 'FAIL',
      evidence: ['cluster.DeletionProtection'],
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'FAIL',
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
      given: { cluster: { Engine: 'mysql', DeletionProtection: false } },
      verdict: 'FAIL',
    },
  },
});
