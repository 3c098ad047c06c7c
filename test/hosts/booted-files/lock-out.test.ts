import { ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest } from '../../extent.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { addUser, describeOn, publicKeyOf } from '../harness.ts';

// PAM as a profile of pam-auth-update writes it, and a guide that locks root; a ban would keep the client out before.
const guessing = `
systemctl stop fail2ban
printf '%s\\n' 'PermitRootLogin yes' 'PermitEmptyPasswords yes' >/etc/ssh/sshd_config.d/10-a.conf
systemctl try-reload-or-restart ssh
echo 'root:the right one' | chpasswd
cat >/etc/pam.d/common-auth <<'PAM'
auth required pam_faillock.so preauth
auth [success=2 default=ignore] pam_unix.so nullok
auth [default=die] pam_faillock.so authfail
auth requisite pam_deny.so
auth required pam_permit.so
PAM
printf '%s\\n' 'deny = 3' 'unlock_time = 900' even_deny_root >/etc/security/faillock.conf`;

describeOn([ubuntu2404], 'nobody is locked out by their account', (base) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
    await at.say(guessing);
  }, 300_000);
  afterAll(() => at?.remove());

  test('whoever guesses the password of root keeps root out no longer (dev-sec/ansible-collection-hardening#923)', async () => {
    const guess = async () => {
      for (const wrong of ['a', 'b', 'c', 'd']) await at.login('root', wrong);
      return at.login('root', 'the right one');
    };
    expect(await guess()).toContain('Permission denied');
    const { id, results } = await at.harden('accounts', { Controls: 'PL.ACC.5' });
    expect(results.get('PL.ACC.5')).toMatchObject({ o: 'changed', after: '3 900' });
    expect(await at.confirm(id)).toMatchObject({ outcome: 'confirmed' });
    expect([await guess(), await at.login()]).toEqual(['root', 'alice']);
  }, 180_000);

  test('who has a key keeps it without PAM, when the empty password goes', async () => {
    await addUser(at.host, 'carol', { key: await publicKeyOf(at.client) });
    await at.say(
      "usermod -p '' carol; echo 'UsePAM no' >/etc/ssh/sshd_config.d/11-b.conf; systemctl try-reload-or-restart ssh",
    );
    // Right after a reload sshd refuses a connection once.
    await at.until("timeout 2 bash -c 'exec 5<>/dev/tcp/127.0.0.1/22 && read -r _ <&5'", 10);
    const before = await at.login('carol', '');
    const { id, results } = await at.harden('accounts', { Controls: 'PL.ACC.2' });
    expect([before, results.get('PL.ACC.2')?.['o']]).toEqual(['carol', 'changed']);
    expect(await at.login('carol')).toBe('carol');
    expect(await at.login('carol', '')).toContain('Permission denied');
    await at.rollback(id);
    expect(await at.login('carol', '')).toBe('carol');
  }, 180_000);

  test('a server that talks with another host is left on', async () => {
    const listen =
      "import socket; s = socket.create_server(('', 7000)); c = s.accept(); s.accept()";
    await at.say(`printf '%s\\n' '[Service]' "ExecStart=/usr/bin/python3 -c \\"${listen}\\"" '[Install]' 'WantedBy=multi-user.target' >/usr/lib/systemd/system/xinetd.service
      systemctl daemon-reload; systemctl enable --now xinetd`);
    await at.until('ss -Hltn sport = :7000 | grep -q .', 20);
    await at.client.run(
      "setsid bash -c 'exec 5<>/dev/tcp/192.0.2.2/7000; sleep 300' >/dev/null 2>&1 & sleep 1",
    );
    const { results } = await at.harden('services', { Controls: 'PL.SVC.1' });
    expect(results.get('PL.SVC.1')).toMatchObject({ o: 'refused', why: 'in_use:xinetd.service' });
    expect(await at.say('systemctl is-active xinetd')).toBe('active');
    await at.client.run('pkill sleep');
    await at.until('! ss -Htn state established sport = :7000 | grep -q .', 20);
    const { id, outcome } = await at.harden('services', { Controls: 'PL.SVC.1' });
    expect([outcome, await at.say('systemctl is-active xinetd')]).toEqual(['applied', 'inactive']);
    await at.rollback(id);
  }, 120_000);

  nightTest(
    'who has nothing but the empty password keeps it',
    async () => {
      await addUser(at.host, 'dave');
      await at.say("usermod -p '' dave; usermod -p '*' carol");
      const { results } = await at.harden('accounts', { Controls: 'PL.ACC.2' });
      expect(results.get('PL.ACC.2')).toMatchObject({ o: 'refused', why: 'locks_out:dave' });
    },
    120_000,
  );
});
