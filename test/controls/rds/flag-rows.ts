import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';

const nameOf = (setting: object): string => String(Object.keys(setting)[0]);

/** The rows of a control that asks for a setting of clusters to be on, and turns it on. */
export const clusterFlagRows = (on: Partial<DBCluster>, off: Partial<DBCluster>) => {
  const path = `cluster.${nameOf(off)}`;
  const plan = {
    risk: 'safe',
    calls: ['rds.modifyDBCluster'],
    input: { DBClusterIdentifier: 'example', ...on },
  } as const;
  return {
    'it is on': {
      given: { cluster: { Engine: 'aurora-postgresql', ...on } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        cluster: { Status: 'available', Engine: 'aurora-postgresql', ...off },
      },
      verdict: 'FAIL',
      plan,
      evidence: [path],
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: [path],
    },
    'it is being created': {
      given: {
        cluster: { Engine: 'aurora-postgresql', Status: 'creating', ...off },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        cluster: { Engine: 'aurora-postgresql', Status: 'modifying', ...off },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb', ...on } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { cluster: { Engine: 'neptune', ...off } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { cluster: { Engine: 'something-new', ...on } },
      verdict: 'NOT_APPLICABLE',
    },
    'a Multi-AZ DB cluster': {
      given: { cluster: { Status: 'available', Engine: 'mysql', ...off } },
      verdict: 'FAIL',
      plan,
    },
    'something else is pending': {
      given: {
        cluster: {
          Status: 'available',
          Engine: 'aurora-postgresql',
          ...off,
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
          ...off,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: {
        cluster: { Status: 'stopped', Engine: 'aurora-postgresql', ...off },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
  } as const;
};

/** The rows of a control that asks for a setting of instances to be on, and turns it on. */
export const instanceFlagRows = (on: Partial<DBInstance>, off: Partial<DBInstance>) => {
  const path = `instance.${nameOf(off)}`;
  const plan = {
    risk: 'safe',
    calls: ['rds.modifyDBInstance'],
    input: { DBInstanceIdentifier: 'example', ...on },
  } as const;
  return {
    'it is on': {
      given: { instance: { Engine: 'postgres', ...on } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'postgres', ...off },
      },
      verdict: 'FAIL',
      plan,
      evidence: [path],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: [path],
    },
    'it is being created': {
      given: {
        instance: { Engine: 'postgres', DBInstanceStatus: 'creating', ...off },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        instance: { Engine: 'postgres', DBInstanceStatus: 'modifying', ...off },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', ...on } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', ...off } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', ...on } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'custom-sqlserver-se',
          ...off,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'a member of a cluster': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          ...off,
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /sales/,
    },
    'a member of a Multi-AZ DB cluster': {
      given: {
        instance: { Engine: 'mysql', DBClusterIdentifier: 'sales', ...off },
      },
      verdict: 'NOT_APPLICABLE',
    },
    'something else is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          ...off,
          PendingModifiedValues: { DBInstanceClass: 'db.r8g.large' },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^DBInstanceClass waits to be applied/ },
    },
    'nothing is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          ...off,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: {
        instance: { DBInstanceStatus: 'stopped', Engine: 'postgres', ...off },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
  } as const;
};
