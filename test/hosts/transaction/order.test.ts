import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../../extent.ts';
import { describeAsRoot, HostFolder } from './host-folder.ts';

// Says what is there at the time of the first change.
const look = `
[[ $(<"$STATE/pending") == "$ID" ]] && echo pending
[[ -x $BACKUP/document.sh ]] && bash -O extglob -n "$BACKUP/document.sh" && echo document
[[ -s $BACKUP/snapshot ]] && echo snapshot
grep -q "document.sh rollback $ID boot" "$ROOT/etc/systemd/system/plumbline-boot-rollback.service" && echo boot
[[ -e $ROOT/etc/systemd/system/sysinit.target.wants/plumbline-boot-rollback.service ]] && echo wanted
kill -0 "$(<"$BACKUP/sleeper")" && echo clock`;
const apt = `
cat >"$root/run/apt-get" <<'END'
#!/bin/sh
echo "$DEBIAN_FRONTEND $NEEDRESTART_MODE $* $(ls /var/lib/plumbline | tr '\\n' ' ')" >>/run/apt.log
[ "$4" != fail ]
END
chmod 755 "$root/run/apt-get"
mount --bind "$root/run/apt-get" "$root/usr/bin/apt-get"`;
const more = 'packages_trial0() { PACKAGES+=(one two); }';
const fix = 'echo new | replace_file /etc/x.conf';

describeAsRoot('the order of a run', () => {
  let host: HostFolder;
  beforeEach(() => {
    host = new HostFolder({ 'etc/x.conf': 'old' });
  });
  afterEach(() => host.remove());
  const file = (path: string) => readFileSync(join(host.path, path), 'utf8');

  test('all that takes it back is there before the first change', () => {
    host.harden(`{ ${look.trim().split('\n').join('\n')}\n} >"$ROOT/run/seen"\n${fix}`);
    expect(file('run/seen').trim().split('\n')).toEqual([
      'pending',
      'document',
      'snapshot',
      'boot',
      'wanted',
      'clock',
    ]);
  });

  test('the boot unit comes before the network and sshd, and only while something waits', () => {
    host.harden(fix);
    const unit = file('etc/systemd/system/plumbline-boot-rollback.service');
    expect(unit).toMatch(/^Before=.*network-pre\.target.* ssh\.service ssh\.socket sshd\.service/m);
    expect(unit).toMatch(/^ConditionPathExists=\|\/var\/lib\/plumbline\/pending$/m);
    expect(unit).toMatch(/^ConditionPathExists=\|\/var\/lib\/plumbline\/reverting$/m);
    expect(unit).toMatch(/^DefaultDependencies=no$/m);
  });

  test('packages are installed before anything is armed, and stay', () => {
    const { id, results } = host.harden([{ fix, more }], { Install: 'yes' }, { BEFORE: apt });
    expect(results.get('PL.T.1')?.['why']).toBe('trial');
    const [update, install = ''] = file('run/apt.log').trim().split('\n');
    expect(update).toMatch(/ update /);
    expect(install).toMatch(
      /^noninteractive l .*DPkg::Lock::Timeout=120 .*--force-confold install .*one two /,
    );
    expect(install).not.toMatch(/pending/);
    host.rollback(id);
    expect(file('run/apt.log').trim().split('\n')).toHaveLength(2);
  });

  test('without the word nothing is installed', () => {
    host.harden([{ fix, more }], {}, { BEFORE: apt });
    expect(existsSync(join(host.path, 'run/apt.log'))).toBe(false);
    expect(file('etc/x.conf')).toBe('old');
  });

  test('nothing is armed where nothing fails', () => {
    const { outcome } = host.harden([{ fix, audit: 'pass fine' }]);
    expect([outcome, host.state()]).toEqual(['unchanged', ['backups', 'lock']]);
  });

  test('backups are for root alone', () => {
    const { id } = host.harden(`umask 022\n${fix}`);
    const mode = (path: string) =>
      statSync(join(host.path, 'var/lib/plumbline', path)).mode & 0o777;
    expect(['', 'backups', `backups/${id}`].map(mode)).toEqual([0o700, 0o700, 0o700]);
  });

  test('a fix that writes to standard output does not spoil the answer', () => {
    const { outcome } = host.harden(`echo '{"v":2}'\n${fix}`);
    expect(outcome).toBe('applied');
  });

  test('a run that died is not confirmed', () => {
    const { id } = host.harden(`${fix}\nkill -9 $$`);
    expect(host.confirm(id)).toMatchObject({ exit: 1, outcome: 'refused', reason: 'not_finished' });
    host.timer(id);
    expect(file('etc/x.conf')).toBe('old');
  });

  test('what passed after the change must pass when it is confirmed', () => {
    const audit = '[[ $(<"$ROOT/etc/x.conf") == new ]] && pass new || fail old true "is old"';
    const { id, results } = host.harden([{ fix, audit }]);
    expect(results.get('PL.T.1')).toMatchObject({ o: 'changed', before: 'old', after: 'new' });
    host.put({ 'etc/x.conf': 'changed back' });
    const refused = host.confirm(id);
    expect(refused).toMatchObject({ exit: 1, outcome: 'refused', reason: 'drifted' });
    expect(refused.results.get('PL.T.1')).toMatchObject({ s: 'FAIL', why: 'is old' });
    host.put({ 'etc/x.conf': 'new\n' });
    expect(host.confirm(id)).toMatchObject({ exit: 0, outcome: 'confirmed' });
    expect(host.confirm(id)).toMatchObject({ exit: 0, outcome: 'confirmed' });
  });

  longTest('the answer stays far below what the agent keeps', () => {
    const long = 'x'.repeat(3000);
    const trials = Array.from({ length: 111 }, () => ({
      fix: `printf %s "${long}" | own_file /etc/$CONTROL 600 root:root`,
      audit: `fail "${long}" true "${long}"`,
    }));
    const dry = host.harden(trials, { DryRun: 'yes' });
    expect(dry.results.size).toBe(111);
    expect(dry.text.length).toBeLessThan(24_000);
  });
});
