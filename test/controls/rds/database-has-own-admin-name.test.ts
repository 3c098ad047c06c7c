import { databaseHasOwnAdminName } from '../../../lib/controls/rds/database-has-own-admin-name.ts';
import { testControl } from '../harness.ts';

it('takes no default name for a valid one', () => {
  const accepts = (value: unknown) =>
    databaseHasOwnAdminName.parameters?.validAdminUserNames.accepts(value);
  expect(accepts([])).toBe(true);
  expect(accepts(['dba', 'postgres_dba'])).toBe(true);
  expect(accepts(['dba', 'Admin'])).toBe(false);
  expect(accepts(['postgres'])).toBe(false);
});

const plan = { proposal: /new DB instance/ };

testControl(databaseHasOwnAdminName, {
  rows: {
    'a name of its own': {
      given: { instance: { Engine: 'postgres', MasterUsername: 'orders_dba' } },
      verdict: 'PASS',
    },
    admin: {
      given: { instance: { Engine: 'postgres', MasterUsername: 'admin' } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.MasterUsername'],
      reason: /default name admin/,
    },
    postgres: {
      given: { instance: { Engine: 'postgres', MasterUsername: 'postgres' } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.MasterUsername'],
    },
    'a default name in another case': {
      given: { instance: { Engine: 'postgres', MasterUsername: 'Admin' } },
      verdict: 'FAIL',
      plan,
    },
    'a default name of another engine': {
      given: { instance: { Engine: 'mysql', MasterUsername: 'postgres' } },
      verdict: 'FAIL',
      plan,
    },
    'a name that holds a default one': {
      given: { instance: { Engine: 'postgres', MasterUsername: 'dbadmin' } },
      verdict: 'PASS',
    },
    'a valid name': {
      given: { instance: { Engine: 'postgres', MasterUsername: 'dba' } },
      verdict: 'PASS',
      parameters: { validAdminUserNames: ['dba', 'root_of_all'] },
    },
    'not one of the valid names': {
      given: { instance: { Engine: 'postgres', MasterUsername: 'somebody' } },
      verdict: 'FAIL',
      plan,
      parameters: { validAdminUserNames: ['dba'] },
      evidence: ['instance.MasterUsername'],
      reason: /somebody is not a valid one/,
    },
    'RDS does not say': { given: { instance: { Engine: 'postgres' } }, verdict: 'UNKNOWN' },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', MasterUsername: 'admin' } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', MasterUsername: 'admin' } },
      verdict: 'NOT_APPLICABLE',
    },
    'a member of a cluster': {
      given: {
        instance: { Engine: 'aurora-mysql', DBClusterIdentifier: 'sales', MasterUsername: 'admin' },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /sales/,
    },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-oracle-ee', MasterUsername: 'admin' } },
      verdict: 'FAIL',
      plan,
    },
  },
});
