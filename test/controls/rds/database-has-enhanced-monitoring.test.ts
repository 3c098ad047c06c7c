import { databaseHasEnhancedMonitoring } from '../../../lib/controls/rds/database-has-enhanced-monitoring.ts';
import { testControl } from '../harness.ts';

it('takes only the intervals that RDS has', () => {
  const accepts = (value: unknown) =>
    databaseHasEnhancedMonitoring.parameters?.monitoringInterval.accepts(value);
  expect([1, 5, 10, 15, 30, 60, 'any'].every(accepts)).toBe(true);
  expect([0, 2, 61, '60', undefined].some(accepts)).toBe(false);
});

testControl(databaseHasEnhancedMonitoring, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'mysql', MonitoringInterval: 60 } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { instance: { Engine: 'mysql', MonitoringInterval: 0 } },
      verdict: 'FAIL',
      evidence: ['instance.MonitoringInterval'],
      reason: /is off/,
    },
    'RDS does not say': { given: { instance: { Engine: 'mysql' } }, verdict: 'FAIL' },
    'every 15 seconds is asked for': {
      given: { instance: { Engine: 'mysql', MonitoringInterval: 15 } },
      verdict: 'PASS',
      parameters: { monitoringInterval: 15 },
    },
    'every 15 seconds is asked for, it is every 60': {
      given: { instance: { Engine: 'mysql', MonitoringInterval: 60 } },
      verdict: 'FAIL',
      parameters: { monitoringInterval: 15 },
      evidence: ['instance.MonitoringInterval'],
      reason: /every 60 seconds/,
    },
    'a member of a cluster': {
      given: {
        instance: { Engine: 'aurora-mysql', DBClusterIdentifier: 'sales', MonitoringInterval: 0 },
      },
      verdict: 'FAIL',
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
  },
});
