import { defineFramework } from '../framework.ts';
import { cisAws500 } from './cis-aws.ts';

// Security Hub maps no control to these versions. Their items are those of 5.0.0 under other numbers, compared one by one;
// what is new has none of ours.
// Ids, levels and which items are manual are facts; the sections are named in our words. The text of the benchmarks is
// not here: it may not be passed on.
const benchmark = {
  publisher: 'Center for Internet Security',
  url: 'https://www.cisecurity.org/benchmark/amazon_web_services',
  source: 'Ids, levels and which are manual: github.com/prowler-cloud/prowler at 3e000faa31',
  date: '2026-08-21',
} as const;

export const cisAws600 = defineFramework({
  ...benchmark,
  id: 'cis-aws-6.0.0',
  title: 'CIS AWS Foundations Benchmark v6.0.0',
  sections: {
    '2': 'Identities',
    '3': 'Storage',
    '3.1': 'S3',
    '3.2': 'RDS',
    '3.3': 'EFS',
    '4': 'Logging',
    '5': 'Monitoring',
    '6': 'Network',
    '6.1': 'EC2',
  },
  rows: [
    {
      level: '1',
      kind: 'automated',
      ids: `
      2.3 2.4 2.7 2.8 2.9 2.11 2.12 2.13 2.14 2.15 2.16 2.18 2.19 3.1.4 3.2.1 3.2.2 3.2.3 3.3.1
      6.1.1 6.1.2 6.2 6.3 6.4 6.7`,
    },
    {
      level: '1',
      kind: 'manual',
      ids: `
      2.1 2.2 2.6 2.10 2.21 3.2.4 4.1 4.4 5.2 5.3 5.4 5.5 5.8 5.12 5.13 5.14 5.15`,
    },
    { level: '2', kind: 'automated', ids: '2.17 3.1.1 4.2 4.3 4.5 4.6 4.7 4.8 4.9 5.16 6.5' },
    { level: '2', kind: 'manual', ids: '2.5 2.20 3.1.2 3.1.3 5.1 5.6 5.7 5.9 5.10 5.11 6.6' },
  ],
  as: {
    framework: 'cis-aws-5.0.0',
    controls: cisAws500.controls,
    ids: `
      2.1=1.1 2.2=1.2 2.3=1.3 2.4=1.4 2.5=1.5 2.6=1.6 2.7=1.7 2.8=1.8 2.9=1.9 2.10=1.10 2.11=1.11
      2.12=1.12 2.13=1.13 2.14=1.14 2.15=1.15 2.16=1.16 2.17=1.17 2.18=1.18 2.19=1.19 2.20=1.20
      2.21=1.21 3.1.1=2.1.1 3.1.2=2.1.2 3.1.3=2.1.3 3.1.4=2.1.4 3.2.1=2.2.1 3.2.2=2.2.2
      3.2.3=2.2.3 3.2.4=2.2.4 3.3.1=2.3.1 4.1=3.1 4.2=3.2 4.3=3.3 4.4=3.4 4.5=3.5 4.6=3.6 4.7=3.7
      4.8=3.8 4.9=3.9 5.1=4.1 5.2=4.2 5.3=4.3 5.4=4.4 5.5=4.5 5.6=4.6 5.7=4.7 5.8=4.8 5.9=4.9
      5.10=4.10 5.11=4.11 5.12=4.12 5.13=4.13 5.14=4.14 5.15=4.15 5.16=4.16 6.1.1=5.1.1
      6.1.2=5.1.2 6.2=5.2 6.3=5.3 6.4=5.4 6.5=5.5 6.6=5.6 6.7=5.7`,
  },
});

export const cisAws700 = defineFramework({
  ...benchmark,
  id: 'cis-aws-7.0.0',
  title: 'CIS AWS Foundations Benchmark v7.0.0',
  sections: {
    '2': 'Identities',
    '2.1': 'Organizations',
    '3': 'Storage',
    '3.1': 'S3',
    '3.2': 'RDS',
    '3.3': 'EFS',
    '4': 'Logging',
    '5': 'Monitoring',
    '6': 'Network',
    '6.1': 'EC2',
  },
  rows: [
    {
      level: '1',
      kind: 'automated',
      ids: `
      2.4 2.5 2.8 2.9 2.10 2.11 2.12 2.13 2.14 2.15 2.17 2.18 3.1.4 3.2.1 3.2.2 3.2.3 3.3.1 6.1.1
      6.1.2 6.2 6.3 6.4 6.7`,
    },
    {
      level: '1',
      kind: 'manual',
      ids: `
      2.2 2.3 2.7 2.20 2.21 3.2.4 4.1 4.4 4.10 5.2 5.3 5.4 5.5 5.8 5.12 5.13 5.14 5.15`,
    },
    { level: '2', kind: 'automated', ids: '2.16 3.1.1 4.2 4.3 4.5 4.6 4.7 4.8 4.9 5.16 6.5' },
    {
      level: '2',
      kind: 'manual',
      ids: `
      2.1.1 2.1.2 2.1.3 2.1.4 2.1.5 2.1.6 2.6 2.19 3.1.2 3.1.3 5.1 5.6 5.7 5.9 5.10 5.11 6.6 6.8`,
    },
  ],
  as: {
    framework: 'cis-aws-5.0.0',
    controls: cisAws500.controls,
    ids: `
      2.2=1.1 2.3=1.2 2.4=1.3 2.5=1.4 2.6=1.5 2.7=1.6 2.8=1.7 2.9=1.8 2.10=1.9 2.11=1.11 2.12=1.13
      2.13=1.14 2.14=1.15 2.15=1.16 2.16=1.17 2.17=1.18 2.18=1.19 2.19=1.20 2.20=1.21 3.1.1=2.1.1
      3.1.2=2.1.2 3.1.3=2.1.3 3.1.4=2.1.4 3.2.1=2.2.1 3.2.2=2.2.2 3.2.3=2.2.3 3.2.4=2.2.4
      3.3.1=2.3.1 4.1=3.1 4.2=3.2 4.3=3.3 4.4=3.4 4.5=3.5 4.6=3.6 4.7=3.7 4.8=3.8 4.9=3.9 5.1=4.1
      5.2=4.2 5.3=4.3 5.4=4.4 5.5=4.5 5.6=4.6 5.7=4.7 5.8=4.8 5.9=4.9 5.10=4.10 5.11=4.11
      5.12=4.12 5.13=4.13 5.14=4.14 5.15=4.15 5.16=4.16 6.1.1=5.1.1 6.1.2=5.1.2 6.2=5.2 6.3=5.3
      6.4=5.4 6.5=5.5 6.6=5.6 6.7=5.7`,
  },
});
