import {
  type Call,
  call,
  type Grant,
  type Plan,
  propose,
  type Risk,
} from '../../../model/control.ts';
import {
  type GroupInUse,
  isOfAws,
  type ParameterFacts,
} from '../../../resources/rds/db-group-in-use.ts';
import type { ParametersInUse } from '../../../resources/rds/db-parameters.ts';
import { notNow } from './database-change.ts';
import { isSet, type Setting } from './parameter-in-effect.ts';

interface State {
  readonly parameters: ParametersInUse | undefined;
  readonly parameterGroup: GroupInUse | undefined;
}
interface Change {
  readonly risk: Risk;
  readonly summary: string;
}

const grant = (kind: ':pg:' | ':cluster-pg:', actions: Grant['actions']): Grant<State> => ({
  actions,
  on: (_, { parameterGroup: group }) => (group?.arn.includes(kind) ? [group.arn] : []),
});
export const changesParameters: readonly Grant<State>[] = [
  grant(':pg:', ['rds:ModifyDBParameterGroup', 'rds:ResetDBParameterGroup']),
  grant(':cluster-pg:', ['rds:ModifyDBClusterParameterGroup', 'rds:ResetDBClusterParameterGroup']),
];

/** Sets a parameter in the group, or with no value takes out what was set there. */
const setIn = (
  { name, arn }: GroupInUse,
  parameter: string,
  type: string,
  value?: string,
): Call => {
  const Parameters = [
    {
      ParameterName: parameter,
      ApplyMethod: type === 'dynamic' ? ('immediate' as const) : ('pending-reboot' as const),
      ...(value === undefined ? {} : { ParameterValue: value }),
    },
  ];
  const clusterGroup = { DBClusterParameterGroupName: name, Parameters };
  const group = { DBParameterGroupName: name, Parameters };
  if (arn.includes(':cluster-pg:'))
    return value === undefined
      ? call('rds', 'resetDBClusterParameterGroup', clusterGroup)
      : call('rds', 'modifyDBClusterParameterGroup', clusterGroup);
  return value === undefined
    ? call('rds', 'resetDBParameterGroup', group)
    : call('rds', 'modifyDBParameterGroup', group);
};

// `ON` in groups of Aurora MySQL is `1` in those of MySQL.
const valueFor = ({ expected, holds }: Setting, { allowed }: ParameterFacts): string => {
  const values = allowed.split(',').map((value) => value.trim());
  return values.includes(expected) ? expected : (values.find(holds) ?? expected);
};

/** What keeps a parameter that can be set from being set by itself. */
const obstacle = (
  { name, users, status, pending }: GroupInUse,
  { statuses }: ParametersInUse,
  { applyType }: ParameterFacts,
): string | undefined => {
  if (users !== 1)
    return `${name} is the group of ${users} databases, and all of them would change`;
  if (applyType !== 'dynamic')
    return `the parameter is ${applyType}: after the call the database has to be restarted`;
  if (statuses.some((one) => one !== 'in-sync'))
    return `other parameters of ${name} are not in effect yet: ${statuses.join(', ')}`;
  return notNow(status, pending);
};

const proposeReboot = ({ name, arn }: GroupInUse, id: string): Plan =>
  propose(
    `${name} is right already, and takes effect when the database is restarted`,
    arn.includes(':pg:') ? [call('rds', 'rebootDBInstance', { DBInstanceIdentifier: id })] : [],
  );

/** Sets the one parameter that does not hold, in a group of which this database is the only user. */
export const changeParameter = (
  { parameters: inUse, parameterGroup: group }: State,
  { ref: { id } }: { readonly ref: { readonly id: string } },
  setting: Setting,
  { risk, summary }: Change,
): Plan => {
  if (!inUse || !group) return propose('its parameter group was not found');
  const { name } = setting;
  if (isSet(inUse, setting)) return proposeReboot(group, id);
  if (isOfAws(group.name))
    return propose(
      `${group.name} is a group of AWS that cannot be changed: a group of your own with ${name} takes effect at a restart`,
    );
  const facts = group.parameters[name];
  if (!facts?.isModifiable) return propose(`${group.name} does not let ${name} be changed`);
  const calls = [setIn(group, name, facts.applyType, valueFor(setting, facts))];
  const why = obstacle(group, inUse, facts);
  if (why) return propose(why, calls);
  const before = facts.source === 'user' ? inUse.values[name] : undefined;
  const undo = { calls: [setIn(group, name, facts.applyType, before)], widensAccess: true };
  return { kind: 'calls', risk, summary, calls, undo };
};
