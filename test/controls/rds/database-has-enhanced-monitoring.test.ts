import { databaseHasEnhancedMonitoring } from '../../../lib/controls/rds/database-has-enhanced-monitoring.ts';
import { testControl } from '../harness.ts';

it('takes only the intervals that RDS has', () => {
  const accepts = (value: unknown) =>
    databaseHasEnhancedMonitoring.parameters?.monitoringInterval.accepts(value);
  expect([1, 5, 10, 15, 30, 60, 'any'].every(accepts)).toBe(true);
  expect([0, 2, 61, '60', undefined].some(accepts)).toBe(false);
});

it('takes the ARN of a role, or none', () => {
  const accepts = (value: unknown) =>
    databaseHasEnhancedMonitoring.parameters?.monitoringRoleArn.accepts(value);
  expect([null, 'arn:aws:iam::123456789012:role/a', `${role}_1`].every(accepts)).toBe(true);
  expect(
    [undefined, '', 'a', 'arn:aws:iam::123456789012:user/a', 'arn:aws:iam::1:role/a'].some(accepts),
  ).toBe(false);
});

const role = 'arn:aws:iam::123456789012:role/service/monitoring';
const plan = {
  risk: 'disruptive',
  calls: ['rds.modifyDBInstance'],
  input: { MonitoringInterval: 60, MonitoringRoleArn: role },
} as const;

testControl(databaseHasEnhancedMonitoring, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'mysql', MonitoringInterval: 60 } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'mysql', MonitoringInterval: 0 },
      },
      verdict: 'FAIL',
      plan: { proposal: /takes a role/ },
      evidence: ['instance.MonitoringInterval'],
      reason: /is off/,
    },
    'RDS does not say': {
      given: { instance: { DBInstanceStatus: 'available', Engine: 'mysql' } },
      verdict: 'FAIL',
      plan: { proposal: /takes a role/ },
    },
    'every 15 seconds is asked for': {
      given: { instance: { Engine: 'mysql', MonitoringInterval: 15 } },
      verdict: 'PASS',
      parameters: { monitoringInterval: 15 },
    },
    'every 15 seconds is asked for, it is every 60': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'mysql', MonitoringInterval: 60 },
      },
      verdict: 'FAIL',
      plan: { proposal: /takes a role/ },
      parameters: { monitoringInterval: 15 },
      evidence: ['instance.MonitoringInterval'],
      reason: /every 60 seconds/,
    },
    'a member of a cluster': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          MonitoringInterval: 0,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /takes a role/ },
    },
    'it is being created': {
      given: { instance: { Engine: 'mysql', DBInstanceStatus: 'creating', MonitoringInterval: 0 } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-oracle-ee', MonitoringInterval: 0 } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', MonitoringInterval: 0 } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is off, and a role is given': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'mysql', MonitoringInterval: 0 },
      },
      verdict: 'FAIL',
      parameters: { monitoringRoleArn: role },
      plan,
    },
    'every 15 seconds is asked for, its own role goes on': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          MonitoringInterval: 60,
          MonitoringRoleArn: role,
        },
      },
      verdict: 'FAIL',
      parameters: { monitoringInterval: 15, monitoringRoleArn: `${role}-of-others` },
      plan: { ...plan, input: { MonitoringInterval: 15, MonitoringRoleArn: role } },
    },
    'a change is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          MonitoringInterval: 0,
          PendingModifiedValues: { Port: 3307 },
        },
      },
      verdict: 'FAIL',
      parameters: { monitoringRoleArn: role },
      plan: { proposal: /^Port waits/ },
    },
    'a member of a Multi-AZ DB cluster, and a role is given': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          DBClusterIdentifier: 'sales',
          MonitoringInterval: 0,
        },
      },
      verdict: 'FAIL',
      parameters: { monitoringRoleArn: role },
      plan: { proposal: /a member of sales/ },
    },
    'a member of an Aurora cluster, and a role is given': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          MonitoringInterval: 0,
        },
      },
      verdict: 'FAIL',
      parameters: { monitoringRoleArn: role },
      plan,
    },
  },
});
