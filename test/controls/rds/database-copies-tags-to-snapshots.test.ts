import { databaseCopiesTagsToSnapshots } from '../../../lib/controls/rds/database-copies-tags-to-snapshots.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'safe',
  calls: ['rds.modifyDBInstance'],
  input: { DBInstanceIdentifier: 'example', CopyTagsToSnapshot: true },
} as const;

testControl(databaseCopiesTagsToSnapshots, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'postgres', CopyTagsToSnapshot: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'postgres', CopyTagsToSnapshot: false },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.CopyTagsToSnapshot'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: ['instance.CopyTagsToSnapshot'],
    },
    'it is being created': {
      given: {
        instance: { Engine: 'postgres', DBInstanceStatus: 'creating', CopyTagsToSnapshot: false },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        instance: { Engine: 'postgres', DBInstanceStatus: 'modifying', CopyTagsToSnapshot: false },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', CopyTagsToSnapshot: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', CopyTagsToSnapshot: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', CopyTagsToSnapshot: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'custom-sqlserver-se',
          CopyTagsToSnapshot: false,
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
          CopyTagsToSnapshot: false,
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /sales/,
    },
    'a member of a Multi-AZ DB cluster': {
      given: {
        instance: { Engine: 'mysql', DBClusterIdentifier: 'sales', CopyTagsToSnapshot: false },
      },
      verdict: 'NOT_APPLICABLE',
    },
    'something else is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          CopyTagsToSnapshot: false,
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
          CopyTagsToSnapshot: false,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: {
        instance: { DBInstanceStatus: 'stopped', Engine: 'postgres', CopyTagsToSnapshot: false },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
  },
});
