import { ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
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

  test('who has nothing but the empty password keeps it', async () => {
    await addUser(at.host, 'dave');
    await at.say("usermod -p '' dave; usermod -p '*' carol");
    const { results } = await at.harden('accounts', { Controls: 'PL.ACC.2' });
    expect(results.get('PL.ACC.2')).toMatchObject({ o: 'refused', why: 'locks_out:dave' });
  }, 120_000);
});
