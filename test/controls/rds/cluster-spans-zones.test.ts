import { clusterSpansZones } from '../../../lib/controls/rds/cluster-spans-zones.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /a reader in another/ };

testControl(clusterSpansZones, {
  rows: {
    'it is on': {
      given: { cluster: { Engine: 'aurora-postgresql', MultiAZ: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { cluster: { Engine: 'aurora-postgresql', MultiAZ: false } },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.MultiAZ'],
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.MultiAZ'],
    },
    'it is being created': {
      given: { cluster: { Engine: 'aurora-postgresql', Status: 'creating', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: { cluster: { Engine: 'aurora-postgresql', Status: 'modifying', MultiAZ: false } },
      verdict: 'FAIL',
      plan,
    },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb', MultiAZ: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { cluster: { Engine: 'neptune', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { cluster: { Engine: 'something-new', MultiAZ: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'a Multi-AZ DB cluster': {
      given: { cluster: { Engine: 'mysql', MultiAZ: false } },
      verdict: 'FAIL',
      plan,
    },
    'it has no members yet': {
      given: { cluster: { Engine: 'aurora-mysql', MultiAZ: false, DBClusterMembers: [] } },
      verdict: 'FAIL',
      plan,
    },
    'it has a writer alone': {
      given: {
        cluster: {
          Engine: 'aurora-mysql',
          MultiAZ: false,
          DBClusterMembers: [{ DBInstanceIdentifier: 'writer', IsClusterWriter: true }],
        },
      },
      verdict: 'FAIL',
      plan,
    },
  },
});
