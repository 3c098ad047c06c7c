import { setTimeout as sleep } from 'node:timers/promises';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest, sampled } from '../../extent.ts';
import { describeOn } from '../harness.ts';
import { trialDocument } from '../transaction/host-folder.ts';
import { type Administered, administered } from './hosts.ts';

const change = 'echo new | own_file /etc/plumbline-trial 600 root:root';
const audit = '[[ -e /etc/plumbline-trial ]] && pass there || fail absent false absent';
const trial = trialDocument([{ fix: change, audit }]);

describeOn([ubuntu2404], 'a host that is confirmed', (base) => {
  let at: Administered;
  let picture: string;
  beforeAll(async () => {
    at = await administered(base());
    // Where ssh.socket waits, /run/sshd is missing now: nobody has logged in yet.
    picture = await at.picture();
    await at.say(
      'systemctl is-active ssh.socket && systemctl stop ssh.service && rm -rf /run/sshd',
    );
  }, 300_000);
  afterAll(() => at?.remove());

  test('keeps its changes over the deadline and a reboot, until they are taken back', async () => {
    const { id, ...hardened } = await at.harden('ssh', {
      Controls: 'PL.SSH.1,PL.SSH.2,PL.SSH.6,PL.SSH.16,PL.SSH.10',
      RollbackSeconds: '25',
    });
    expect(hardened).toMatchObject({ exit: 0, outcome: 'applied' });
    const confirmed = await at.confirm(id);
    expect(confirmed).toMatchObject({ exit: 0, outcome: 'confirmed' });
    expect([...confirmed.results.values()].map(({ s }) => s)).toEqual(Array(5).fill('PASS'));
    expect(await at.login()).toBe('alice');
    await sleep(20_000);
    await at.host.reboot();
    expect(await at.login()).toBe('alice');
    expect(await at.say('install -d /run/sshd; sshd -T | grep ^maxauthtries')).toBe(
      'maxauthtries 3',
    );
    expect((await at.harden('ssh', { Controls: 'PL.SSH.1,PL.SSH.6' })).outcome).toBe('unchanged');
    expect(await at.rollback(id)).toMatchObject({ exit: 0, outcome: 'reverted', left: [] });
    expect(await at.rollback(id)).toMatchObject({ exit: 0, outcome: 'reverted' });
    expect(await at.picture()).toBe(picture);
    expect(await at.login()).toBe('alice');
  }, 180_000);
});

const blocked = (rule: string) =>
  `nft 'add table inet test; add chain inet test out { type filter hook output priority 0; }; add rule inet test out ct state established accept; add rule inet test out ${rule} drop'`;

describeOn([debian12], 'a confirmation', (base) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
  }, 300_000);
  afterAll(() => at?.remove());
  afterEach(() =>
    at.say(
      'nft delete table inet test; rm -rf /var/lib/plumbline/pending; rm /etc/plumbline-trial',
    ),
  );

  const closed: readonly (readonly [string, string, RegExp])[] = [
    [
      'new connections to Systems Manager (ansible-lockdown/AMAZON2023-CIS#19)',
      'tcp dport 443',
      /^channel_lost:(ssm|ssmmessages|ec2messages)$/,
    ],
    ['the metadata service', 'ip daddr 169.254.169.254', /^channel_lost:metadata$/],
  ];
  test.each(sampled(closed, { usual: 2 }))(
    'is refused where %s are blocked while old ones live, and all goes back',
    async (_, rule, reason) => {
      const { id } = await at.harden(trial, { RollbackSeconds: '30' });
      // A connection that is open already goes on.
      const old = `exec 5<>/dev/tcp/192.0.2.1/443; ${blocked(rule)}; echo >&5 && echo alive`;
      expect(await at.say(old)).toBe('alive');
      expect(await at.confirm(id)).toMatchObject({
        exit: 1,
        outcome: 'refused',
        reason: expect.stringMatching(reason),
      });
      await at.until(
        `[[ -e /var/lib/plumbline/backups/${id}/ended && ! -e /etc/plumbline-trial ]]`,
        60,
      );
    },
    120_000,
  );

  const spoiled: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'the agent is stopped',
      'systemctl stop amazon-ssm-agent',
      'systemctl start amazon-ssm-agent',
      /^ssm_agent_inactive$/,
    ],
    [
      'the name of an endpoint is unknown',
      'sed -i.old /amazonaws/d /etc/hosts',
      'cp /etc/hosts.old /etc/hosts',
      /^channel_lost:/,
    ],
    [
      'sshd says nothing',
      'systemctl stop ssh.service',
      'systemctl start ssh.service',
      /^no_ssh_banner:22$/,
    ],
    [
      'an endpoint has a certificate of an authority that is not trusted',
      'cp /etc/ssl/certs/ca-certificates.crt /run/ca; cat /usr/share/ca-certificates/mozilla/*.crt >/etc/ssl/certs/ca-certificates.crt',
      'cp /run/ca /etc/ssl/certs/ca-certificates.crt',
      /^channel_lost:/,
    ],
  ];
  // The others, every night, are answered as connections that are blocked.
  test.each(sampled(spoiled, { usual: 2 }))(
    'is refused where %s; once that is over it is taken',
    async (_, spoil, mend, reason) => {
      const { id } = await at.harden(trial);
      await at.say(spoil);
      expect(await at.confirm(id)).toMatchObject({
        exit: 1,
        outcome: 'refused',
        reason: expect.stringMatching(reason),
      });
      await at.say(mend);
      expect(await at.confirm(id)).toMatchObject({ exit: 0, outcome: 'confirmed' });
      await at.rollback(id);
    },
    120_000,
  );

  nightTest(
    'that comes with the clock wins or loses as a whole',
    async () => {
      for (const early of [2500, 1200, 0]) {
        const { id } = await at.harden(trial, { RollbackSeconds: '12' });
        const left = await at.say(
          `systemctl show -P NextElapseUSecMonotonic plumbline-rollback-${id}.timer >/dev/null; awk '{print $1}' /proc/uptime; stat -c %Y /var/lib/plumbline/pending; date +%s.%N`,
        );
        const [, armed, now] = left.split('\n').map(Number);
        await sleep(Math.max(0, (Number(armed) + 12 - Number(now)) * 1000 - early));
        const answer = await at.confirm(id);
        await at.until(`[[ -e /var/lib/plumbline/backups/${id}/ended ]]`, 30);
        const there = await at.say('ls /etc/plumbline-trial 2>/dev/null');
        expect([early, answer.outcome === 'confirmed']).toEqual([early, there !== '']);
        expect(answer.outcome).toMatch(/^(confirmed|reverted|reverting|refused)$/);
        await at.rollback(id);
      }
    },
    180_000,
  );

  test('is not needed where a test after the change fails: all goes back at once', async () => {
    const closing = trialDocument([
      { fix: `${change}\nreversible nft delete table inet test -- nft -f /run/closing` },
    ]);
    await at.say(
      `echo '${blocked('tcp dport 443').slice(5, -1)}' | tr ';' '\\n' >/run/closing; sed -i 's/priority 0$/priority 0;}/; /^ *}$/d' /run/closing`,
    );
    await at.say(
      "printf 'table inet test {\\n chain out {\\n  type filter hook output priority 0;\\n  tcp dport 443 drop\\n }\\n}\\n' >/run/closing",
    );
    const { outcome, reason, exit } = await at.harden(closing);
    expect([exit, outcome]).toEqual([1, 'reverted']);
    expect(reason).toMatch(/^channel_lost:/);
    expect(await at.say('ls /etc/plumbline-trial; nft list tables')).toBe('');
    expect(await at.say('curl -sS https://ssm.us-east-1.amazonaws.com/')).toBe('an endpoint');
  }, 120_000);

  test('could not come: the run is refused before anything is armed', async () => {
    await at.say(blocked('tcp dport 443'));
    expect(await at.harden(trial)).toMatchObject({
      exit: 1,
      outcome: 'refused',
      reason: 'channel_unreachable',
    });
    expect(await at.say('ls /var/lib/plumbline/pending /etc/plumbline-trial')).toBe('');
  }, 120_000);

  test('is not possible without the agent after a reboot: refused', async () => {
    await at.say('systemctl disable amazon-ssm-agent');
    expect(await at.harden(trial)).toMatchObject({ exit: 1, reason: 'ssm_agent_inactive' });
    await at.say('systemctl enable amazon-ssm-agent');
  });

  nightTest(
    'brings back units as they were',
    async () => {
      const units = trialDocument([
        {
          fix: 'unit_off systemd-timesyncd.service; unit_off cron.service; unit_off unattended-upgrades.service; unit_on nftables.service',
        },
      ]);
      const state =
        'for unit in unattended-upgrades nftables cron; do systemctl is-enabled $unit; systemctl is-active $unit; done';
      const before = await at.say(state);
      const { id, results } = await at.harden(units);
      // The first is never switched off, so that none of them is.
      expect(results.get('PL.T.1')).toMatchObject({
        o: 'refused',
        why: 'keeps_the_host_reachable',
      });
      expect(await at.say(state)).toBe(before);
      const rest = trialDocument([
        { fix: 'unit_off unattended-upgrades.service; unit_on nftables.service' },
      ]);
      const second = await at.harden(rest);
      expect(await at.say(state)).toBe('masked\ninactive\nenabled\nactive\nenabled\nactive');
      await at.rollback(second.id);
      expect(await at.say(state)).toBe(before);
      expect(id).not.toBe(second.id);
    },
    120_000,
  );
});
