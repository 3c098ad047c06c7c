/** What a database runs; one name for the editions of one product. */
export type EngineFamily =
  | 'aurora-mysql'
  | 'aurora-postgresql'
  | 'db2'
  | 'mariadb'
  | 'mysql'
  | 'oracle'
  | 'postgres'
  | 'sqlserver';
export interface Engine {
  readonly family: EngineFamily;
  /** RDS Custom: the customer runs the operating system, and RDS does not offer most settings. */
  readonly custom: boolean;
}

// The values of `Engine` in CreateDBInstance and CreateDBCluster; `aurora` is Aurora MySQL 5.6.
const names: readonly (readonly [RegExp, EngineFamily])[] = [
  [/^aurora(-mysql)?$/, 'aurora-mysql'],
  [/^aurora-postgresql$/, 'aurora-postgresql'],
  [/^db2-/, 'db2'],
  [/^mariadb$/, 'mariadb'],
  [/^mysql$/, 'mysql'],
  [/^oracle-/, 'oracle'],
  [/^postgres$/, 'postgres'],
  [/^sqlserver-/, 'sqlserver'],
];

/** The engine by its name in the API; `undefined` for DocumentDB, Neptune and what is not known. */
export const engineOf = (name = ''): Engine | undefined => {
  const custom = name.startsWith('custom-');
  const plain = custom ? name.slice('custom-'.length) : name;
  const family = names.find(([pattern]) => pattern.test(plain))?.[1];
  return family && { family, custom };
};

/** Whether a version like `10.11.6`, `16.4` or `8.0.mysql_aurora.3.05.2` is this one or later. */
export const isAtLeast = (version: string | undefined, major: number, minor = 0): boolean => {
  const [first = 0, second = 0] = (version ?? '')
    .split('.')
    .map((part) => Number.parseInt(part, 10));
  return first > major || (first === major && (Number.isNaN(second) ? 0 : second) >= minor);
};
