import { Unresolved } from '../../model/unresolved.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, text } from './answer.ts';
import { clusterShape } from './rds-cluster.ts';
import { instanceShape } from './rds-instance.ts';

const lower = (value: unknown): string => text(value).toLowerCase();
const named = (stack: Stack, type: string, name: unknown): Resource | undefined =>
  stack.find([type], (one) => one.name.toLowerCase() === lower(name));

const instances: Answer = (stack, { DBInstanceIdentifier: id }) => {
  const found = named(stack, 'AWS::RDS::DBInstance', id);
  if (!found) throw awsError('DBInstanceNotFound');
  return { DBInstances: [lazily(instanceShape(stack, found))] };
};
const clusters: Answer = (stack, { DBClusterIdentifier: id }) => {
  const found = named(stack, 'AWS::RDS::DBCluster', id);
  if (!found) throw awsError('DBClusterNotFoundFault');
  return { DBClusters: [lazily(clusterShape(stack, found))] };
};

const shown = (set: Part) => ({
  Parameters: set.names.map((ParameterName) =>
    lazily({
      ParameterName: () => ParameterName,
      ParameterValue: () => set.get(ParameterName).text(['0', '1']),
    }),
  ),
});

/** AWS's own groups set nothing: the engine's defaults hold. */
const parameters =
  (type: string, field: string): Answer =>
  (stack, input) => {
    const name = text(input[field]);
    if (name.startsWith('default.')) return { Parameters: [] };
    const group = named(stack, type, name);
    if (!group) throw new Unresolved(`the parameter group ${name}, which is not in the template`);
    const set = group.get('Parameters');
    return set.isSet ? shown(set) : { Parameters: [] };
  };

export const rdsAnswers: Answers = {
  describeDBInstances: instances,
  describeDBClusters: clusters,
  describeDBParameters: parameters('AWS::RDS::DBParameterGroup', 'DBParameterGroupName'),
  describeDBClusterParameters: parameters(
    'AWS::RDS::DBClusterParameterGroup',
    'DBClusterParameterGroupName',
  ),
};
