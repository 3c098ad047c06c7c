import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { confirmHost } from '../../../lib/hosts/documents/confirm-host.ts';
import { rollbackHost } from '../../../lib/hosts/documents/rollback-host.ts';
import { longTest } from '../../extent.ts';
import { describeAsRoot, HostFolder } from './host-folder.ts';

const audit = '[[ $(<"$ROOT/etc/x.conf") == new ]] && pass new || fail old true old';
const fix = 'echo new | replace_file /etc/x.conf';

describeAsRoot('a confirmation and a rollback at the same time', () => {
  longTest(
    'exactly one wins, and the other says so',
    async () => {
      const winners = new Map<string, number>();
      for (let round = 0; round < 12; round++) {
        const host = new HostFolder({ 'etc/x.conf': 'old\n' });
        const { id } = host.harden([{ fix, audit }]);
        // The clock comes at another moment of the confirmation each time: long before it, or long after.
        const confirming = host.start(
          confirmHost,
          { Id: id },
          { BEFORE: `sleep ${Math.max(0, 5 - round) / 5}` },
        );
        await new Promise((resolve) => setTimeout(resolve, round * 40));
        host.timer(id);
        const { transaction } = JSON.parse(await confirming);
        const content = readFileSync(join(host.path, 'etc/x.conf'), 'utf8');
        if (transaction.outcome === 'confirmed')
          expect([content, host.state()]).toEqual([
            'new\n',
            expect.not.arrayContaining(['pending', 'reverting']),
          ]);
        else
          expect([content, transaction.outcome]).toEqual([
            'old\n',
            expect.stringMatching(/^(reverting|reverted|refused)$/),
          ]);
        winners.set(content, (winners.get(content) ?? 0) + 1);
        host.remove();
      }
      expect([...winners.keys()].sort()).toEqual(['new\n', 'old\n']);
    },
    120_000,
  );

  test('of many rollbacks each says that it is taken back', async () => {
    const host = new HostFolder({ 'etc/x.conf': 'old\n' });
    const before = host.listing();
    const { id } = host.harden(fix);
    const all = await Promise.all(
      Array.from({ length: 6 }, () => host.start(rollbackHost, { Id: id })),
    );
    expect(all.map((text) => JSON.parse(text).transaction.outcome)).toEqual(
      Array(6).fill('reverted'),
    );
    expect(host.listing()).toBe(before);
    host.remove();
  });

  test('after a rollback nothing can be confirmed, after a confirmation the clock changes nothing', () => {
    const host = new HostFolder({ 'etc/x.conf': 'old\n' });
    const first = host.harden([{ fix, audit }]).id;
    host.timer(first);
    expect(host.confirm(first)).toMatchObject({
      exit: 1,
      outcome: 'reverted',
      reason: 'nobody confirmed in time',
    });
    const second = host.harden([{ fix, audit }]).id;
    host.confirm(second);
    host.timer(second);
    expect(readFileSync(join(host.path, 'etc/x.conf'), 'utf8')).toBe('new\n');
    expect(host.state()).not.toContain('reverting');
    host.remove();
  });

  test('the clock of an old run leaves a new one alone', () => {
    const host = new HostFolder({ 'etc/x.conf': 'old\n' });
    const first = host.harden([{ fix, audit }]).id;
    host.rollback(first);
    const second = host.harden([{ fix, audit }]).id;
    host.timer(first);
    expect(host.state()).toContain('pending');
    expect(
      readFileSync(join(host.path, 'etc/systemd/system/plumbline-boot-rollback.service'), 'utf8'),
    ).toMatch(second);
    host.remove();
  });
});
