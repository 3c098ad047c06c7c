import { databaseSpansZones } from '../../../lib/controls/rds/database-spans-zones.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'disruptive',
  calls: ['rds.modifyDBInstance'],
  input: { MultiAZ: true, ApplyImmediately: true },
} as const;

const subnetsIn = (...zones: readonly string[]) => ({
  Subnets: zones.map((Name) => ({ SubnetAvailabilityZone: { Name } })),
});

testControl(databaseSpansZones, {
  rows: {
    'it is on': { given: { instance: { Engine: 'postgres', MultiAZ: true } }, verdict: 'PASS' },
    'it is off': {
      given: { instance: { DBInstanceStatus: 'available', Engine: 'postgres', MultiAZ: false } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.MultiAZ'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: ['instance.MultiAZ'],
    },
    'it is being created': {
      given: { instance: { Engine: 'postgres', DBInstanceStatus: 'creating', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: { instance: { Engine: 'postgres', DBInstanceStatus: 'modifying', MultiAZ: false } },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', MultiAZ: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', MultiAZ: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-sqlserver-se', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'a member of a cluster': {
      given: { instance: { Engine: 'aurora-mysql', DBClusterIdentifier: 'sales', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /sales/,
    },
    'a member of a Multi-AZ DB cluster': {
      given: { instance: { Engine: 'mysql', DBClusterIdentifier: 'sales', MultiAZ: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'a standby is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          MultiAZ: false,
          PendingModifiedValues: { MultiAZ: true },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^MultiAZ waits/ },
      evidence: ['instance.MultiAZ'],
      reason: /one Availability Zone \(pending: true\)/,
    },
    'something else is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          MultiAZ: false,
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
          MultiAZ: false,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: { instance: { DBInstanceStatus: 'stopped', Engine: 'postgres', MultiAZ: false } },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
    'SQL Server': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'sqlserver-ex', MultiAZ: false },
      },
      verdict: 'FAIL',
      plan: { proposal: /SQL Server/ },
    },
    'Oracle with a licence of its own': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'oracle-ee',
          LicenseModel: 'bring-your-own-license',
          MultiAZ: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /licence/ },
    },
    'on reserved capacity': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          DBCapacityReservationIdentifier: 'dbcr-1',
          MultiAZ: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /dbcr-1/ },
    },
    'its subnets are in two zones': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          DBSubnetGroup: subnetsIn('us-east-1a', 'us-east-1b', 'us-east-1a'),
          MultiAZ: false,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'its subnets are in one zone': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          DBSubnetGroup: subnetsIn('us-east-1a', 'us-east-1a'),
          MultiAZ: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /us-east-1a alone/ },
    },
  },
});
