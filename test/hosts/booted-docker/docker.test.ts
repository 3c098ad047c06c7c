import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scriptOf } from '../../../lib/hosts/compile.ts';
import { docker } from '../../../lib/hosts/docker/index.ts';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { extent } from '../../extent.ts';
import type { Report } from '../audited.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';

// Layers of images can not lie over the overlay that the host is.
const roomForImages = async (root: string) => {
  const folders = ['docker', 'containerd'].map((name) => `tmpfs /var/lib/${name} tmpfs rw 0 0\n`);
  await appendFile(join(root, 'etc/fstab'), folders.join(''));
};
const good =
  '--user 1000 --read-only --cap-drop ALL --cap-add CHOWN --memory 64m --cpus 0.5 --pids-limit 9 --security-opt no-new-privileges --log-opt max-size=1m --network inside --expose 5432';
const bad =
  '--privileged --publish 5432:5432 --expose 5432 --volume /etc:/x --volume /run/docker.sock:/s --pid host';
// Nothing can be started in a host of a test: containers stay created.
const containers = `exec 2>&1
tar -C / -c etc/hostname | docker import - tiny >/dev/null
docker network create --internal inside >/dev/null
docker create --name good ${good} tiny true >/dev/null
docker create --name plain tiny true >/dev/null
docker create --name bad ${bad} tiny true >/dev/null`;
const picture =
  'cd /etc; find docker -printf "%p %M %u:%g\\n" 2>/dev/null | sort; cat docker/daemon.json 2>/dev/null; pidof dockerd; docker ps -a --format "{{.Names}}"';

const verdicts = async ({ host }: Administered) => {
  const { stdout, stderr } = await host.run(scriptOf(auditHost(docker), 'test'), {
    environment: { SSM_Areas: 'docker', SSM_Controls: 'all', SSM_Parameters: 'none' },
  });
  if (stderr !== '') throw new Error(stderr);
  const { results }: Report = JSON.parse(stdout);
  return Object.fromEntries(
    results.map(({ id, s, why }) => [id, why === undefined ? s : `${s} ${why}`]),
  );
};

const evaluates = (at: () => Administered) =>
  test('dockerd is asked in words that it understands, and each container is evaluated', async () => {
    expect(await at().say(containers)).toBe('');
    expect(await verdicts(at())).toEqual({
      'PL.DKR.1': 'FAIL bad: logs unbounded; plain: logs unbounded',
      'PL.DKR.2': 'FAIL bad: no-new-privileges false; plain: no-new-privileges false',
      'PL.DKR.3': 'FAIL live-restore is false, wanted true; the next start has it: false',
      'PL.DKR.4': 'PASS',
      'PL.DKR.5': 'PASS',
      'PL.DKR.6': 'FAIL bad: capabilities all; plain: capabilities kept',
      'PL.DKR.7': 'FAIL bad: privileged true',
      'PL.DKR.8': 'FAIL bad: user root; plain: user root',
      'PL.DKR.9': 'FAIL bad: read-only false; plain: read-only false',
      'PL.DKR.10': 'FAIL bad: memory 0; plain: memory 0',
      'PL.DKR.11': 'FAIL bad: binds /run/docker.sock',
      'PL.DKR.12': 'FAIL bad: namespaces processes host',
      'PL.DKR.13': 'FAIL bad: ports 5432',
      'PL.DKR.14': 'FAIL bad: networks bridge',
    });
  }, 60_000);

const stops = (at: () => Administered) =>
  test('a daemon that does not run is not started by a question', async () => {
    await at().say('systemctl stop docker.service');
    expect(await verdicts(at())).toMatchObject({
      'PL.DKR.3': 'UNKNOWN dockerd does not run',
      'PL.DKR.7': 'NA dockerd does not run',
    });
    expect(await at().say('systemctl is-active docker.service docker.socket')).toBe(
      'inactive\nactive',
    );
    await at().say('systemctl start docker.service');
  }, 60_000);

const named = { Controls: 'PL.DKR.1,PL.DKR.2,PL.DKR.3' };
const given = (base: () => string): (() => Administered) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base(), roomForImages);
  }, 300_000);
  afterAll(() => at?.remove());
  return () => at;
};

describeOn(
  [ubuntu2404],
  'Docker',
  (base) => {
    const at = given(base);
    evaluates(at);

    test('a flag that is set already is named: with the same in daemon.json dockerd would not start (aquasecurity/docker-bench#64)', async () => {
      const dropIn = '/etc/systemd/system/docker.service.d/flags.conf';
      await at().say(
        `mkdir -p ${dropIn.replace('/flags.conf', '')}; printf '[Service]\\nExecStart=\\nExecStart=/usr/bin/dockerd -H fd:// --live-restore=false\\n' >${dropIn}; systemctl daemon-reload`,
      );
      const both =
        'echo \'{"live-restore":true}\' >/tmp/both; dockerd --live-restore=false --config-file /tmp/both --validate 2>&1';
      expect(await at().say(both)).toMatch(
        /specified both as a flag and in the configuration file/,
      );
      const before = await at().say(picture);
      const { id, results } = await at().harden('docker', { Controls: 'PL.DKR.3' });
      expect(results.get('PL.DKR.3')).toMatchObject({
        o: 'refused',
        why: 'set_by_flag:live-restore',
      });
      await at().rollback(id);
      expect(await at().say(picture)).toBe(before);
      await at().say(`rm -r ${dropIn.replace('/flags.conf', '')}; systemctl daemon-reload`);
    }, 60_000);

    test('daemon.json gets what is missing, no container and no daemon is stopped, and it goes back', async () => {
      await at().say(
        'mkdir -p /etc/docker; printf \'{\\n  "labels": ["a=}"],\\n  "icc": true\\n}\\n\' >/etc/docker/daemon.json; systemctl restart docker.service',
      );
      const before = await at().say(picture);
      const dry = await at().harden('docker', { ...named, DryRun: 'yes' });
      expect(dry.results.get('PL.DKR.3')).toMatchObject({ o: 'planned' });
      expect(await at().say(picture)).toBe(before);
      const { id, results, outcome } = await at().harden('docker', named);
      expect([...results.values()].map(({ o }) => o)).toEqual(Array(3).fill('ineffective'));
      expect(outcome).toBe('applied');
      expect(await at().say('docker info -f "{{.LiveRestoreEnabled}}"; pidof dockerd')).toBe(
        `true\n${before.split('\n').find((line) => /^\d+$/.test(line))}`,
      );
      expect(JSON.parse(await at().say('cat /etc/docker/daemon.json'))).toEqual({
        labels: ['a=}'],
        icc: false,
        'live-restore': true,
        'userland-proxy': false,
        'no-new-privileges': true,
        'log-opts': { 'max-size': '10m', 'max-file': '5' },
      });
      expect(
        await at().say(
          'dockerd -H fd:// --containerd=/run/containerd/containerd.sock --validate 2>&1',
        ),
      ).toBe('configuration OK');
      expect(await at().rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
      expect(await at().say(picture)).toBe(before);
      expect(await at().say('docker info -f "{{.LiveRestoreEnabled}}"')).toBe('false');
    }, 120_000);

    test('what was written is in effect once dockerd was started again', async () => {
      const { id } = await at().harden('docker', named);
      expect(await at().confirm(id)).toMatchObject({ outcome: 'confirmed' });
      await at().say(
        'docker rm -f bad plain; systemctl restart docker.service; docker create --name later tiny true',
      );
      expect(await verdicts(at())).toMatchObject({
        'PL.DKR.1': 'PASS',
        'PL.DKR.2': 'PASS',
        'PL.DKR.3': 'PASS',
      });
      expect(await at().harden('docker', named)).toMatchObject({ outcome: 'unchanged' });
    }, 120_000);
    stops(at);
  },
  { packages: ['docker.io'] },
);

describeOn(
  extent === 'exhaustive' ? [debian12] : [],
  'an old Docker',
  (base) => {
    const at = given(base);
    evaluates(at);

    test('that can not say whether it would start is left alone, by name', async () => {
      const before = await at().say(picture);
      const { id, results } = await at().harden('docker', named);
      expect([...results.values()].map(({ o, why }) => [o, why])).toEqual(
        Array(3).fill(['refused', 'cannot_validate']),
      );
      await at().rollback(id);
      expect(await at().say(picture)).toBe(before);
    }, 60_000);
    stops(at);
  },
  { packages: ['docker.io'] },
);
