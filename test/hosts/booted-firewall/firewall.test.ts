import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';

const deny = { Controls: 'PL.FW.2' };
const tables = 'nft list tables';
/** What is left of a run where it was taken back. */
const ours =
  'ls /etc/plumbline.nft /etc/systemd/system/plumbline-firewall.service /etc/systemd/system/*/plumbline-firewall.service; nft list tables; systemctl is-active plumbline-firewall';

describeOn([ubuntu2404], 'a firewall that denies what no rule names', (base) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
    await at.say(
      'systemd-run --unit=web python3 -m http.server 8080; systemctl stop fail2ban; until ss -ltn | grep -q :8080; do sleep 0.1; done',
    );
  }, 300_000);
  afterAll(() => at?.remove());
  afterEach(async () => {
    expect(await at.login()).toBe('alice');
  });
  const web = async (port: number) =>
    (
      await at.client.run(
        `exec 5<>/dev/tcp/192.0.2.2/${port} && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&5 && head -n 1 <&5`,
        { timeoutSeconds: 3 },
      )
    ).exitCode === 0;

  test('is only put up where it is named', async () => {
    const { results } = await at.harden('firewall', { Controls: 'all', DryRun: 'yes' });
    expect(results.get('PL.FW.2')).toMatchObject({
      o: 'refused',
      why: expect.stringContaining('only when it is named'),
    });
    expect(await at.say(tables)).not.toContain('plumbline');
  }, 120_000);

  test('a dry run shows it and changes nothing', async () => {
    const before = await at.picture();
    const { outcome, results } = await at.harden('firewall', { ...deny, DryRun: 'yes' });
    expect([outcome, results.get('PL.FW.2')]).toEqual([
      'dry_run',
      expect.objectContaining({ o: 'planned', diff: expect.stringContaining('nft table') }),
    ]);
    expect([await at.picture(), await at.say(tables)]).toEqual([before, '']);
  }, 120_000);

  test('lets in who may come, keeps the channel, holds over a boot, and goes back', async () => {
    const before = await at.picture();
    const { id, outcome, results } = await at.harden('firewall', deny);
    expect([outcome, results.get('PL.FW.2')]).toEqual([
      'applied',
      expect.objectContaining({ o: 'changed', before: 'ip', after: 'none' }),
    ]);
    await at.say('systemd-run --unit=late python3 -m http.server 9090; sleep 1');
    expect([await at.login(), await web(8080), await web(9090)]).toEqual(['alice', true, false]);
    expect((await at.client.run('ping -c 1 -W 2 192.0.2.2')).exitCode).toBe(0);
    expect((await at.client.run('ping -c 1 -W 2 2001:db8::2')).exitCode).toBe(0);
    expect(await at.confirm(id)).toMatchObject({ outcome: 'confirmed' });
    expect(await at.harden('firewall', deny)).toMatchObject({ outcome: 'unchanged' });
    await at.host.reboot();
    await at.say('systemd-run --unit=late python3 -m http.server 9090; sleep 1');
    expect([await at.login(), await web(9090)]).toEqual(['alice', false]);
    expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
    expect(await at.say(ours)).toBe('inactive');
    expect([await at.picture(), await web(9090)]).toEqual([before, true]);
  }, 240_000);
});
