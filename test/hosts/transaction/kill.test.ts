import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extent } from '../../extent.ts';
import { describeAsRoot, HostFolder } from './host-folder.ts';

const files = {
  'etc/a.conf': 'a',
  'etc/b.conf': 'b',
  'proc/sys/kernel/panic': '0\n',
  'etc/systemd/system/some.service': '[Install]\nWantedBy=multi-user.target\n',
};
const fix = `
echo 1 | replace_file /etc/a.conf
set_mode /etc/a.conf 600 root:shadow
echo 2 | replace_file /etc/a.conf
echo 1 | own_file /etc/new/ours.conf 600 root:root
set_sysctl kernel.panic 5
[[ -e $ROOT/etc/made ]] || reversible rm -f "$ROOT/etc/made" -- touch "$ROOT/etc/made"
unit_on some.service`.trim();

/** How many commands a run has, as its kill counts them. */
const lengthOf = (
  host: HostFolder,
  run: (environment: Readonly<Record<string, string>>) => void,
) => {
  const path = join(host.path, 'run/count');
  run({ COUNT_TO: path });
  return Number(readFileSync(path, 'utf8'));
};
const spread = (from: number, to: number, points: number) =>
  Array.from({ length: points }, (_, index) =>
    Math.floor(from + ((to - from) * index) / (points - 1)),
  );

/** At how many steps a run is killed, and a rollback: hardly any step is like the next one, and few find a new fault. */
const { kills, interruptions } = {
  quick: { kills: 4, interruptions: 3 },
  usual: { kills: 10, interruptions: 6 },
  exhaustive: { kills: 120, interruptions: 60 },
}[extent];

describeAsRoot('killed at any step', () => {
  test('a run leaves a host that goes back by itself to what it was', () => {
    const measured = new HostFolder(files);
    const steps = lengthOf(measured, (environment) => measured.harden(fix, {}, environment));
    measured.remove();
    let armed = 0;
    for (const step of spread(1, steps, kills)) {
      const host = new HostFolder(files);
      const before = host.listing();
      const { id } = host.harden(fix, {}, { KILL_AT: String(step) });
      const waits = existsSync(join(host.path, 'var/lib/plumbline/pending'));
      if (waits) armed++;
      // Without `pending` nothing was changed, or the clock has nothing to do.
      const document = join(host.path, 'var/lib/plumbline/backups', id, 'document.sh');
      if (existsSync(document)) host.timer(id);
      expect([step, withoutBootUnit(host.listing(), waits)]).toEqual([step, before]);
      host.remove();
    }
    expect(armed).toBeGreaterThan(kills / 3);
  }, 1_200_000);

  test('a rollback is finished by the next one', () => {
    const measured = new HostFolder(files);
    const { id: first } = measured.harden(fix);
    const steps = lengthOf(measured, (environment) => measured.timer(first, environment));
    measured.remove();
    let interrupted = 0;
    for (const step of spread(1, steps, interruptions)) {
      const host = new HostFolder(files);
      const before = host.listing();
      const { id } = host.harden(fix);
      host.timer(id, { KILL_AT: String(step) });
      if (host.state().includes('reverting')) interrupted++;
      const answer = host.rollback(id);
      expect([step, answer.outcome, answer.left]).toEqual([step, 'reverted', []]);
      expect(host.listing()).toBe(before);
      host.remove();
    }
    expect(interrupted).toBeGreaterThan(interruptions / 4);
  }, 1_200_000);
});

// A unit whose condition does not hold is inert; one that was killed before it armed may leave it.
const withoutBootUnit = (listing: string, waited: boolean) =>
  waited
    ? listing
    : listing
        .split('\n')
        .filter((line) => !/plumbline-boot-rollback|sysinit\.target\.wants/.test(line))
        .join('\n');
