import { clusterOffersIamAuthentication } from '../../../lib/controls/rds/cluster-offers-iam-authentication.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'disruptive',
  calls: ['rds.modifyDBCluster'],
  input: { EnableIAMDatabaseAuthentication: true, ApplyImmediately: true },
} as const;

testControl(clusterOffersIamAuthentication, {
  rows: {
    'it is on': {
      given: { cluster: { Engine: 'aurora-postgresql', IAMDatabaseAuthenticationEnabled: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        cluster: {
          Status: 'available',
          Engine: 'aurora-postgresql',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.IAMDatabaseAuthenticationEnabled'],
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: ['cluster.IAMDatabaseAuthenticationEnabled'],
    },
    'it is being created': {
      given: {
        cluster: {
          Engine: 'aurora-postgresql',
          Status: 'creating',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        cluster: {
          Engine: 'aurora-postgresql',
          Status: 'modifying',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb', IAMDatabaseAuthenticationEnabled: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { cluster: { Engine: 'neptune', IAMDatabaseAuthenticationEnabled: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { cluster: { Engine: 'something-new', IAMDatabaseAuthenticationEnabled: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'a Multi-AZ DB cluster': {
      given: {
        cluster: { Status: 'available', Engine: 'mysql', IAMDatabaseAuthenticationEnabled: false },
      },
      verdict: 'FAIL',
      plan,
    },
    'it waits for the maintenance window': {
      given: {
        cluster: {
          Status: 'available',
          Engine: 'aurora-mysql',
          IAMDatabaseAuthenticationEnabled: false,
          PendingModifiedValues: { IAMDatabaseAuthenticationEnabled: true },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^IAMDatabaseAuthenticationEnabled waits/ },
      reason: /pending: true/,
    },
    'something else is pending': {
      given: {
        cluster: {
          Status: 'available',
          Engine: 'aurora-postgresql',
          IAMDatabaseAuthenticationEnabled: false,
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
          IAMDatabaseAuthenticationEnabled: false,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: {
        cluster: {
          Status: 'stopped',
          Engine: 'aurora-postgresql',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
    'Aurora Serverless v1': {
      given: {
        cluster: {
          Status: 'available',
          Engine: 'aurora-mysql',
          EngineMode: 'serverless',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /Serverless v1/ },
    },
  },
});
