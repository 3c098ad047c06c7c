import { databaseCopiesTagsToSnapshots } from '../../../lib/controls/rds/database-copies-tags-to-snapshots.ts';
import { testControl } from '../harness.ts';

testControl(databaseCopiesTagsToSnapshots, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'postgres', CopyTagsToSnapshot: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { instance: { Engine: 'postgres', CopyTagsToSnapshot: false } },
      verdict: 'FAIL',
      evidence: ['instance.CopyTagsToSnapshot'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
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
      given: { instance: { Engine: 'custom-sqlserver-se', CopyTagsToSnapshot: false } },
      verdict: 'FAIL',
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
  },
});
