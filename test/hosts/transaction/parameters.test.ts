import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sampled } from '../../extent.ts';
import { describeAsRoot, HostFolder } from './host-folder.ts';

const attempts = {
  'a command': '$(touch /run/pwned)',
  'an old command': '`touch /run/pwned`',
  'a quote': "no'; touch /run/pwned; '",
  'a double quote': 'no"; touch /run/pwned; "',
  'a second line': 'no\ntouch /run/pwned',
  'a line after a valid one': 'yes\nno',
  'a placeholder': '{{ ssm:secret }}',
  'an array index': 'a[$(touch /run/pwned)]',
  'a path': '../../../etc',
  nothing: '',
  'a very long value': 'a'.repeat(100_000),
};
const documents = ['Controls', 'Parameters', 'DryRun', 'RollbackSeconds', 'Install'] as const;

describeAsRoot('what a parameter may be', () => {
  let host: HostFolder;
  beforeEach(() => {
    host = new HostFolder({ 'etc/x.conf': 'old' });
  });
  afterEach(() => host.remove());
  const untouched = (before: string) => {
    expect(host.listing()).toBe(before);
    expect(existsSync(join(host.path, 'run/pwned')) || existsSync('/run/pwned')).toBe(false);
  };

  test.each(sampled(Object.entries(attempts), { quick: 6 }))(
    '%s is refused by HardenHost',
    (_, value) => {
      const before = host.listing();
      for (const name of documents) {
        const answer = host.harden('echo new | replace_file /etc/x.conf', { [name]: value });
        expect([name, answer.exit, answer.reason]).toEqual([
          name,
          2,
          expect.stringMatching(`SSM_${name} `),
        ]);
      }
      untouched(before);
    },
  );

  test.each(sampled(Object.entries(attempts), { quick: 6 }))(
    '%s is refused by ConfirmHost and RollbackHost',
    (_, value) => {
      const before = host.listing();
      expect(host.confirm(value)).toMatchObject({ exit: 2 });
      expect(host.rollback(value)).toMatchObject({ exit: 2 });
      untouched(before);
    },
  );

  test('an id that no run had is unknown', () => {
    const id = '00000000-0000-0000-0000-000000000000';
    expect(host.confirm(id)).toMatchObject({ exit: 1, outcome: 'unknown' });
    expect(host.rollback(id)).toMatchObject({ exit: 1, outcome: 'unknown' });
  });

  test('the environment names no other way to Systems Manager', () => {
    const { id, outcome } = host.harden(
      'echo new | replace_file /etc/x.conf',
      {},
      {
        CHANNEL: '127.0.0.1:1 - ssm=127.0.0.1:1 ssmmessages=127.0.0.1:1 ec2messages=127.0.0.1:1',
      },
    );
    // With such a way it would have been refused: nothing listens there.
    expect([outcome, host.rollback(id).outcome]).toEqual(['applied', 'reverted']);
  });
});
