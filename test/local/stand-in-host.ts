import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { hostControls } from '../../lib/hosts/index.ts';
import type { HostRunOptions } from '../../lib/local/hosts/booted-host.ts';
import type { Spot } from '../../lib/local/hosts/fleet.ts';
import type { LocalAws } from '../../lib/local/local-aws.ts';
import { assumed, person } from './assume.ts';

/** What a host prints of an audit where everything fails. */
const failing = (script: string, area = ''): string =>
  JSON.stringify({
    v: 1,
    document: /^DOCUMENT=(\w+)$/m.exec(script)?.[1],
    host: { os: 'debian', version: '12', tried: 'yes' },
    areas: [area],
    controls: 'all',
    results: hostControls
      .filter((one) => one.area === area)
      .map(({ id }) => ({ id, s: 'FAIL', e: 'wrong', p: false, why: 'somebody changed it' })),
  });

/** Whoever administers an account. */
const administrator = async ({ url, region, account }: LocalAws, spot: Spot | undefined) => {
  const credentials = person('admin');
  if (spot === undefined || spot.account === account) return credentials;
  return assumed(
    { endpoint: url, region, credentials },
    `arn:aws:iam::${spot.account}:role/OrganizationAccountAccessRole`,
  );
};

/**
 * Adds an instance whose agent answers every audit that everything fails, where no host is booted.
 * @param spot where it is; in the home region of the hub unless it is said
 */
export const addStandIn = async (aws: LocalAws, spot?: Spot) => {
  const { url, fleet } = aws;
  const region = spot?.region ?? aws.region;
  const path = await mkdtemp(join(tmpdir(), 'plumbline-stand-in-'));
  await mkdir(join(path, 'usr/lib'), { recursive: true });
  await writeFile(join(path, 'usr/lib/os-release'), 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\n');
  const credentials = await administrator(aws, spot);
  const ec2 = new EC2({ endpoint: url, region, credentials });
  const asked = { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 };
  const { Instances = [] } = await ec2.runInstances(asked);
  const instanceId = Instances[0]?.InstanceId ?? '';
  const host = {
    instanceId,
    path,
    isRunning: () => true,
    run: async (script: string, { environment }: HostRunOptions) => {
      const stdout = failing(script, environment?.['SSM_Areas']);
      return { stdout, stderr: '', exitCode: 0, timedOut: false };
    },
  };
  fleet.register(host, undefined, spot);
  return { instanceId, remove: () => rm(path, { recursive: true }) };
};
