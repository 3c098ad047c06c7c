import { okAnswer } from '../endpoint/answer.ts';
import type { Before } from '../endpoint/call.ts';

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
const exportable: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^(mysql|mariadb|aurora-mysql)$/,
    ['audit', 'error', 'general', 'iam-db-auth-error', 'slowquery'],
  ],
  [/^postgres$/, ['iam-db-auth-error', 'postgresql', 'upgrade']],
  [/^aurora-postgresql$/, ['iam-db-auth-error', 'instance', 'postgresql']],
  [/^oracle-/, ['alert', 'audit', 'listener', 'oemagent', 'trace']],
  [/^sqlserver-/, ['agent', 'error']],
];

/** The version of an engine that is asked for; moto knows no such call. */
export const engineVersions: Before = (call) => {
  if (call.service !== 'rds' || call.operation !== 'DescribeDBEngineVersions') return undefined;
  const { Engine = '', EngineVersion = '' } = call.input;
  const found = exportable.find(([pattern]) => pattern.test(String(Engine)));
  const ExportableLogTypes = found?.[1] ?? [];
  return okAnswer(call, { DBEngineVersions: [{ Engine, EngineVersion, ExportableLogTypes }] });
};
