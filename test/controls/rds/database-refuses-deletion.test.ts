import { databaseRefusesDeletion } from '../../../lib/controls/rds/database-refuses-deletion.ts';
import { testControl } from '../harness.ts';

testControl(databaseRefusesDeletion, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'postgres', DeletionProtection: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { instance: { Engine: 'postgres', DeletionProtection: false } },
      verdict: 'FAIL',
      evidence: ['instance.DeletionProtection'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
      evidence: ['instance.DeletionProtection'],
    },
    'it is being created': {
      given: {
        instance: { Engine: 'postgres', DBInstanceStatus: 'creating', DeletionProtection: false },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        instance: { Engine: 'postgres', DBInstanceStatus: 'modifying', DeletionProtection: false },
      },
      verdict: 'FAIL',
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', DeletionProtection: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', DeletionProtection: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', DeletionProtection: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-sqlserver-se', DeletionProtection: false } },
      verdict: 'FAIL',
    },
    'a member of a cluster': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          DeletionProtection: false,
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /sales/,
    },
    'a member of a Multi-AZ DB cluster': {
      given: {
        instance: { Engine: 'mysql', DBClusterIdentifier: 'sales', DeletionProtection: false },
      },
      verdict: 'NOT_APPLICABLE',
    },
    Db2: { given: { instance: { Engine: 'db2-se', DeletionProtection: false } }, verdict: 'FAIL' },
  },
});
