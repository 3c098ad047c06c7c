import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest, sampled, sampledByOutcome } from '../../extent.ts';
import { addUser, describeOn, publicKeyOf } from '../harness.ts';
import { trialDocument } from '../transaction/host-folder.ts';
import { type Administered, administered } from './hosts.ts';

const drop = '/etc/ssh/sshd_config.d';
/** A drop-in as a fix would write it. */
const sshd = (...lines: readonly string[]) =>
  trialDocument([
    {
      fix: `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} | own_file ${drop}/00-plumbline.conf 600 root:root\nactivate ssh`,
    },
  ]);

const distributions = sampled([debian12, ubuntu2404], { usual: 2 });
describeOn(distributions, 'nobody is locked out', (base) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
    const key = await publicKeyOf(at.client);
    await addUser(at.host, 'bob', { password: 'only a password' });
    await addUser(at.host, 'carol', { key, password: 'and a key' });
  }, 300_000);
  afterAll(() => at?.remove());
  afterEach(async () => {
    expect([await at.login(), await at.login('carol')]).toEqual(['alice', 'carol']);
    expect(await at.login('bob', 'only a password')).toBe('bob');
    expect(await at.say(`ls ${drop}/00-plumbline.conf /var/lib/plumbline/pending`)).toBe('');
  });

  // Nobody has such a fix: what refuses is below every fix.
  const refusals: Readonly<Record<string, readonly [lines: readonly string[], why: string]>> = {
    'no password where somebody has no key (mail-in-a-box/mailinabox#774)': [
      ['PasswordAuthentication no', 'KbdInteractiveAuthentication no'],
      'locks_out:bob',
    ],
    'AllowGroups without a user (konstruktoid/ansible-role-hardening#326)': [
      ['AllowGroups sudo'],
      'locks_out:bob',
    ],
    'AllowUsers without a user': [['AllowUsers bob carol'], 'locks_out:alice'],
    DenyUsers: [['DenyUsers car*'], 'locks_out:carol'],
    'keys off': [['PubkeyAuthentication no'], 'locks_out:alice'],
    'keys elsewhere': [['AuthorizedKeysFile /etc/keys/%u'], 'locks_out:alice'],
    'MACs that this sshd does not know (ansible-lockdown/UBUNTU22-CIS#170)': [
      ['MACs hmac-sha2-256,h,m,a,c'],
      'sshd_rejects',
    ],
    'an option that this sshd does not know': [['NoSuchOption yes'], 'sshd_rejects'],
    'another port (konstruktoid/hardening#536)': [['Port 2222'], 'port_changes'],
  };
  /** What shuts somebody out: a list of whom sshd lets in, passwords or keys, or a file that it rejects. */
  const causeOf = ([, [[line = ''], why]]: (typeof rows)[number]) =>
    why === 'sshd_rejects'
      ? why
      : (/key/i.exec(line)?.[0].toLowerCase() ?? line.replace(/^(?:Allow|Deny).*| .*/, ''));
  const rows = Object.entries(refusals);
  const tried = sampledByOutcome(rows, { usual: rows.length }, causeOf);
  it.each(tried)(
    '%s',
    async (_, [lines, why]) => {
      const { outcome, results } = await at.harden(sshd(...lines));
      expect(results.get('PL.T.1')).toMatchObject({ o: 'refused', why });
      expect(outcome).toBe('unchanged');
    },
    120_000,
  );

  nightTest(
    'no password as the catalogue has it',
    async () => {
      const { results } = await at.harden('ssh', { Controls: 'PL.SSH.2,PL.SSH.3' });
      const passwords = results.get('PL.SSH.2');
      expect(passwords).toMatchObject({ o: 'refused', why: 'locks_out:bob' });
    },
    120_000,
  );

  test('no PAM where accounts are locked (dev-sec/ansible-ssh-hardening#114)', async () => {
    await at.say('usermod -p "!" alice; usermod -p "!" carol');
    const { results } = await at.harden(sshd('UsePAM no'));
    expect(results.get('PL.T.1')).toMatchObject({
      o: 'refused',
      why: expect.stringMatching(/^locks_out:(alice|carol)$/),
    });
  }, 120_000);

  nightTest(
    'no root login where only root can be root',
    async () => {
      await at.say(
        'gpasswd -d alice sudo; install -d -m 700 /root/.ssh; cp /home/alice/.ssh/authorized_keys /root/.ssh/',
      );
      const before = await at.login('root');
      const { results } = await at.harden('ssh', { Controls: 'PL.SSH.1' });
      expect([before, results.get('PL.SSH.1')]).toEqual([
        'root',
        expect.objectContaining({ o: 'refused', why: 'locks_out:root' }),
      ]);
      expect(await at.login('root')).toBe('root');
      await at.say('gpasswd -a alice sudo; rm /root/.ssh/authorized_keys');
    },
    120_000,
  );

  nightTest(
    'a Match block that says otherwise',
    async () => {
      await at.say(
        `printf 'Match User bob\\nPasswordAuthentication yes\\n' >${drop}/90-bob.conf; systemctl try-reload-or-restart ssh`,
      );
      const { results } = await at.harden('ssh', { Controls: 'PL.SSH.2' });
      expect(results.get('PL.SSH.2')).toMatchObject({
        o: 'refused',
        why: expect.stringMatching(/^match_block/),
      });
      await at.say(`rm ${drop}/90-bob.conf; systemctl try-reload-or-restart ssh`);
    },
    120_000,
  );

  test('a configuration that is broken already', async () => {
    await at.say(`echo Nonsense >${drop}/99-broken.conf`);
    const { results } = await at.harden(sshd('MaxAuthTries 3'));
    expect(results.get('PL.T.1')).toMatchObject({ o: 'refused', why: 'sshd_config_broken' });
    await at.say(`rm ${drop}/99-broken.conf`);
  }, 120_000);

  test('a port that sshd does not listen on', async () => {
    await at.say(`echo 'Port 2200' >${drop}/10-port.conf`);
    const { results } = await at.harden(sshd('MaxAuthTries 3'));
    expect(results.get('PL.T.1')).toMatchObject({ o: 'refused', why: 'ssh_port_unknown' });
    await at.say(`rm ${drop}/10-port.conf`);
  }, 120_000);

  test('a firewall that closes the way in, or the way out (konstruktoid/ansible-role-hardening#991)', async () => {
    const tables: Readonly<Record<string, string>> = {
      'chain in { type filter hook input priority 0; policy drop; }': 'closes_the_way_in',
      'chain in { type filter hook input priority 0; policy drop; ct state established accept; iif lo accept; tcp dport 443 accept; }':
        'closes_the_way_in',
      'chain out { type filter hook output priority 0; policy drop; }': 'closes_the_way_out',
      'chain in { nonsense; }': 'table_rejected',
    };
    const rows = Object.entries(tables);
    for (const [table, why] of sampledByOutcome(rows, { usual: rows.length }, ([, why]) => why)) {
      const { results } = await at.harden(trialDocument([{ fix: `echo '${table}' | own_table` }]));
      expect([table, results.get('PL.T.1')?.['why']]).toEqual([table, why]);
    }
    expect(await at.say('nft list tables')).toBe('');
  }, 120_000);

  nightTest(
    'a firewall that lets in who may come is put up and taken down alone',
    async () => {
      await at.say("nft 'add table inet theirs'");
      const table =
        'chain in { type filter hook input priority 0; policy drop; ct state established,related accept; iif lo accept; ip protocol icmp accept; tcp dport 22 accept; }';
      const { id, outcome } = await at.harden(
        trialDocument([{ fix: `echo '${table}' | own_table` }]),
      );
      expect([outcome, await at.say('nft list tables')]).toEqual([
        'applied',
        'table inet theirs\ntable inet plumbline',
      ]);
      expect(await at.login()).toBe('alice');
      await at.rollback(id);
      expect(await at.say('nft list tables')).toBe('table inet theirs');
    },
    120_000,
  );
});
