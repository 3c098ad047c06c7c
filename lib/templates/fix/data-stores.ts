import { asRecord, list, text } from '../../support/untyped.ts';
import { allSettingsOf, policyOf } from '../answers/dynamodb.ts';
import { busStatements, policyPart } from '../answers/resource-policies.ts';
import { policyEdits } from './policies.ts';
import { setting, type Write, type Writes } from './write.ts';

/** Sets what is said of the table itself, or of each replica. */
const set =
  (inner: readonly string[], said: (input: Parameters<Write>[0]) => unknown): Write =>
  (input, { resource }) =>
    allSettingsOf(resource).flatMap(({ path }) =>
      setting(resource, [...path, ...inner], said(input)),
    );

export const opensearchWrites: Writes = {
  updateDomainConfig: (input, writing) => {
    const { resource } = writing;
    const after = text(input['AccessPolicies']);
    return after === undefined
      ? undefined
      : policyEdits(resource.get('AccessPolicies'), resource, after, writing);
  },
};

/** The policy that stands on the resource itself; what is declared apart of it, a person changes. */
const policyIn =
  (property: string, said: (input: Parameters<Write>[0]) => unknown): Write =>
  (input, writing) => {
    const { resource } = writing;
    const set = resource.get(property);
    return set.isSet ? policyEdits(set, resource, text(said(input)) ?? '', writing) : undefined;
  };

export const backupWrites: Writes = {
  putBackupVaultAccessPolicy: policyIn('AccessPolicy', ({ Policy }) => Policy),
};
export const glueWrites: Writes = {
  putResourcePolicy: policyIn('Policy', ({ PolicyInJson }) => PolicyInJson),
};
export const accessPointWrites: Writes = {
  putAccessPointPolicy: policyIn('Policy', ({ Policy }) => Policy),
  putMultiRegionAccessPointPolicy: ({ Details }, writing) => {
    const said = policyPart(writing.stack, writing.resource, 'Policy');
    const after = text(asRecord(Details)['Policy']) ?? '';
    return said && policyEdits(said.part, said.by, after, writing);
  },
};
export const apigatewayWrites: Writes = {
  updateRestApi: policyIn(
    'Policy',
    ({ patchOperations }) => asRecord(list(patchOperations)[0])['value'],
  ),
};
export const eventbridgeWrites: Writes = {
  // With statements that are declared by themselves the policy of the bus is put together: a person takes them apart.
  putPermission: (input, writing) =>
    busStatements(writing.stack, writing.resource).length > 0
      ? undefined
      : policyIn('Policy', ({ Policy }) => Policy)(input, writing),
};

export const kinesisWrites: Writes = {
  startStreamEncryption: ({ EncryptionType, KeyId }, { resource }) =>
    setting(resource, ['StreamEncryption'], { EncryptionType, KeyId }),
  increaseStreamRetentionPeriod: ({ RetentionPeriodHours }, { resource }) =>
    setting(resource, ['RetentionPeriodHours'], RetentionPeriodHours),
};

export const dmsWrites: Writes = {
  modifyReplicationInstance: ({ AutoMinorVersionUpgrade }, { resource }) =>
    AutoMinorVersionUpgrade === undefined
      ? undefined
      : setting(resource, ['AutoMinorVersionUpgrade'], AutoMinorVersionUpgrade),
};

export const athenaWrites: Writes = {
  updateWorkGroup: ({ ConfigurationUpdates }, { resource }) =>
    setting(
      resource,
      ['WorkGroupConfiguration', 'PublishCloudWatchMetricsEnabled'],
      asRecord(ConfigurationUpdates)['PublishCloudWatchMetricsEnabled'],
    ),
};

export const efsWrites: Writes = {
  putBackupPolicy: (input, { resource }) =>
    setting(resource, ['BackupPolicy', 'Status'], asRecord(input['BackupPolicy'])['Status']),
};

export const dynamodbWrites: Writes = {
  updateTable: set(['DeletionProtectionEnabled'], (input) => input['DeletionProtectionEnabled']),
  updateContinuousBackups: set(
    ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'],
    (input) => asRecord(input['PointInTimeRecoverySpecification'])['PointInTimeRecoveryEnabled'],
  ),
  putResourcePolicy: (input, writing) => {
    const { resource } = writing;
    return policyEdits(policyOf(resource), resource, text(input['Policy']) ?? '', writing);
  },
};
