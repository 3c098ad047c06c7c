import { record, text } from '../../support/untyped.ts';
import { allSettingsOf, settingsOf } from '../answers/dynamodb.ts';
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

export const dmsWrites: Writes = {
  modifyReplicationInstance: ({ AutoMinorVersionUpgrade }, { resource }) =>
    AutoMinorVersionUpgrade === undefined
      ? undefined
      : setting(resource, ['AutoMinorVersionUpgrade'], AutoMinorVersionUpgrade),
};

export const efsWrites: Writes = {
  putBackupPolicy: (input, { resource }) =>
    setting(resource, ['BackupPolicy', 'Status'], record(input['BackupPolicy'])['Status']),
};

export const dynamodbWrites: Writes = {
  updateTable: set(['DeletionProtectionEnabled'], (input) => input['DeletionProtectionEnabled']),
  updateContinuousBackups: set(
    ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'],
    (input) => record(input['PointInTimeRecoverySpecification'])['PointInTimeRecoveryEnabled'],
  ),
  putResourcePolicy: (input, writing) => {
    const { resource } = writing;
    const document = settingsOf(resource).get('ResourcePolicy', 'PolicyDocument');
    return policyEdits(document, resource, text(input['Policy']) ?? '', writing);
  },
};
