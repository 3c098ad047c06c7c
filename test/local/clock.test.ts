import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { account, told, worldAt } from './path/world.ts';
import { serve } from './served.ts';

let aws: Awaited<ReturnType<typeof serve>>;
// A quarter of an hour, the deployed rate of sweeps and heartbeats, passes in ten seconds.
beforeAll(async () => {
  aws = await serve({ scheduleSpeed: 90 });
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
