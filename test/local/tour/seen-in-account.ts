import { expect } from '@jest/globals';

/** What the tour of the account comes to, finding by finding. */
export const seenInAccount = [
  { control: 'S3.8', status: 'FAILED', workflow: 'NEW' },
  { control: 'S3.8', status: 'PASSED', workflow: 'RESOLVED' },
  { control: 'EC2.13', status: 'FAILED', by: expect.stringContaining('ci-deploy') },
  { control: 'EC2.13', status: 'PASSED', workflow: 'RESOLVED' },
  { control: 'EC2.14', status: 'FAILED', plan: expect.stringContaining('3389') },
  { control: 'EC2.14', status: 'PASSED', note: expect.stringContaining('VERIFIED') },
  {
    control: 'EC2.14',
    status: 'FAILED',
    note: expect.stringMatching(/^undo of .* VERIFIED/),
  },
  { control: 'IAM.1', status: 'FAILED', by: expect.stringContaining('user/alice') },
  { control: 'IAM.2', status: 'FAILED', resource: expect.stringContaining('user/bob') },
  { control: 'IAM.2', status: 'PASSED', workflow: 'RESOLVED' },
  { control: 'IAM.1', status: 'PASSED', workflow: 'RESOLVED' },
  { control: 'RDS.2', status: 'FAILED', severity: 'CRITICAL' },
  { control: 'RDS.2', status: 'PASSED', workflow: 'RESOLVED' },
];
