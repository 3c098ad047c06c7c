import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { clientAddress } from '../../../lib/local/hosts/wire.ts';
import { nightTest, sampled } from '../../extent.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';
import { verdictsOn } from './verdicts.ts';

const both = { Controls: 'PL.F2B.1,PL.F2B.2' };
const file = '/etc/fail2ban/jail.d/plumbline.conf';

const distributions = sampled([debian12, ubuntu2404], { usual: 2 });
describeOn(distributions, 'fail2ban without rsyslog', (base, { name }) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
  }, 300_000);
  afterAll(() => at?.remove());

  test('is evaluated by what it does', async () => {
    const verdicts = await verdictsOn(at.host, ['PL.F2B.1', 'PL.F2B.2']);
    // As Debian ships it, it waits for a log file that nobody writes, and gives up.
    const expected = name === debian12.name ? ['FAIL', 'FAIL'] : ['PASS', 'FAIL'];
    expect(verdicts.map(({ s }) => s)).toEqual(expected);
  }, 120_000);

  test('reads the journal, bans who fails to log in, and lets go when it is taken back', async () => {
    const before = await at.picture();
    const { id, outcome, results } = await at.harden('firewall', both);
    expect([outcome, results.get('PL.F2B.2')]).toEqual([
      'applied',
      expect.objectContaining({ o: 'changed', after: '5 3600 600' }),
    ]);
    expect(await verdictsOn(at.host, ['PL.F2B.1', 'PL.F2B.2'])).toEqual([
      expect.objectContaining({ s: 'PASS' }),
      expect.objectContaining({ s: 'PASS', e: '5 3600 600' }),
    ]);
    expect(await at.login()).toBe('alice');
    // fail2ban lists a ban before its rule is there.
    const banned = `nft list ruleset | grep -qF ${clientAddress}`;
    // On a busy machine a connection may time out before sshd counts it: more than the five that are needed.
    for (let tries = 0; tries < 5 || !(await at.say(`${banned} && echo yes`)); tries++) {
      expect(tries).toBeLessThan(30);
      await at.login('mallory');
    }
    expect(await at.login()).toMatch(/refused|timed out|unreachable|closed/i);
    // The channel is no login.
    expect(await at.confirm(id)).toMatchObject({ outcome: 'confirmed' });
    expect(await at.harden('firewall', both)).toMatchObject({ outcome: 'unchanged' });
    await at.say(`fail2ban-client set sshd unbanip ${clientAddress}`);
    expect(await at.login()).toBe('alice');
    expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
    expect([await at.picture(), await at.login()]).toEqual([before, 'alice']);
  }, 240_000);

  /** fail2ban as on a host that is so busy that its thread starts seconds after the server answers. */
  const late = `import threading
begin = threading.Thread.start
def start(self):
    later = self.name.startswith('f2b/f.') and not isinstance(self, threading.Timer)
    begin(threading.Timer(4, begin, [self])) if later else begin(self)
threading.Thread.start = start
`;
  const packages = '/usr/lib/python3/dist-packages';
  test.each([
    ['at once', ''],
    [
      'late',
      `printf %s "${late}" >${packages}/late_start.py; echo 'import late_start' >${packages}/late_start.pth`,
    ],
  ])(
    'that starts %s counts no failure of before it ran: it would ban who has it started',
    async (_, slowed) => {
      await at.say(`systemctl stop fail2ban; rm -f /var/lib/fail2ban/fail2ban.sqlite3; ${slowed}`);
      const before = await at.picture();
      for (let tries = 0; tries < 12; tries++) await at.login('mallory');
      // Those of the second in which it starts count.
      await at.say('sleep 2');
      const { id, outcome, results } = await at.harden('firewall', both);
      expect([outcome, results.get('PL.F2B.2')?.['after']]).toEqual(['applied', '5 3600 600']);
      // It has read its journal by now.
      await at.until('journalctl -u fail2ban -q | grep -q . && sleep 8', 20);
      expect(
        await at.say('fail2ban-client get sshd banip; fail2ban-client get sshd findtime'),
      ).toBe('600');
      expect(await at.login()).toBe('alice');
      expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
      expect(await at.picture()).toBe(before);
      await at.say(`rm -f ${packages}/late_start.*`);
    },
    240_000,
  );

  nightTest(
    'that is installed by a run starts only when its fix starts it',
    async () => {
      // What apt-get and the scripts of the package do, where no host has a network.
      const install = `case "$*" in *install*) mv /root/fail2ban-client /usr/bin/; deb-systemd-invoke start fail2ban.service; systemctl is-active fail2ban >/root/started; true;; esac`;
      await at.say(`systemctl disable --now fail2ban; mv /usr/bin/fail2ban-client /root/
        mv /usr/bin/apt-get /root/apt-get; printf '%s\\n' '#!/bin/sh' '${install}' >/usr/bin/apt-get; chmod 755 /usr/bin/apt-get`);
      const { id, outcome } = await at.harden('firewall', { Controls: 'PL.F2B.1', Install: 'yes' });
      await at.say('mv /root/apt-get /usr/bin/apt-get');
      expect([outcome, await at.say('cat /root/started; systemctl is-active fail2ban')]).toEqual([
        'applied',
        'inactive\nactive',
      ]);
      await at.rollback(id);
      expect(await at.say('ls /run/systemd/system | grep fail2ban')).toBe('');
    },
    240_000,
  );

  nightTest(
    'that would not start is never left so',
    async () => {
      const before = await at.picture();
      await at.say('printf "[sshd]\\nfilter = no-such-filter\\n" >/etc/fail2ban/jail.local');
      const { outcome } = await at.harden('firewall', { Controls: 'PL.F2B.2' });
      await at.say('rm /etc/fail2ban/jail.local');
      expect([outcome, await at.say(`ls ${file}`)]).toEqual(['reverted', '']);
      expect(await at.picture()).toBe(before);
    },
    120_000,
  );
});
