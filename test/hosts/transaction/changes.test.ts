import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sampled } from '../../extent.ts';
import { describeAsRoot, HostFolder } from './host-folder.ts';

const fixes: Readonly<Record<string, { fix: string; files?: Record<string, string> }>> = {
  'a new file of ours': { fix: 'printf "a\\nb" | own_file /etc/ours.conf 600 root:shadow' },
  'a file of ours in folders that are not there': {
    fix: 'echo x | own_file /etc/new/folder/ours.conf 644 root:root',
  },
  'a file of somebody else': {
    fix: 'echo new | replace_file /etc/theirs.conf',
    files: { 'etc/theirs.conf': 'old\0binary, no end of line' },
  },
  'mode and owner': {
    fix: 'set_mode /etc/theirs.conf 600 root:shadow',
    files: { 'etc/theirs.conf': 'x' },
  },
  'the mode of a folder': { fix: 'set_mode /etc/systemd 700 -' },
  'a kernel value': {
    fix: 'set_sysctl kernel.panic 10',
    files: { 'proc/sys/kernel/panic': '0\n' },
  },
  'a command with its inverse': {
    fix: '[[ -e $ROOT/etc/made ]] || reversible rm -f "$ROOT/etc/made" -- touch "$ROOT/etc/made"',
  },
  'a unit that is enabled': {
    fix: 'unit_on some.service',
    files: { 'etc/systemd/system/some.service': '[Install]\nWantedBy=multi-user.target\n' },
  },
};

describeAsRoot('what a fix changes', () => {
  let host: HostFolder;
  afterEach(() => host.remove());

  test.each(sampled(Object.entries(fixes), { quick: 8 }))(
    '%s: shown, changed once, taken back byte for byte',
    (_, { fix, files }) => {
      host = new HostFolder(files);
      const before = host.listing();
      const dry = host.harden(fix, { DryRun: 'yes' });
      expect(dry).toMatchObject({ exit: 0, outcome: 'dry_run' });
      expect(dry.results.get('PL.T.1')).toMatchObject({
        o: 'planned',
        diff: expect.stringMatching(/./),
      });
      expect(host.listing()).toBe(before);
      expect(() => host.state()).toThrow();

      const { id, ...hardened } = host.harden(fix);
      expect(hardened).toMatchObject({ exit: 0, outcome: 'applied' });
      const after = host.listing();
      expect(after).not.toBe(before);
      expect(host.confirm(id)).toMatchObject({ exit: 0, outcome: 'confirmed' });

      const again = host.harden(fix);
      expect(again).toMatchObject({ exit: 0, outcome: 'unchanged' });
      expect(again.results.get('PL.T.1')?.['o']).toBe('same');
      expect(host.state()).not.toContain('pending');

      expect(host.rollback(id)).toMatchObject({ exit: 0, outcome: 'reverted', left: [] });
      expect(host.listing()).toBe(before);
      expect(host.state()).not.toContain('reverting');
    },
  );

  test('a file that is written several times is restored through all of its states', () => {
    host = new HostFolder({ 'etc/x.conf': 'old\n' });
    const before = host.listing();
    const { id } = host.harden(
      ['1', '2', 'old', '3'].map((text) => `echo ${text} | replace_file /etc/x.conf`).join('\n'),
    );
    expect(readFileSync(join(host.path, 'etc/x.conf'), 'utf8')).toBe('3\n');
    expect(host.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
    expect(host.listing()).toBe(before);
  });

  test('a kernel value of several words is compared by its words', () => {
    const key = 'proc/sys/net/ipv4/tcp_rmem';
    host = new HostFolder({ [key]: '4096\t131072\t6291456\n' });
    const value = () => readFileSync(join(host.path, key), 'utf8');
    expect(host.harden('set_sysctl net.ipv4.tcp_rmem "4096 131072 6291456"').outcome).toBe(
      'unchanged',
    );
    const { id } = host.harden('set_sysctl net/ipv4/tcp_rmem "1 2 3"');
    expect(value()).toBe('1 2 3\n');
    host.rollback(id);
    expect(value()).toBe('4096 131072 6291456\n');
  });

  test('a diff shows what goes and what comes', () => {
    host = new HostFolder({ 'etc/x.conf': 'a\nb\n' });
    const { results } = host.harden('printf "a\\nc\\n" | replace_file /etc/x.conf', {
      DryRun: 'yes',
    });
    expect(results.get('PL.T.1')?.['diff']).toBe('/etc/x.conf: -b +c');
  });

  test('what a file carries besides is kept and restored', () => {
    host = new HostFolder({ 'etc/x.conf': 'old' });
    const path = join(host.path, 'etc/x.conf');
    chownSync(path, 1000, 42);
    chmodSync(path, 0o4750);
    const { mtimeMs } = statSync(path);
    const { id } = host.harden('echo new | replace_file /etc/x.conf');
    expect(statSync(path)).toMatchObject({ uid: 1000, gid: 42, mode: 0o104750 });
    host.rollback(id);
    expect(statSync(path)).toMatchObject({ uid: 1000, gid: 42, mode: 0o104750, mtimeMs });
  });

  test('a file that somebody changed afterwards is reported and left; the others are restored', () => {
    host = new HostFolder({ 'etc/a.conf': 'a', 'etc/b.conf': 'b', 'proc/sys/kernel/panic': '0\n' });
    const { id } = host.harden(
      'echo 1 | replace_file /etc/a.conf\necho 1 | replace_file /etc/b.conf\nset_sysctl kernel.panic 5\necho 1 | own_file /etc/ours.conf 600 root:root\nset_mode /etc/passwd 600 -',
    );
    host.put({ 'etc/a.conf': 'theirs', 'proc/sys/kernel/panic': '7\n', 'etc/ours.conf': 'theirs' });
    chmodSync(join(host.path, 'etc/passwd'), 0o640);
    const { outcome, left } = host.rollback(id);
    expect(outcome).toBe('reverted');
    expect([...left].sort()).toEqual([
      '/etc/a.conf was changed by somebody else',
      '/etc/ours.conf was changed by somebody else',
      '/etc/passwd was changed by somebody else',
      'kernel/panic was changed by somebody else',
    ]);
    expect(readFileSync(join(host.path, 'etc/a.conf'), 'utf8')).toBe('theirs');
    expect(readFileSync(join(host.path, 'etc/b.conf'), 'utf8')).toBe('b');
  });

  test('forwarding takes back what the kernel changed along with it', () => {
    const conf = 'proc/sys/net/ipv4/conf';
    host = new HostFolder({
      'proc/sys/net/ipv4/ip_forward': '1\n',
      [`${conf}/all/forwarding`]: '1\n',
      [`${conf}/eth0/forwarding`]: '1\n',
      [`${conf}/eth0/accept_redirects`]: '0\n',
    });
    const before = host.listing();
    const { id, outcome } = host.harden('set_sysctl net.ipv4.ip_forward 0');
    expect(outcome).toBe('applied');
    // As the kernel does.
    host.put({ [`${conf}/eth0/forwarding`]: '0\n', [`${conf}/eth0/accept_redirects`]: '1\n' });
    host.rollback(id);
    expect(host.listing()).toBe(before);
  });

  test('one control is changed as a whole or not at all', () => {
    host = new HostFolder({ 'etc/a.conf': 'a' });
    const before = host.listing();
    const refused = host.harden(
      'echo new | replace_file /etc/a.conf\nset_mode /etc/a.conf 600 -\nrefuse "$CONTROL" second_thought',
    );
    expect(refused.outcome).toBe('unchanged');
    expect(refused.results.get('PL.T.1')).toMatchObject({ o: 'refused', why: 'second_thought' });
    expect(host.listing()).toBe(before);
  });

  test('a link, a hard link and a folder that others write to lead root nowhere', () => {
    host = new HostFolder({ 'etc/secret': 'secret', 'etc/real.conf': 'x' });
    const at = (path: string) => join(host.path, path);
    mkdirSync(at('home/alice/.ssh'), { recursive: true });
    symlinkSync('/etc/secret', at('etc/link.conf'));
    symlinkSync('../../../etc', at('home/alice/.ssh/folder'));
    linkSync(at('etc/secret'), at('home/alice/.ssh/hard'));
    mkdirSync(at('etc/open'));
    chmodSync(at('etc/open'), 0o777);
    const before = host.listing();
    const refusals: Readonly<Record<string, string>> = {
      'echo x | replace_file /etc/link.conf': 'not_a_file:/etc/link.conf',
      'echo x | replace_file /home/alice/.ssh/folder/real.conf':
        'unsafe_path:/home/alice/.ssh/folder/real.conf',
      'echo x | own_file /etc/open/x.conf 600 root:root': 'unsafe_path:/etc/open/x.conf',
      'set_mode /etc/link.conf 600 -': 'not_a_file:/etc/link.conf',
      'set_mode /home/alice/.ssh/folder/secret 600 -': 'unsafe_path:/home/alice/.ssh/folder/secret',
      'set_mode /home/alice/.ssh/hard 600 -': 'hard_link:/home/alice/.ssh/hard',
      'set_mode /etc/none 600 -': 'not_a_file:/etc/none',
      'set_mode /etc/real.conf 600 nobody-here:root': 'no_owner:nobody-here:root',
    };
    const trials = Object.keys(refusals).map((fix) => ({ fix }));
    const { results } = host.harden(trials);
    expect([...results.values()].map(({ why }) => why)).toEqual(Object.values(refusals));
    expect(host.listing()).toBe(before);
  });

  test('names and contents are never evaluated', () => {
    const name = 'etc/$(touch pwned) "\'; touch pwned #\nx.conf';
    host = new HostFolder({ [name]: '$(touch pwned)`touch pwned`' });
    const path = `/${name}`.replaceAll("'", "'\\''");
    const before = host.listing();
    const { id, outcome } = host.harden(
      `set_mode '${path}' 600 -\necho '$(touch pwned)' | replace_file '${path}'\nreversible echo '$(touch pwned)' -- true`,
    );
    expect(outcome).toBe('applied');
    host.rollback(id);
    expect(host.listing()).toBe(before);
    expect(before).not.toMatch(/ \.\/pwned/);
  });

  test('an entry that was cut off while it was written is not acted on', () => {
    host = new HostFolder({ 'etc/a.conf': 'a', 'etc/b.conf': 'b' });
    const before = host.listing();
    const { id } = host.harden('echo new | replace_file /etc/a.conf');
    const journal = join(host.path, 'var/lib/plumbline/backups', id, 'journal');
    writeFileSync(
      journal,
      Buffer.concat([readFileSync(journal), Buffer.from('5\0file\0/etc/b.conf\0-')]),
    );
    expect(host.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
    expect(host.listing()).toBe(before);
  });
});
