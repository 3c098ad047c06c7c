import { databaseRefusesDeletion } from '../../../lib/controls/rds/database-refuses-deletion.ts';
import { testControl } from '../harness.ts';
import { instanceFlagRows } from './flag-rows.ts';

const rows = instanceFlagRows({ DeletionProtection: true }, { DeletionProtection: false });

testControl(databaseRefusesDeletion, {
  rows: {
    ...rows,
    Db2: {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'db2-se', DeletionProtection: false },
      },
      verdict: 'FAIL',
      plan: rows['it is off'].plan,
    },
  },
});
