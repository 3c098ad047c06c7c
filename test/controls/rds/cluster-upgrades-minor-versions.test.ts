import { clusterUpgradesMinorVersions } from '../../../lib/controls/rds/cluster-upgrades-minor-versions.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'disruptive',
  calls: ['rds.modifyDBCluster'],
  input: { DBClusterIdentifier: 'example', AutoMinorVersionUpgrade: true },
} as const;
const off = { Status: 'available', Engine: 'postgres', AutoMinorVersionUpgrade: false };

testControl(clusterUpgradesMinorVersions, {
  rows: {
    'it is on': { given: { cluster: { ...off, AutoMinorVersionUpgrade: true } }, verdict: 'PASS' },
    'it is off': {
      given: { cluster: off },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.AutoMinorVersionUpgrade'],
    },
    'it is off on MySQL': {
      given: { cluster: { ...off, Engine: 'mysql', PendingModifiedValues: {} } },
      verdict: 'FAIL',
      plan,
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'mysql' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
    },
    // Aurora is upgraded where each instance has the setting, which RDS.13 evaluates; older clusters answer false.
    'Aurora says false': {
      given: { cluster: { ...off, Engine: 'aurora-postgresql' } },
      verdict: 'NOT_APPLICABLE',
      reason: /each instance/,
    },
    'Aurora says true': {
      given: { cluster: { ...off, Engine: 'aurora-mysql', AutoMinorVersionUpgrade: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is being created': {
      given: { cluster: { ...off, Status: 'creating' } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: { cluster: { ...off, Status: 'modifying' } },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    'something else is pending': {
      given: { cluster: { ...off, PendingModifiedValues: { EngineVersion: '16.6' } } },
      verdict: 'FAIL',
      plan: { proposal: /^EngineVersion waits to be applied/ },
    },
    DocumentDB: { given: { cluster: { ...off, Engine: 'docdb' } }, verdict: 'NOT_APPLICABLE' },
    Neptune: { given: { cluster: { ...off, Engine: 'neptune' } }, verdict: 'NOT_APPLICABLE' },
  },
});
