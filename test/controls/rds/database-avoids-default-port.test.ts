import { databaseAvoidsDefaultPort } from '../../../lib/controls/rds/database-avoids-default-port.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /restarts the DB instance/ };

testControl(databaseAvoidsDefaultPort, {
  rows: {
    'mysql on 3306': {
      given: { instance: { Engine: 'mysql', Endpoint: { Port: 3306 } } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.Endpoint.Port'],
      reason: /port 3306 /,
    },
    'mariadb on 3306': {
      given: { instance: { Engine: 'mariadb', Endpoint: { Port: 3306 } } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.Endpoint.Port'],
      reason: /port 3306 /,
    },
    'postgres on 5432': {
      given: { instance: { Engine: 'postgres', Endpoint: { Port: 5432 } } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.Endpoint.Port'],
      reason: /port 5432 /,
    },
    'oracle-se2 on 1521': {
      given: { instance: { Engine: 'oracle-se2', Endpoint: { Port: 1521 } } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.Endpoint.Port'],
      reason: /port 1521 /,
    },
    'sqlserver-ex on 1433': {
      given: { instance: { Engine: 'sqlserver-ex', Endpoint: { Port: 1433 } } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.Endpoint.Port'],
      reason: /port 1433 /,
    },
    'db2-se on 50000': {
      given: { instance: { Engine: 'db2-se', Endpoint: { Port: 50000 } } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.Endpoint.Port'],
      reason: /port 50000 /,
    },
    'another port': {
      given: { instance: { Engine: 'mysql', Endpoint: { Port: 13306 } } },
      verdict: 'PASS',
    },
    'the default port of another engine': {
      given: { instance: { Engine: 'mysql', Endpoint: { Port: 5432 } } },
      verdict: 'PASS',
    },
    'another port is pending': {
      given: {
        instance: {
          Engine: 'mysql',
          Endpoint: { Port: 3306 },
          PendingModifiedValues: { Port: 13306 },
        },
      },
      verdict: 'FAIL',
      plan,
      reason: /pending: 13306/,
    },
    'a member of a cluster': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          Endpoint: { Port: 3306 },
          DBClusterIdentifier: 'sales',
        },
      },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-sqlserver-ee', Endpoint: { Port: 1433 } } },
      verdict: 'FAIL',
      plan,
    },
    'it has no endpoint yet': {
      given: { instance: { Engine: 'mysql', DBInstanceStatus: 'creating' } },
      verdict: 'NOT_APPLICABLE',
    },
    'it lost its endpoint': {
      given: { instance: { Engine: 'mysql', DBInstanceStatus: 'failed' } },
      verdict: 'NOT_APPLICABLE',
      reason: /no endpoint/,
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', Endpoint: { Port: 8182 } } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
