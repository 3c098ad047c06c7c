import { defineControl, fail, pass, propose } from '../../model/control.ts';
import type { Parameter } from '../../model/parameters.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import {
  changeInstance,
  modifiesInstance,
  multiAzClusterOf,
  proposeOnCluster,
} from './shared/database-change.ts';
import { outOfScope } from './shared/database-scope.ts';

type Interval = number | 'any';
const intervals: readonly unknown[] = [1, 5, 10, 15, 30, 60, 'any'];
const monitoringInterval: Parameter<Interval> = {
  default: 'any',
  allowed: 'any, or seconds: 1, 5, 10, 15, 30 or 60',
  accepts: (value): value is Interval => intervals.includes(value),
};

const roleArn = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;
/** With it enhanced monitoring is turned on where it is off; AWS's policy AmazonRDSEnhancedMonitoringRole says what it may. */
const monitoringRoleArn: Parameter<string | null> = {
  default: null,
  allowed: 'the ARN of a role, or null to leave turning it on to a person',
  accepts: (value): value is string | null =>
    value === null || (typeof value === 'string' && roleArn.test(value)),
};

/** RDS takes an interval with its role alone, even where the instance has one. */
const roleFor = (
  { MonitoringRoleArn: own }: { MonitoringRoleArn?: string | undefined },
  given: unknown,
) => own ?? (typeof given === 'string' ? given : undefined);

export const databaseHasEnhancedMonitoring = defineControl(dbInstance, {
  id: 'RDS.6',
  title: 'Enhanced monitoring should be configured for RDS DB instances',
  severity: 'LOW',
  rationale:
    'Metrics from inside the operating system show a database in trouble before its clients do.',
  standards: { 'fsbp-1.0.0': ['RDS.6'], 'nist-800-53-r5': ['CA-7', 'SI-2'] },
  needs: ['instance'],
  parameters: { monitoringInterval, monitoringRoleArn },
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
    grants: [
      ...modifiesInstance,
      {
        actions: ['iam:PassRole'],
        on: ({ parameters }, { instance }) => {
          const role = roleFor(instance, parameters?.['monitoringRoleArn']);
          return role ? [role] : [];
        },
      },
    ],
    plan({ instance }, place) {
      const { monitoringInterval: wanted, monitoringRoleArn: given } = place.parameters;
      const MonitoringInterval = wanted === 'any' ? 60 : wanted;
      const MonitoringRoleArn = roleFor(instance, given);
      if (!MonitoringRoleArn)
        return propose(
          'it takes a role that may write to CloudWatch Logs: the parameter monitoringRoleArn names one',
        );
      const set = { MonitoringInterval, MonitoringRoleArn };
      const cluster = multiAzClusterOf(instance);
      if (cluster) return proposeOnCluster(cluster, set);
      const { MonitoringInterval: before = 0 } = instance;
      // Always applied at once. CloudWatch Logs takes money for what comes in.
      return changeInstance(instance, place, {
        risk: 'disruptive',
        summary: `sends metrics of the operating system to CloudWatch Logs every ${MonitoringInterval} seconds`,
        set,
        back: before === 0 ? { MonitoringInterval: 0 } : { ...set, MonitoringInterval: before },
      });
    },
  },
});
