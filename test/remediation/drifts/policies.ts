import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const account = '123456789012';
const region = 'us-east-1';
const policy = (Action: string, Resource: string, principal: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'orders', Effect: 'Allow', Principal: principal, Action, Resource }],
  });
const everybody = '*';
const outsider = {
  AWS: ['arn:aws:iam::999999999999:root', `arn:aws:iam::${account}:root`],
};

const newVault: Drift['arrange'] = async (clients) => {
  const BackupVaultName = uniqueName('drift');
  await (await clients('backup')).createBackupVault({ BackupVaultName });
  return BackupVaultName;
};
const copied = (principal: unknown) => async (clients: Clients, BackupVaultName: string) =>
  (await clients('backup')).putBackupVaultAccessPolicy({
    BackupVaultName,
    Policy: policy('backup:CopyIntoBackupVault', '*', principal),
  });

/** There is one, which passes with a policy for the account. */
const catalogFor = async (clients: Clients, principal: unknown) => {
  const PolicyInJson = policy('glue:GetTable', `arn:aws:glue:${region}:${account}:*`, principal);
  await (await clients('glue')).putResourcePolicy({ PolicyInJson });
  return region;
};
const ownCatalog: Drift['arrange'] = (clients) =>
  catalogFor(clients, { AWS: `arn:aws:iam::${account}:root` });

const newPoint: Drift['arrange'] = async (clients) => {
  const Name = uniqueName('p').slice(0, 50).toLowerCase();
  await (await clients('s3')).createBucket({ Bucket: Name });
  await (await clients('s3')).deletePublicAccessBlock({ Bucket: Name });
  await (await clients('s3control')).createAccessPoint({
    ...{ AccountId: account, Name, Bucket: Name },
    PublicAccessBlockConfiguration: {
      ...{ BlockPublicAcls: false, BlockPublicPolicy: false },
      ...{ IgnorePublicAcls: false, RestrictPublicBuckets: false },
    },
  });
  return Name;
};
const reading = (principal: unknown) => async (clients: Clients, Name: string) =>
  (await clients('s3control')).putAccessPointPolicy({
    ...{ AccountId: account, Name },
    Policy: policy(
      's3:GetObject',
      `arn:aws:s3:${region}:${account}:accesspoint/${Name}/object/*`,
      principal,
    ),
  });

export const policyDrifts: readonly Drift[] = [
  {
    control: 'PL.POLICY.3',
    type: 'AWS::Backup::BackupVault',
    title: 'somebody lets everybody copy backups into a vault',
    arrange: newVault,
    drift: copied(everybody),
  },
  {
    control: 'PL.POLICY.1',
    type: 'AWS::Backup::BackupVault',
    title: 'somebody lets an unknown account copy backups into a vault',
    arrange: newVault,
    drift: copied(outsider),
  },
  {
    control: 'PL.POLICY.3',
    type: 'Plumbline::Glue::DataCatalog',
    title: 'somebody opens the Data Catalog to everybody',
    arrange: ownCatalog,
    drift: (clients) => catalogFor(clients, everybody),
  },
  {
    control: 'PL.POLICY.1',
    type: 'Plumbline::Glue::DataCatalog',
    title: 'somebody names an unknown account in the policy of the Data Catalog',
    arrange: ownCatalog,
    drift: (clients) => catalogFor(clients, outsider),
  },
  {
    control: 'PL.S3.1',
    type: 'AWS::S3::AccessPoint',
    title: 'somebody opens an access point to everybody',
    arrange: newPoint,
    drift: reading(everybody),
  },
  {
    control: 'PL.POLICY.1',
    type: 'AWS::S3::AccessPoint',
    title: 'somebody names an unknown account in the policy of an access point',
    arrange: newPoint,
    drift: reading(outsider),
  },
];
