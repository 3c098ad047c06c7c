import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest } from '../../extent.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';

/** What is wrong on the host, of everything that has a fix. */
const wrong = `
chmod 666 /etc/group
chmod 644 /etc/shadow
touch /etc/for-all && chmod 666 /etc/for-all
chmod 664 /home/alice/.ssh/authorized_keys
chmod 777 /etc/cron.d
echo 'Defaults insults' >/etc/sudoers.d/x && chmod 644 /etc/sudoers.d/x
sed -i /use_pty/d /etc/sudoers
useradd -m -s /bin/bash bob && usermod -p '' bob && chage -d 2020-02-02 bob
useradd -r -s /bin/bash app
printf '%s\\n' 'auth requisite pam_faillock.so preauth' 'auth [default=die] pam_faillock.so authfail' >>/etc/pam.d/common-auth
printf '%s\\n' 'deny = 50' even_deny_root >/etc/security/faillock.conf
printf '%s\\n' '[Service]' 'ExecStart=/bin/sleep infinity' '[Install]' 'WantedBy=multi-user.target' >/usr/lib/systemd/system/xinetd.service
systemctl daemon-reload && systemctl enable --now xinetd
mount -t tmpfs tmpfs /var/tmp && echo 'tmpfs /var/tmp tmpfs defaults 0 0' >>/etc/fstab`;

const controls: Readonly<Record<string, readonly string[]>> = {
  files: ['FIL.1', 'FIL.2', 'FIL.3', 'FIL.6', 'FIL.7', 'FIL.8', 'MNT.1', 'MNT.3'],
  accounts: ['ACC.2', 'ACC.3', 'ACC.6', 'ACC.4', 'ACC.5'],
  services: ['SVC.1'],
};
const named = (area: string) => ({
  Controls: (controls[area] ?? []).map((id) => `PL.${id}`).join(','),
});
const mountsAndUnits =
  "findmnt -n -o TARGET,OPTIONS /dev/shm; findmnt -n -o TARGET,OPTIONS /var/tmp; systemctl is-enabled xinetd; systemctl is-active xinetd; stat -c '%a %U:%G %n' /home/* /home/*/.ssh /home/*/.ssh/*";
/** All of it; usermod keeps the lists of accounts as they were before under another name. */
const pictureOf = async (at: Administered) => {
  const lines = (await at.picture())
    .split('\n')
    .filter((line) => !/(passwd|shadow)-( |$)/.test(line));
  return `${lines.join('\n')}\n${await at.say(mountsAndUnits)}`;
};

describeOn([debian12], 'files, accounts and services', (base) => {
  let at: Administered;
  let picture: string;
  beforeAll(async () => {
    at = await administered(base());
    await at.say(wrong);
    picture = await pictureOf(at);
  }, 300_000);
  afterAll(() => at?.remove());
  afterEach(async () => {
    expect(await pictureOf(at)).toBe(picture);
    expect(await at.login()).toBe('alice');
  });

  test.each(Object.keys(controls))(
    '%s: put right, confirmed over a new connection, right a second time, and taken back',
    async (area) => {
      const first = await at.harden(area, named(area));
      const said = [...first.results].map(([id, { o, why }]) => [id, o, why]);
      expect([first.outcome, said]).toEqual([
        'applied',
        (controls[area] ?? []).map((id) => [`PL.${id}`, 'changed', expect.anything()]),
      ]);
      expect(await at.login()).toBe('alice');
      expect(await at.confirm(first.id)).toMatchObject({ exit: 0, outcome: 'confirmed' });
      const after = await pictureOf(at);

      const second = await at.harden(area, named(area));
      expect([second.outcome, [...second.results.values()].map(({ o }) => o)]).toEqual([
        'unchanged',
        (controls[area] ?? []).map(() => 'same'),
      ]);
      expect(await pictureOf(at)).toBe(after);

      expect(await at.rollback(first.id)).toMatchObject({ outcome: 'reverted', left: [] });
    },
    180_000,
  );

  nightTest(
    'what nobody confirms goes back by itself: mounts, accounts, units',
    async () => {
      for (const area of Object.keys(controls)) {
        const { id, outcome } = await at.harden(area, { ...named(area), RollbackSeconds: '10' });
        expect([area, outcome]).toEqual([area, 'applied']);
        await at.until(`[[ -e /var/lib/plumbline/backups/${id}/ended ]]`, 40);
      }
    },
    180_000,
  );

  nightTest(
    'what nobody confirms goes back at a boot',
    async () => {
      await at.harden('accounts', named('accounts'));
      await at.host.reboot();
      expect(await at.say('ls /var/lib/plumbline')).toBe('backups\nlock\nrollback.lock');
    },
    120_000,
  );
});
