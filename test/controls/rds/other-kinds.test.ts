import { databaseForcesTls } from '../../../lib/controls/rds/database-forces-tls.ts';
import { databaseHasEnhancedMonitoring } from '../../../lib/controls/rds/database-has-enhanced-monitoring.ts';
import { snapshotIsPrivate } from '../../../lib/controls/rds/snapshot-is-private.ts';
import { planOf } from '../../../lib/engine/remediation/planning.ts';
import {
  mostSessionPolicy,
  sessionPolicyOf,
} from '../../../lib/engine/remediation/session-policy.ts';
import { defaults, now } from '../harness.ts';
import { ownGroup } from './groups.ts';

const ref = { account: '123456789012', region: 'us-east-1', id: 'sales' };
const place = (kind: string) => ({
  ref,
  arn: `arn:aws:rds:us-east-1:123456789012:${kind}:sales`,
  at: now,
});
const planned = (
  control: unknown,
  state: Readonly<Record<string, unknown>>,
  kind: string,
  parameters: Readonly<Record<string, unknown>> = {},
) => {
  const failing = Object(control);
  const all = { ...defaults(failing), ...parameters };
  const made = planOf([{ control: failing, parameters: all }], state, place(kind));
  if (!made) throw new Error('nothing was planned');
  return made;
};

describe('a cluster snapshot that everybody may restore', () => {
  it('is closed, and opened again, by its own call and grant', () => {
    const state = { attributes: { restore: ['all', '111122223333'] } };
    const call = (values: object) => ({
      service: 'rds',
      operation: 'modifyDBClusterSnapshotAttribute',
      input: { DBClusterSnapshotIdentifier: 'sales', AttributeName: 'restore', ...values },
    });
    expect(planned(snapshotIsPrivate, state, 'cluster-snapshot')).toMatchObject({
      plan: {
        calls: [call({ ValuesToRemove: ['all'] })],
        undo: { calls: [call({ ValuesToAdd: ['all'] })], widensAccess: true },
      },
      grants: [
        {
          actions: ['rds:ModifyDBClusterSnapshotAttribute'],
          resources: ['arn:aws:rds:us-east-1:123456789012:cluster-snapshot:sales'],
        },
      ],
    });
  });
});

describe('a DB cluster with a group of its own', () => {
  const arn = 'arn:aws:rds:us-east-1:123456789012:cluster-pg:own';
  const stateOf = (
    values: Readonly<Record<string, string>>,
    statuses = ['in-sync', 'in-sync'],
  ) => ({
    parameters: { engine: 'aurora-postgresql', version: '16.4', group: 'own', statuses, values },
    parameterGroup: { ...ownGroup(values), arn },
  });

  it.each([
    ['reset', 'resetDBClusterParameterGroup', {}, {}],
    [
      'what a person had set',
      'modifyDBClusterParameterGroup',
      { 'rds.force_ssl': '0' },
      { ParameterValue: '0' },
    ],
  ])('is changed there, and by undo is %s', (_, operation, values, back) => {
    const parameter = { ParameterName: 'rds.force_ssl', ApplyMethod: 'immediate' };
    const { plan, grants } = planned(databaseForcesTls, stateOf(values), 'cluster');
    expect(plan).toMatchObject({
      calls: [
        {
          operation: 'modifyDBClusterParameterGroup',
          input: {
            DBClusterParameterGroupName: 'own',
            Parameters: [{ ...parameter, ParameterValue: '1' }],
          },
        },
      ],
      undo: { calls: [{ operation, input: { Parameters: [{ ...parameter, ...back }] } }] },
    });
    expect(grants).toEqual([
      {
        actions: ['rds:ModifyDBClusterParameterGroup', 'rds:ResetDBClusterParameterGroup'],
        resources: [arn],
      },
    ]);
  });

  it('is restarted by a person, member by member', () => {
    const state = stateOf({ 'rds.force_ssl': '1' }, ['in-sync', 'pending-reboot']);
    expect(planned(databaseForcesTls, state, 'cluster').plan).toEqual({
      kind: 'proposal',
      why: expect.stringMatching(/^own is right already/),
      calls: [],
    });
  });
});

describe('the role of enhanced monitoring', () => {
  const role = `arn:aws:iam::123456789012:role/${'p'.repeat(510)}/${'r'.repeat(64)}`;

  it('is granted alone, and with the longest names it fits a session policy', () => {
    const long = `arn:aws:rds:ap-southeast-7:123456789012:db:${'d'.repeat(63)}`;
    const control = Object(databaseHasEnhancedMonitoring);
    const state = { instance: { DBInstanceStatus: 'available', MonitoringInterval: 0 } };
    const parameters = { monitoringInterval: 'any', monitoringRoleArn: role };
    const made = planOf([{ control, parameters }], state, { ref, arn: long, at: now });
    expect(made?.grants).toEqual([
      { actions: ['rds:ModifyDBInstance'], resources: [long] },
      { actions: ['iam:PassRole'], resources: [role] },
    ]);
    expect(sessionPolicyOf(made?.grants ?? []).length).toBeLessThanOrEqual(mostSessionPolicy);
  });

  it('is not granted where a person has to name one', () => {
    const state = { instance: { DBInstanceStatus: 'available', MonitoringInterval: 0 } };
    const { grants } = planned(databaseHasEnhancedMonitoring, state, 'db');
    expect(grants.flatMap(({ actions }) => actions)).toEqual(['rds:ModifyDBInstance']);
  });
});

it('the longest names of snapshots and parameter groups fit a session policy', () => {
  const arn = `arn:aws:rds:ap-southeast-7:123456789012:cluster-snapshot:${'s'.repeat(255)}`;
  const group = `arn:aws:rds:ap-southeast-7:123456789012:cluster-pg:${'g'.repeat(255)}`;
  const state = {
    attributes: { restore: ['all'] },
    parameters: { engine: 'postgres', version: '14.1', group: 'g', statuses: [], values: {} },
    parameterGroup: { ...ownGroup(), arn: group },
  };
  for (const control of [snapshotIsPrivate, databaseForcesTls].map((one) => Object(one))) {
    const made = planOf([{ control, parameters: {} }], state, { ref, arn, at: now });
    expect(made?.grants).toHaveLength(1);
    expect(sessionPolicyOf(made?.grants ?? []).length).toBeLessThanOrEqual(mostSessionPolicy);
  }
});
