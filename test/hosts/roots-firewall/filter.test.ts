import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { scriptOf } from '../../../lib/hosts/compile.ts';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { type OverlayRoot, overlayRoot } from '../../../lib/local/hosts/overlay-root.ts';
import { sampled } from '../../extent.ts';
import type { Result } from '../audited.ts';
import { describeOn } from '../harness.ts';

// The rules of a kernel as nft and ufw themselves put them there, in a network of the root's own.

const controls = hostControls.filter(({ id }) => id.startsWith('PL.FW.'));
const given = { SSM_Areas: 'firewall', SSM_Controls: 'all', SSM_Parameters: 'none' };

const ways = 'udp dport 53 accept; tcp dport { 53, 80, 443 } accept;';
const table = (input: string, output = 'policy accept;') => `flush ruleset
table inet filter {
  chain input { type filter hook input priority 0; ${input} }
  chain output { type filter hook output priority 0; ${output} }
}`;
const denies =
  'policy drop; ct state established,related accept; iif "lo" accept; icmp type echo-request accept;';
const good = table(`${denies} tcp dport 22 accept;`);
const now = (rules: string) => `nft -f - <<'END'\n${rules}\nEND`;
const later = (rules: string) => `cat >/etc/nftables.conf <<'END'\n${rules}\nEND
ln -sf /lib/systemd/system/nftables.service /etc/systemd/system/sysinit.target.wants/nftables.service`;
const listen = (address: string, port: number) =>
  `python3 -c "import socket, time; s = socket.socket(); s.bind(('${address}', ${port})); s.listen(); time.sleep(60)" &
until grep -q :$(printf %04X ${port}) /proc/net/tcp; do sleep 0.05; done`;

type Said = Readonly<Record<string, string>>;
const states: Readonly<Record<string, readonly [given: string, said: Said]>> = {
  'nftables denies what no rule names, now and after a boot': [
    `${listen('0.0.0.0', 22)}\n${now(good)}\n${later(good)}`,
    {
      'PL.FW.1': 'PASS nftables',
      'PL.FW.2': 'PASS none',
      'PL.FW.3': 'PASS ok',
      'PL.FW.4': 'PASS nftables',
      'PL.FW.5': 'PASS tcp/22',
      'PL.FW.6': 'PASS none',
      'PL.FW.7': 'PASS none',
    },
  ],
  'there is none, and a database listens for all': [
    listen('0.0.0.0', 5432),
    {
      'PL.FW.1': 'FAIL none false',
      'PL.FW.2': 'FAIL ip false',
      'PL.FW.3': 'NA',
      'PL.FW.4': 'NA',
      'PL.FW.5': 'NA',
      'PL.FW.6': 'FAIL 5432 false',
      'PL.FW.7': 'PASS none',
    },
  ],
  'its file takes back what is loaded': [
    `${listen('0.0.0.0', 22)}\n${now(good)}\n${later(table(denies, `policy drop; oif "lo" accept; udp dport 53 accept;`))}\necho 'net.ipv4.conf.all.route_localnet = 1' >/etc/sysctl.d/90-own.conf`,
    {
      'PL.FW.1': 'PASS nftables',
      'PL.FW.2': 'PASS none',
      'PL.FW.3': 'FAIL ok false',
      'PL.FW.4': 'PASS nftables',
      'PL.FW.5': 'FAIL tcp/22 false',
      'PL.FW.6': 'PASS none',
      'PL.FW.7': 'FAIL none false',
    },
  ],
  'it is loaded, and nothing loads it at the next boot': [
    `${listen('127.0.0.1', 5432)}\n${now(good)}`,
    {
      'PL.FW.1': 'FAIL nftables false',
      'PL.FW.2': 'FAIL none false',
      'PL.FW.3': 'PASS ok',
      'PL.FW.4': 'FAIL nftables false',
      'PL.FW.5': 'PASS',
      'PL.FW.6': 'PASS none',
      'PL.FW.7': 'PASS none',
    },
  ],
  'it closes the way out to Systems Manager, and has no rule for what listens nor for the host itself':
    [
      `${listen('0.0.0.0', 22)}\n${now(table('policy drop; ct state established,related accept;', `policy drop; oif "lo" accept; ct state established,related accept; ${ways.replace(', 443', '')}`))}`,
      {
        'PL.FW.3': 'FAIL no rule for lo true',
        'PL.FW.5': 'FAIL tcp/22 false',
        'PL.FW.7': 'FAIL 443 true',
      },
    ],
  'ufw denies what no rule names': [
    `${listen('0.0.0.0', 22)}\nufw allow 22/tcp >/dev/null\nufw --force enable >/dev/null\nln -sf /lib/systemd/system/ufw.service /etc/systemd/system/multi-user.target.wants/ufw.service`,
    {
      'PL.FW.1': 'PASS ufw',
      'PL.FW.2': 'PASS none',
      'PL.FW.3': 'PASS ok',
      'PL.FW.4': 'PASS ufw',
      'PL.FW.5': 'PASS tcp/22',
      'PL.FW.6': 'PASS none',
      'PL.FW.7': 'PASS none',
    },
  ],
};

describeOn(sampled([debian12, ubuntu2404], { usual: 2 }), 'rules of a firewall', (base) => {
  let root: OverlayRoot;
  beforeEach(async () => {
    root = await overlayRoot(base());
    await root.run('rm -f /etc/systemd/system/*.wants/{ufw,nftables}.service');
  });
  afterEach(() => root?.dispose());

  describe.each(Object.entries(states))('%s', (_, [prepare, expected]) => {
    test('is evaluated as it is', async () => {
      const prepared = await root.run(`set -e\n${prepare}`);
      expect(prepared).toMatchObject({ exitCode: 0 });
      const { stdout, stderr } = await root.run(scriptOf(auditHost(controls), 'test'), {
        environment: given,
      });
      expect(stderr).toBe('');
      const results: readonly Result[] = JSON.parse(stdout).results;
      const said = Object.fromEntries(
        results.map(({ id, s, e = '', p }) => [
          id,
          `${s} ${e}${s === 'FAIL' ? ` ${p}` : ''}`.trim(),
        ]),
      );
      expect(said).toMatchObject(expected);
    });
  });
});
