import { asRecord, list, text } from '../../support/untyped.ts';
import { clusterTypes } from '../answers/rds/cluster.ts';
import type { Edit } from '../edit/tree-edits.ts';
import type { Resource, Stack } from '../stack.ts';
import { inProperties, setting, type Write, type Writes } from './write.ts';

/** Members of the calls that CloudFormation has another name for. */
const renamed: Readonly<Record<string, string>> = { DBPortNumber: 'Port' };
/** What says when, or of which database. */
const aside: ReadonlySet<string> = new Set([
  'ApplyImmediately',
  'DBInstanceIdentifier',
  'DBClusterIdentifier',
]);

const exported = (database: Resource, value: unknown): readonly Edit[] => {
  const path = inProperties(database.declared, ['EnableCloudwatchLogsExports']);
  const types = list(asRecord(value)['EnableLogTypes']);
  if (!database.get('EnableCloudwatchLogsExports').isSet) return [{ path, value: types }];
  return types.map((append) => ({ path, append }));
};

const modified =
  (...types: readonly string[]): Write =>
  (input, { resource, stack }) => {
    const id = text(input['DBClusterIdentifier'] ?? input['DBInstanceIdentifier']);
    const named = (one: Resource) => one.name.toLowerCase() === id?.toLowerCase();
    const database = types.includes(resource.declared.type)
      ? resource
      : stack.all(...types).find(named);
    if (!database || !named(database)) return undefined;
    return Object.entries(input).flatMap(([name, value]) => {
      if (aside.has(name)) return [];
      if (name === 'CloudwatchLogsExportConfiguration') return exported(database, value);
      if (name === 'EnableIAMDatabaseAuthentication' || typeof value !== 'object')
        return setting(database, [renamed[name] ?? name], value);
      return [];
    });
  };

const group = (stack: Stack, type: string, name: unknown): Resource | undefined =>
  stack.all(type).find((one) => one.name.toLowerCase() === text(name)?.toLowerCase());

const ofGroup =
  (type: string, field: string): Write =>
  (input, { stack }) => {
    const found = group(stack, type, input[field]);
    return (
      found &&
      list(input['Parameters']).flatMap((one) => {
        const { ParameterName, ParameterValue } = asRecord(one);
        return setting(found, ['Parameters', String(ParameterName)], ParameterValue);
      })
    );
  };

export const rdsWrites: Writes = {
  modifyDBInstance: modified('AWS::RDS::DBInstance', 'AWS::Neptune::DBInstance'),
  modifyDBCluster: modified(...clusterTypes),
  modifyDBParameterGroup: ofGroup('AWS::RDS::DBParameterGroup', 'DBParameterGroupName'),
  modifyDBClusterParameterGroup: ofGroup(
    'AWS::RDS::DBClusterParameterGroup',
    'DBClusterParameterGroupName',
  ),
  rebootDBInstance: () => [],
};
