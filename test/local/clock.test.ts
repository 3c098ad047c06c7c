import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { certificateUntil } from './certificate.ts';
import { nameOf } from './path/turns/turn.ts';
import { account, told, worldAt } from './path/world.ts';
import { serve } from './served.ts';

let aws: Awaited<ReturnType<typeof serve>>;
// A quarter of an hour, the deployed rate of sweeps and heartbeats, passes in 25 seconds: a little more than the certificate
// below lasts, so that one sweep is before its end and the next behind it.
beforeAll(async () => {
  aws = await serve({
    ...{ scheduleSpeed: 36, settlesAfterSeconds: 0 },
    controls: ['S3.8', 'S3.9', 'IAM.26', 'PL.BLIND.1'],
  });
}, 120_000);
afterAll(() => aws.end());

it('a sweep evaluates what was there before anybody called', async () => {
  const { finding } = worldAt(aws.url, 60_000);
  const resource = `arn:aws:s3:::cdk-hnb659fds-assets-${account}-us-east-1`;
  const bucket = await finding({ control: 'S3.8', resource, status: 'PASSED' });
  const missing = await finding({ control: 'S3.9', resource, status: 'FAILED' });
  expect(bucket.Workflow?.Status).toBe('NEW');
  expect(told(missing, 'by')).toBeUndefined();
}, 90_000);

it('nothing of the account makes Plumbline blind', async () => {
  const { finding } = worldAt(aws.url, 60_000);
  const resource = `arn:aws:iam::${account}:root`;
  const trail = await finding({ control: 'PL.BLIND.1', resource });
  expect(trail.Compliance?.Status).toBe('PASSED');
}, 90_000);

it('a certificate fails once it has expired, though nobody calls, until it is removed', async () => {
  const { as, finding } = worldAt(aws.url, 60_000);
  const { iam } = as('alice');
  const ServerCertificateName = nameOf('clock');
  const end = new Date(Date.now() + 20_000);
  await iam.uploadServerCertificate({ ServerCertificateName, ...certificateUntil(end) });
  const resource = `arn:aws:iam::${account}:server-certificate/${ServerCertificateName}`;
  const wanted = { control: 'IAM.26', resource };
  await finding({ ...wanted, status: 'PASSED' });
  const failed = await finding({ ...wanted, status: 'FAILED' });
  expect(failed.Description).toContain('the certificate expired on');
  expect(Date.now()).toBeGreaterThan(Math.floor(end.getTime() / 1000) * 1000);
  await iam.deleteServerCertificate({ ServerCertificateName });
  await finding({ ...wanted, recordState: 'ARCHIVED' });
}, 90_000);
