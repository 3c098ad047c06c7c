import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest, sampled } from '../../extent.ts';
import { describeOn } from '../harness.ts';
import { type Administered, administered } from './hosts.ts';

const breaking = 'PL.SSH.1,PL.SSH.2,PL.SSH.6,PL.SSH.12,PL.SSH.16,PL.SSH.10';
/** Does something just before a command of the run, told by how it begins. */
const before = (command: string, deed: string) => [
  'set -T',
  `trap 'case "$BASH_COMMAND" in "${command.replaceAll(/["$]/g, '\\$&')}"*) [[ \${1-} == rollback ]] || { ${deed}; } ;; esac' DEBUG`,
];
const isBack = (id: string) => `[[ -e /var/lib/plumbline/backups/${id}/ended ]]`;

describeOn([debian12], 'a host that nobody confirms', (base) => {
  let at: Administered;
  let picture: string;
  beforeAll(async () => {
    at = await administered(base());
    picture = await at.picture();
  }, 300_000);
  afterAll(() => at?.remove());
  afterEach(async () => {
    expect(await at.picture()).toBe(picture);
    expect(await at.login()).toBe('alice');
    expect(await at.say('ls /var/lib/plumbline')).toBe('backups\nlock\nrollback.lock');
    expect(
      await at.say(
        'systemctl list-units --state=active,activating,failed --plain --no-legend "plumbline-*"',
      ),
    ).toBe('');
  });

  test('goes back by the clock, and says so', async () => {
    const { id, ...hardened } = await at.harden('ssh', {
      Controls: breaking,
      RollbackSeconds: '20',
    });
    expect(hardened).toMatchObject({ exit: 0, outcome: 'applied' });
    expect([...hardened.results.values()].map(({ o }) => o)).toEqual(Array(6).fill('changed'));
    expect(await at.login()).toBe('alice');
    expect(await at.say('sshd -T | grep -E "^(permitrootlogin|passwordauthentication) "')).toBe(
      'permitrootlogin no\npasswordauthentication no',
    );
    await at.until(isBack(id), 40);
    expect(await at.confirm(id)).toMatchObject({
      exit: 1,
      outcome: 'reverted',
      reason: 'nobody confirmed in time',
    });
  }, 120_000);

  // In effect; each command every night, and any of them in a folder.
  const killedAt = [
    'shows_values',
    'run_phase apply',
    'sync "$beside"',
    'mv -fT "$beside"',
    'activate_all',
    'run_phase prove',
  ];
  test.each(sampled(killedAt, { usual: killedAt.length }))(
    'goes back by the clock when it was killed at %s',
    async (command) => {
      const { id, exit } = await at.harden(
        'ssh',
        { RollbackSeconds: '10' },
        { preamble: before(command, 'kill -9 "$BASHPID"') },
      );
      expect(exit).toBe(137);
      await at.until(isBack(id), 40);
    },
    120_000,
  );

  test('stops a run that takes longer than its time', async () => {
    const { id, exit } = await at.harden(
      'kernel',
      { RollbackSeconds: '10' },
      { preamble: before('run_phase prove', 'sleep 60') },
    );
    expect(exit).toBe(137);
    await at.until(isBack(id), 20);
    expect(await at.say('pgrep -f "sleep 60"')).toBe('');
  }, 120_000);

  /** What goes back at a boot does so before anybody can log in. */
  const expectBackBeforeSshd = async (id: string) => {
    const reverted = 'plumbline-boot-rollback.service';
    const times = await at.say(
      `journalctl -b -o short-monotonic -u ${reverted} -u ssh.service | grep -E "Finished|Started"`,
    );
    expect(times).toMatch(/Finished plumbline-boot(.|\n)*Started ssh\.service/);
    expect(await at.confirm(id)).toMatchObject({ outcome: 'reverted', reason: 'boot' });
  };

  nightTest(
    'goes back when it boots, before sshd and the network',
    async () => {
      const { id } = await at.harden('ssh', { Controls: breaking });
      await at.host.reboot();
      await expectBackBeforeSshd(id);
    },
    120_000,
  );

  test('goes back after a power cut, before sshd and the network', async () => {
    const { id } = await at.harden('kernel');
    await at.host.kill();
    await at.host.boot();
    await expectBackBeforeSshd(id);
    expect(await at.say('sysctl -n net.ipv4.conf.all.accept_redirects')).toBe('1');
  }, 120_000);
});
