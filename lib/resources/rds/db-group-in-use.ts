import type { Parameter } from '@aws-sdk/client-rds';
import type { Reader } from '../../model/resource-type.ts';
import { rds } from '../../services/rds.ts';
import { pendingOf } from './db-status.ts';

/** A parameter as a group has it, apart from its value. */
export interface ParameterFacts {
  /** `user` where a person has set it; else it has AWS's value, which a reset brings back. */
  readonly source: string;
  /** `dynamic` takes effect at once, `static` when the database restarts. */
  readonly applyType: string;
  /** `0,1`, where AWS lists the values. */
  readonly allowed: string;
  readonly isModifiable: boolean;
}
/** What it takes to change the parameters that a database runs with. */
export interface GroupInUse {
  readonly name: string;
  readonly arn: string;
  /** Of the database. */
  readonly status: string;
  /** What of the database's settings waits to be applied. */
  readonly pending: readonly string[];
  /** How many databases use the group, this one among them; groups of AWS are not counted. */
  readonly users: number;
  readonly parameters: Readonly<Record<string, ParameterFacts>>;
}
interface Pages {
  readonly Parameters?: readonly Parameter[] | undefined;
}

/** A group that AWS made: nobody can change it. */
export const isOfAws = (group: string): boolean => group.startsWith('default.');

/** A group that more databases use by now is another one for whoever takes a change back. */
export const comparableGroup = (value: unknown): unknown => {
  const { status, ...group } = Object(value);
  return group;
};

const factsOn = async (pages: AsyncIterable<Pages>) => {
  const facts: Record<string, ParameterFacts> = {};
  for await (const { Parameters = [] } of pages)
    for (const {
      ParameterName: name = '',
      Source,
      ApplyType,
      AllowedValues,
      IsModifiable,
    } of Parameters)
      facts[name] = {
        source: Source ?? 'unknown',
        applyType: ApplyType ?? 'unknown',
        allowed: AllowedValues ?? '',
        isModifiable: IsModifiable ?? false,
      };
  return facts;
};

const instancesWith = async (reader: Reader, group: string): Promise<number> => {
  let users = 0;
  for await (const page of reader.pages('rds', 'describeDBInstances', { MaxRecords: 100 }))
    for (const { DBParameterGroups: groups = [] } of page.DBInstances ?? [])
      if (groups.some(({ DBParameterGroupName: name }) => name === group)) users += 1;
  return users;
};

const clustersWith = async (reader: Reader, group: string): Promise<number> => {
  let users = 0;
  for await (const page of reader.pages('rds', 'describeDBClusters', { MaxRecords: 100 }))
    for (const { DBClusterParameterGroup: name } of page.DBClusters ?? [])
      if (name === group) users += 1;
  return users;
};

/** RDS names no users of a group: they are counted among all databases of the region. */
export const groupInUse = async (
  reader: Reader,
  group: { readonly kind: 'pg' | 'cluster-pg'; readonly name: string },
  database: object,
  pages: AsyncIterable<Pages>,
): Promise<GroupInUse> => {
  const { kind, name } = group;
  const count = kind === 'pg' ? instancesWith : clustersWith;
  const [parameters, users] = await Promise.all([
    factsOn(pages),
    isOfAws(name) ? 0 : count(reader, name),
  ]);
  const status = Reflect.get(database, 'DBInstanceStatus') ?? Reflect.get(database, 'Status');
  return {
    name,
    arn: rds.arn(kind, reader, name),
    status: String(status),
    pending: pendingOf(database),
    users,
    parameters,
  };
};
