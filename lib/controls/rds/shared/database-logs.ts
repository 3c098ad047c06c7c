import { type EngineFamily, engineOf } from '../../../resources/rds/db-engine.ts';

// The log types that Security Hub asks for; of Db2 it asks for none.
const required: { readonly [F in EngineFamily]?: readonly string[] } = {
  'aurora-mysql': ['audit', 'error', 'general', 'slowquery'],
  'aurora-postgresql': ['postgresql'],
  mariadb: ['audit', 'error', 'general', 'slowquery'],
  mysql: ['audit', 'error', 'general', 'slowquery'],
  oracle: ['alert', 'audit', 'trace', 'listener'],
  postgres: ['postgresql', 'upgrade'],
  sqlserver: ['error', 'agent'],
};

interface Instance {
  readonly Engine?: string | undefined;
  readonly EnabledCloudwatchLogsExports?: readonly string[] | undefined;
}

/** The log types that an instance of this engine has to publish; `undefined` where none is asked for. */
export const requiredLogs = ({ Engine }: Instance): readonly string[] | undefined => {
  const family = engineOf(Engine)?.family;
  return family && required[family];
};

/** Those of them that it does not publish. */
export const missingLogs = (instance: Instance): readonly string[] =>
  (requiredLogs(instance) ?? []).filter(
    (type) => !instance.EnabledCloudwatchLogsExports?.includes(type),
  );
