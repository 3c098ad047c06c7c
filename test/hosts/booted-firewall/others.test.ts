import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { baseRoot } from '../../../lib/local/hosts/base-root.ts';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { output } from '../../../lib/local/hosts/execute.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';
import { verdictsOn } from './verdicts.ts';

describeOn([debian12], 'firewalls of others', () => {
  let at: Administered;
  beforeAll(async () => {
    const base = await baseRoot(debian12, { packages: ['firewalld'] });
    // firewalld is enabled by its package; stopped while the host still boots, it was there again at times.
    at = await administered(base, async (root) => {
      await output('chroot', [root, 'systemctl', 'disable', 'firewalld', 'nftables']);
    });
  }, 600_000);
  afterAll(() => at?.remove());
  afterEach(async () => {
    expect(await at.login()).toBe('alice');
    expect(await at.say('nft list tables | grep plumbline')).toBe('');
  });
  const refused = async (id: string) =>
    (await at.harden('firewall', { Controls: id })).results.get(id);
  const verdicts = async (...ids: readonly string[]) =>
    (await verdictsOn(at.host, ids)).map(({ s, e }) => `${s} ${e}`);

  test('where containers run nothing is denied: their ports and their metadata would go (aws/amazon-ecs-agent#2877)', async () => {
    await at.say('install /dev/null -m 755 /usr/bin/dockerd');
    expect(await refused('PL.FW.2')).toMatchObject({
      o: 'refused',
      why: 'not_here:not where containers is: dockerd',
    });
    await at.say('rm /usr/bin/dockerd');
  }, 120_000);

  test('where containers run the host goes on to forward for them (moby/moby#47966)', async () => {
    await at.say('install /dev/null -m 755 /usr/bin/dockerd; sysctl -qw net.ipv4.ip_forward=1');
    const { outcome, results } = await at.harden('kernel', { Controls: 'PL.NET.9' });
    expect([outcome, results.get('PL.NET.9')?.['o']]).toEqual(['unchanged', undefined]);
    expect(await at.say('sysctl -n net.ipv4.ip_forward')).toBe('1');
    expect(await verdicts('PL.NET.9')).toEqual([expect.stringMatching(/^NA/)]);
    await at.say('rm /usr/bin/dockerd; sysctl -qw net.ipv4.ip_forward=0');
  }, 120_000);

  test('where the way out is closed the way in is not closed as well', async () => {
    await at.say(
      "nft 'table inet theirs { chain out { type filter hook output priority 0; udp dport 53 drop; }; }'",
    );
    expect(await refused('PL.FW.2')).toMatchObject({ o: 'refused', why: 'way_out_closed:53' });
    await at.say('nft delete table inet theirs');
  }, 120_000);

  test('who speaks another protocol is not cut off', async () => {
    await at.say(
      'systemd-run --unit=vrrp python3 -c "import socket, time; s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 112); time.sleep(99)"; until grep -q :0070 /proc/net/raw; do sleep 0.1; done',
    );
    expect(await refused('PL.FW.2')).toMatchObject({ o: 'refused', why: 'other_protocols' });
    await at.say('systemctl stop vrrp');
  }, 120_000);

  test('a ufw that denies before it allows is not started (konstruktoid/ansible-role-hardening#991)', async () => {
    await at.say("sed -i 's/^ENABLED=.*/ENABLED=yes/' /etc/ufw/ufw.conf; systemctl enable ufw");
    expect(await verdicts('PL.FW.1', 'PL.FW.4')).toEqual(['FAIL none', 'FAIL none']);
    for (const id of ['PL.FW.2', 'PL.FW.4'])
      expect(await refused(id)).toMatchObject({ o: 'refused', why: 'other_firewall:ufw' });
  }, 120_000);

  test('ufw is the firewall, and what it sets back is put right where it stands', async () => {
    await at.say(
      'systemctl disable ufw; ufw allow 22/tcp; ufw --force enable; systemctl disable ufw',
    );
    const before = await at.picture();
    const { id, results } = await at.harden('firewall', { Controls: 'PL.FW.4' });
    expect(results.get('PL.FW.4')).toMatchObject({ o: 'changed', after: 'ufw' });
    expect(
      await verdicts('PL.FW.1', 'PL.FW.2', 'PL.FW.3', 'PL.FW.4', 'PL.FW.5', 'PL.FW.7'),
    ).toEqual(['PASS ufw', 'PASS none', 'PASS ok', 'PASS ufw', 'PASS none', 'PASS tcp/22']);
    await at.rollback(id);
    expect(await at.picture()).toBe(before);
    await at.say('systemctl enable ufw');
    const kernel = await at.harden('kernel', { Controls: 'PL.NET.6' });
    expect(kernel.results.get('PL.NET.6')).toMatchObject({ o: 'changed', after: '1' });
    expect(await at.confirm(kernel.id)).toMatchObject({ outcome: 'confirmed' });
    const martians = 'ufw reload >/dev/null; sysctl -n net.ipv4.conf.all.log_martians';
    expect(await at.say(martians)).toBe('1');
    await at.host.reboot();
    expect(await at.say('ufw status | head -n 1; sysctl -n net.ipv4.conf.all.log_martians')).toBe(
      'Status: active\n1',
    );
    expect(await verdicts('PL.NET.6')).toEqual(['PASS 1']);
    await at.rollback(kernel.id);
    expect(await at.say(martians)).toBe('0');
    await at.say('ufw --force disable; systemctl disable ufw');
  }, 240_000);

  test('firewalld is the firewall', async () => {
    await at.say('systemctl start firewalld; firewall-cmd --state; systemctl disable firewalld');
    expect(await verdicts('PL.FW.1', 'PL.FW.2', 'PL.FW.4')).toEqual([
      'FAIL firewalld',
      'FAIL none',
      'FAIL firewalld',
    ]);
    expect(await refused('PL.FW.2')).toMatchObject({ why: 'other_firewall:firewalld' });
    const { id, results } = await at.harden('firewall', { Controls: 'PL.FW.4' });
    expect(results.get('PL.FW.4')).toMatchObject({ o: 'changed', after: 'firewalld' });
    expect(await verdicts('PL.FW.1', 'PL.FW.2', 'PL.FW.3', 'PL.FW.4', 'PL.FW.5')).toEqual([
      'PASS firewalld',
      'PASS none',
      'PASS ok',
      'PASS firewalld',
      'PASS tcp/22',
    ]);
    await at.rollback(id);
    expect(await at.say('systemctl is-enabled firewalld')).toBe('disabled');
    await at.say('systemctl stop firewalld');
  }, 180_000);
});
