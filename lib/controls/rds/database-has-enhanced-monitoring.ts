import { dbInstance } from '../../resources/db-instance.ts';
import { defineControl, fail, pass } from '../control.ts';
import { outOfScope } from '../judgement/database-scope.ts';
import type { Parameter } from '../parameters.ts';

type Interval = number | 'any';
const intervals: readonly unknown[] = [1, 5, 10, 15, 30, 60, 'any'];
const monitoringInterval: Parameter<Interval> = {
  default: 'any',
  allowed: 'any, or seconds: 1, 5, 10, 15, 30 or 60',
  accepts: (value): value is Interval => intervals.includes(value),
};

export const databaseHasEnhancedMonitoring = defineControl(dbInstance, {
  id: 'RDS.6',
  title: 'Enhanced monitoring should be configured for RDS DB instances',
  severity: 'LOW',
  rationale:
    'Metrics from inside the operating system show a database in trouble before its clients do.',
  standards: { 'fsbp-1.0.0': ['RDS.6'], 'nist-800-53-r5': ['CA-7', 'SI-2'] },
  needs: ['instance'],
  parameters: { monitoringInterval },
  evaluate({ instance }, { parameters: { monitoringInterval: wanted } }) {
    const outside = outOfScope(instance, { custom: false, members: true });
    if (outside) return outside;
    const actual = instance.MonitoringInterval ?? 0;
    if (wanted === 'any' ? actual > 0 : actual === wanted) return pass;
    return fail(
      actual === 0
        ? 'enhanced monitoring is off'
        : `enhanced monitoring is every ${actual} seconds`,
      [{ path: 'instance.MonitoringInterval', actual, expected: wanted }],
    );
  },
  remediation: {
    advice:
      'Turn on Enhanced Monitoring on the DB instance, with the interval that is asked for and a role that may write to CloudWatch Logs.',
  },
});
