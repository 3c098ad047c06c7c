import { clusterHasOwnAdminName } from '../../../lib/controls/rds/cluster-has-own-admin-name.ts';
import { testControl } from '../harness.ts';

it('takes no default name for a valid one', () => {
  const accepts = (value: unknown) =>
    clusterHasOwnAdminName.parameters?.validAdminUserNames.accepts(value);
  expect(accepts([])).toBe(true);
  expect(accepts(['dba', 'postgres_dba'])).toBe(true);
  expect(accepts(['dba', 'Admin'])).toBe(false);
  expect(accepts(['postgres'])).toBe(false);
});

const plan = { proposal: /new DB cluster/ };

testControl(clusterHasOwnAdminName, {
  rows: {
    'a name of its own': {
      given: { cluster: { Engine: 'aurora-postgresql', MasterUsername: 'orders_dba' } },
      verdict: 'PASS',
    },
    admin: {
      given: { cluster: { Engine: 'aurora-postgresql', MasterUsername: 'admin' } },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.MasterUsername'],
      reason: /default name admin/,
    },
    postgres: {
      given: { cluster: { Engine: 'aurora-postgresql', MasterUsername: 'postgres' } },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.MasterUsername'],
    },
    'a default name in another case': {
      given: { cluster: { Engine: 'aurora-postgresql', MasterUsername: 'Admin' } },
      verdict: 'FAIL',
      plan,
    },
    'a default name of another engine': {
      given: { cluster: { Engine: 'mysql', MasterUsername: 'postgres' } },
      verdict: 'FAIL',
      plan,
    },
    'a name that holds a default one': {
      given: { cluster: { Engine: 'aurora-postgresql', MasterUsername: 'dbadmin' } },
      verdict: 'PASS',
    },
    'a valid name': {
      given: { cluster: { Engine: 'aurora-postgresql', MasterUsername: 'dba' } },
      verdict: 'PASS',
      parameters: { validAdminUserNames: ['dba', 'root_of_all'] },
    },
    'not one of the valid names': {
      given: { cluster: { Engine: 'aurora-postgresql', MasterUsername: 'somebody' } },
      verdict: 'FAIL',
      plan,
      parameters: { validAdminUserNames: ['dba'] },
      evidence: ['cluster.MasterUsername'],
      reason: /somebody is not a valid one/,
    },
    'RDS does not say': { given: { cluster: { Engine: 'aurora-postgresql' } }, verdict: 'UNKNOWN' },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb', MasterUsername: 'admin' } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { cluster: { Engine: 'neptune', MasterUsername: 'admin' } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
