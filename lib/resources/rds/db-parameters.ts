import type { Parameter } from '@aws-sdk/client-rds';
import { engineOf, isAtLeast } from './db-engine.ts';

/** The parameters that a database runs with, as far as a control evaluates them. */
export interface ParametersInUse {
  readonly engine: string;
  readonly version: string;
  /** The group that decides; a member of a cluster has `cluster` instead, whose group decides. */
  readonly group?: string;
  readonly cluster?: string;
  /** Of the instance, or of each member of the cluster: `in-sync` where the group's values are in effect. */
  readonly statuses: readonly string[];
  /** What the group says, set by AWS or by a person; where it says nothing the engine's default holds. */
  readonly values: Readonly<Record<string, string>>;
}

const passwords = 'password_encryption';
const accepted = 'rds.accepted_password_auth_method';

/** The evaluated parameters of an engine: only those that its groups know, since a filter may refuse another. */
export const evaluatedParameters = (name: string, version: string): readonly string[] => {
  const { family, custom } = engineOf(name) ?? {};
  if (custom) return [];
  switch (family) {
    case 'postgres':
      return ['rds.force_ssl', passwords, ...(isAtLeast(version, 13) ? [accepted] : [])];
    case 'aurora-postgresql':
      return ['rds.force_ssl', passwords, ...(isAtLeast(version, 14) ? [accepted] : [])];
    case 'sqlserver':
      return ['rds.force_ssl'];
    case 'mysql':
    case 'aurora-mysql':
      return isAtLeast(version, 5, 7) ? ['require_secure_transport'] : [];
    case 'mariadb':
      return isAtLeast(version, 10, 5) ? ['require_secure_transport'] : [];
    default:
      return [];
  }
};

/** Parameters without what of them moves by itself. */
export const comparableParameters = (value: unknown): unknown => {
  const { statuses, ...parameters } = Object(value);
  return parameters;
};

/** Asks for these parameters alone: a whole group is hundreds of them over several pages. */
export const namedOnly = (names: readonly string[]) => ({
  Filters: [{ Name: 'parameter-name', Values: [...names] }],
  MaxRecords: 100,
});

/** The values on these pages: of the named parameters, or of all where no names are given. */
export const valuesOn = async (
  pages: AsyncIterable<{ readonly Parameters?: readonly Parameter[] | undefined }>,
  names?: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const values: Record<string, string> = {};
  for await (const { Parameters = [] } of pages)
    for (const { ParameterName: name, ParameterValue: value } of Parameters)
      if (name !== undefined && value !== undefined && (names?.includes(name) ?? true))
        values[name] = value;
  return values;
};
