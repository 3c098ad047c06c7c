import type { Deployed } from '../../../lib/cli/deployed.ts';
import { rowOf } from '../../../lib/cli/row-of.ts';
import { regionEncryptsVolumes as ebs } from '../../../lib/controls/ec2/region-encrypts-volumes.ts';
import { keyOf } from '../../../lib/engine/changes/change.ts';
import type { ResourceRow } from '../../../lib/engine/posture/row.ts';
import { ec2Region } from '../../../lib/resources/account/ec2-region.ts';
import { memoryPosture } from '../../fakes/memory-posture.ts';

const account = '123456789012';
const regions = ['us-east-1', 'eu-west-1'];
const arn = `arn:aws:iam::${account}:root`;

describe('a setting that each region has once', () => {
  const { type } = ec2Region;
  const rows = new Map(
    regions.map((region) => {
      const row = { type, ref: { account, region, id: region }, arn, controls: {} };
      return [keyOf(row), row as unknown as ResourceRow];
    }),
  );
  const deployed = {
    posture: memoryPosture({ rows, transitions: [], before: () => {} }),
    stack: { account, region: 'us-east-1' },
    baseline: { regions },
  } as unknown as Deployed;

  it('is found by its region', async () => {
    expect((await rowOf('eu-west-1', ebs, deployed)).ref.region).toBe('eu-west-1');
  });

  it('is none in particular by the ARN of the account, and what names it is said', async () => {
    await expect(rowOf(arn, ebs, deployed)).rejects.toThrow(/eu-west-1 in eu-west-1: give its id$/);
  });
});
