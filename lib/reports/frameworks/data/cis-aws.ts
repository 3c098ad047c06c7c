import { defineFramework } from '../framework.ts';

// Ids, levels and which items are manual are facts; the sections are named in our words. The text of the benchmarks is
// not here: it may not be passed on.
const benchmark = {
  publisher: 'Center for Internet Security',
  url: 'https://www.cisecurity.org/benchmark/amazon_web_services',
  source: 'Ids, levels and which are manual: github.com/prowler-cloud/prowler at 3e000faa31',
  date: '2026-08-21',
} as const;

// Security Hub maps its controls to some versions alone; where others ask the same, what answers it is said here.
const alarms = {
  '4.1': 'CloudWatch.2',
  '4.2': 'CloudWatch.3',
  '4.3': 'CloudWatch.1',
  '4.4': 'CloudWatch.4',
  '4.5': 'CloudWatch.5',
  '4.6': 'CloudWatch.6',
  '4.7': 'CloudWatch.7',
  '4.8': 'CloudWatch.8',
  '4.9': 'CloudWatch.9',
  '4.10': 'CloudWatch.10',
  '4.11': 'CloudWatch.11',
  '4.12': 'CloudWatch.12',
  '4.13': 'CloudWatch.13',
  '4.14': 'CloudWatch.14',
  '4.15': 'PL.ALARM.1',
} as const;

export const cisAws140 = defineFramework({
  ...benchmark,
  id: 'cis-aws-1.4.0',
  title: 'CIS AWS Foundations Benchmark v1.4.0',
  sections: {
    '1': 'Identities',
    '2': 'Storage',
    '2.1': 'S3',
    '2.2': 'EC2 volumes',
    '2.3': 'RDS',
    '3': 'Logging',
    '4': 'Monitoring',
    '5': 'Network',
  },
  rows: [
    {
      level: '1',
      kind: 'automated',
      ids: `
      1.4 1.5 1.7 1.8 1.9 1.10 1.11 1.12 1.13 1.14 1.15 1.16 1.17 1.19 1.20 2.1.3 2.1.5 2.2.1
      2.3.1 3.1 3.3 3.4 3.6 4.1 4.2 4.3 4.4 4.5 4.8 4.12 4.13 4.14 4.15 5.1 5.2`,
    },
    { level: '1', kind: 'manual', ids: '1.1 1.2 1.3' },
    {
      level: '2',
      kind: 'automated',
      ids: `
      1.6 2.1.1 2.1.2 3.2 3.5 3.7 3.8 3.9 3.10 3.11 4.6 4.7 4.9 4.10 4.11 5.3`,
    },
    { level: '2', kind: 'manual', ids: '1.18 1.21 2.1.4 5.4' },
  ],
  controls: {
    ...alarms,
    '1.15': 'IAM.2',
    '1.19': 'IAM.26',
    '1.20': 'IAM.28',
    '2.1.1': 'S3.4',
    '3.10': 'S3.22',
    '3.11': 'S3.23',
    '5.2': 'EC2.53',
  },
});

export const cisAws300 = defineFramework({
  ...benchmark,
  id: 'cis-aws-3.0.0',
  title: 'CIS AWS Foundations Benchmark v3.0.0',
  sections: {
    '1': 'Identities',
    '2': 'Storage',
    '2.1': 'S3',
    '2.2': 'EC2 volumes',
    '2.3': 'RDS',
    '2.4': 'EFS',
    '3': 'Logging',
    '4': 'Monitoring',
    '5': 'Network',
  },
  rows: [
    {
      level: '1',
      kind: 'automated',
      ids: `
      1.4 1.5 1.7 1.8 1.9 1.10 1.11 1.12 1.13 1.14 1.15 1.16 1.17 1.19 1.20 2.1.2 2.1.4 2.2.1
      2.3.1 2.3.2 2.3.3 2.4.1 3.1 3.4 4.1 4.2 4.3 4.4 4.5 4.8 4.12 4.13 4.14 4.15 5.1 5.2 5.3 5.6`,
    },
    { level: '1', kind: 'manual', ids: '1.1 1.2 1.3 1.22' },
    {
      level: '2',
      kind: 'automated',
      ids: '1.6 2.1.1 3.2 3.3 3.5 3.6 3.7 3.8 3.9 4.6 4.7 4.9 4.10 4.11 4.16 5.4',
    },
    { level: '2', kind: 'manual', ids: '1.18 1.21 2.1.3 5.5' },
  ],
  controls: {
    ...alarms,
    '1.16': 'IAM.1',
  },
});

export const cisAws500 = defineFramework({
  ...benchmark,
  id: 'cis-aws-5.0.0',
  title: 'CIS AWS Foundations Benchmark v5.0.0',
  sections: {
    '1': 'Identities',
    '2': 'Storage',
    '2.1': 'S3',
    '2.2': 'RDS',
    '2.3': 'EFS',
    '3': 'Logging',
    '4': 'Monitoring',
    '5': 'Network',
    '5.1': 'EC2',
  },
  rows: [
    {
      level: '1',
      kind: 'automated',
      ids: `
      1.3 1.4 1.7 1.8 1.9 1.11 1.12 1.13 1.14 1.15 1.16 1.18 1.19 2.1.4 2.2.1 2.2.2 2.2.3 2.3.1
      5.1.1 5.1.2 5.2 5.3 5.4 5.7`,
    },
    {
      level: '1',
      kind: 'manual',
      ids: `
      1.1 1.2 1.6 1.10 1.21 2.2.4 3.1 3.4 4.2 4.3 4.4 4.5 4.8 4.12 4.13 4.14 4.15`,
    },
    { level: '2', kind: 'automated', ids: '1.17 2.1.1 3.2 3.3 3.5 3.6 3.7 3.8 3.9 4.16 5.5' },
    { level: '2', kind: 'manual', ids: '1.5 1.20 2.1.2 2.1.3 4.1 4.6 4.7 4.9 4.10 4.11 5.6' },
  ],
  controls: {
    ...alarms,
    '1.15': 'IAM.1',
  },
});
