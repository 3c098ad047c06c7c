import { clusterOffersIamAuthentication } from '../../../lib/controls/rds/cluster-offers-iam-authentication.ts';
import { testControl } from '../harness.ts';

testControl(clusterOffersIamAuthentication, {
  rows: {
    'it is on': {
      given: { cluster: { Engine: 'aurora-postgresql', IAMDatabaseAuthenticationEnabled: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { cluster: { Engine: 'aurora-postgresql', IAMDatabaseAuthenticationEnabled: false } },
      verdict: 'FAIL',
      evidence: ['cluster.IAMDatabaseAuthenticationEnabled'],
    },
    'RDS does not say': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'FAIL',
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
      given: { cluster: { Engine: 'mysql', IAMDatabaseAuthenticationEnabled: false } },
      verdict: 'FAIL',
    },
    'it waits for the maintenance window': {
      given: {
        cluster: {
          Engine: 'aurora-mysql',
          IAMDatabaseAuthenticationEnabled: false,
          PendingModifiedValues: { IAMDatabaseAuthenticationEnabled: true },
        },
      },
      verdict: 'FAIL',
      reason: /pending: true/,
    },
  },
});
