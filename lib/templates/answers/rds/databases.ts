import { Unresolved } from '../../../model/unresolved.ts';
import { asRecord, list } from '../../../support/untyped.ts';
import { lazily, type Part } from '../../part.ts';
import type { Resource, Stack } from '../../stack.ts';
import { type Answer, type Answers, awsError, flagOr, text } from '../answer.ts';
import { clusterShape, clusterTypes } from './cluster.ts';
import { instanceShape, isPublic } from './instance.ts';

const lower = (value: unknown): string => text(value).toLowerCase();
const named = (stack: Stack, types: readonly string[], name: unknown): Resource | undefined =>
  stack.find(types, (one) => one.name.toLowerCase() === lower(name));

type Shape = Readonly<Record<string, () => unknown>>;
/**
 * An instance of Neptune, as far as a control looks at it.
 * https://docs.aws.amazon.com/neptune/latest/userguide/neptune-public-endpoints.html: nobody reaches it from outside unless somebody says so.
 */
const neptuneShape = (stack: Stack, instance: Resource): Shape => ({
  DBInstanceIdentifier: () => instance.name,
  DBInstanceStatus: () => 'available',
  Engine: () => 'neptune',
  DBClusterIdentifier: () => instance.get('DBClusterIdentifier').name(),
  PubliclyAccessible: () =>
    flagOr(stack, instance.get('PubliclyAccessible'), 'private endpoints of Neptune', false),
});
/** The instances that a Multi-AZ DB cluster is made of, which no template declares: each has the address of the cluster. */
const memberShape = (stack: Stack, cluster: Resource): Shape => {
  const { Engine = () => undefined } = clusterShape(stack, cluster);
  return {
    DBInstanceIdentifier: () => cluster.name,
    DBInstanceStatus: () => 'available',
    Engine,
    DBClusterIdentifier: () => cluster.name,
    PubliclyAccessible: () => isPublic(stack, cluster),
  };
};
/** What is an instance, or makes some, by its type. */
const shapes: Readonly<Record<string, (stack: Stack, one: Resource) => Shape>> = {
  'AWS::RDS::DBInstance': instanceShape,
  'AWS::Neptune::DBInstance': neptuneShape,
  'AWS::RDS::DBCluster': memberShape,
};

const instances: Answer = (stack, { DBInstanceIdentifier: id }) => {
  if (id === undefined)
    return {
      DBInstances: stack
        .all('AWS::RDS::DBInstance')
        .map((one) => lazily(instanceShape(stack, one))),
    };
  const found = named(stack, Object.keys(shapes), id);
  const shape = found && shapes[found.declared.type]?.(stack, found);
  if (!shape) throw awsError('DBInstanceNotFound');
  return { DBInstances: [lazily(shape)] };
};
const clusters: Answer = (stack, { DBClusterIdentifier: id }) => {
  if (id === undefined)
    return {
      DBClusters: stack.all(...clusterTypes).map((one) => lazily(clusterShape(stack, one))),
    };
  const found = named(stack, clusterTypes, id);
  if (!found) throw awsError('DBClusterNotFoundFault');
  return { DBClusters: [lazily(clusterShape(stack, found))] };
};

/** Whatever a group of one's own can set takes effect when the stack that sets it is deployed. */
const settable = { IsModifiable: true, ApplyType: 'dynamic' };

/** The names that a call asks for. */
const askedFor = (filters: unknown): readonly string[] =>
  list(filters).flatMap((one) => list(asRecord(one)['Values']).map(String));

const shown = (set: Part, filters: unknown) => {
  const own = set.isSet ? set.names : [];
  const others = askedFor(filters).filter((name) => !own.includes(name));
  return {
    Parameters: [
      ...own.map((ParameterName) =>
        lazily({
          ParameterName: () => ParameterName,
          ParameterValue: () => set.get(ParameterName).text(['0', '1']),
          Source: () => 'user',
          IsModifiable: () => settable.IsModifiable,
          ApplyType: () => settable.ApplyType,
        }),
      ),
      ...others.map((ParameterName) => ({
        ...settable,
        ParameterName,
        Source: 'engine-default',
      })),
    ],
  };
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html */
const exportable: readonly (readonly [engine: RegExp, types: readonly string[]])[] = [
  [/^(?:mysql|mariadb|aurora-mysql)$/, ['audit', 'error', 'general', 'slowquery']],
  [/^postgres$/, ['postgresql', 'upgrade']],
  [/^aurora-postgresql$/, ['postgresql']],
  [/^oracle-/, ['alert', 'audit', 'listener', 'trace']],
  [/^sqlserver-/, ['agent', 'error']],
];
const versions: Answer = (_, { Engine }) => ({
  DBEngineVersions: [
    { ExportableLogTypes: exportable.find(([engine]) => engine.test(text(Engine)))?.[1] ?? [] },
  ],
});

/** AWS's own groups set nothing: the engine's defaults hold. */
const parameters =
  (type: string, field: string): Answer =>
  (stack, input) => {
    const name = text(input[field]);
    if (name.startsWith('default.')) return { Parameters: [] };
    const group = named(stack, [type], name);
    if (!group) throw new Unresolved(`the parameter group ${name}, which is not in the template`);
    return shown(group.get('Parameters'), input['Filters']);
  };

export const rdsAnswers: Answers = {
  describeDBEngineVersions: versions,
  describeDBInstances: instances,
  describeDBClusters: clusters,
  describeDBParameters: parameters('AWS::RDS::DBParameterGroup', 'DBParameterGroupName'),
  describeDBClusterParameters: parameters(
    'AWS::RDS::DBClusterParameterGroup',
    'DBClusterParameterGroupName',
  ),
};
