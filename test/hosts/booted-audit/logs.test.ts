import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { linesOf } from '../../../lib/hosts/shell.ts';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { sampled } from '../../extent.ts';
import { verdictsOn } from '../booted-firewall/verdicts.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';

describeOn(sampled([debian12, ubuntu2404], { usual: 2 }), 'logs, the clock and updates', (base) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
    // The clock of a container is its machine's: a daemon that stands for one that sets it.
    await at.say(
      'printf "[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n" >/etc/systemd/system/ntpsec.service',
    );
  }, 300_000);
  afterAll(() => at?.remove());
  afterEach(async () => {
    expect(await at.login()).toBe('alice');
  });
  const verdict = async (id: string) => (await verdictsOn(at.host, [id]))[0];

  test('the journal is kept, also what was said before, and goes back', async () => {
    await at.say('rm -rf /var/log/journal; systemctl restart systemd-journald; logger before-it');
    const before = await at.picture();
    const { id, outcome, results } = await at.harden('audit', { Controls: 'PL.LOG.1' });
    expect([outcome, results.get('PL.LOG.1')]).toEqual([
      'applied',
      expect.objectContaining({ o: 'changed', after: 'persistent yes' }),
    ]);
    expect(await at.confirm(id)).toMatchObject({ outcome: 'confirmed' });
    await at.say('logger kept-over-a-boot; journalctl --sync');
    await at.host.reboot();
    expect(await at.say('journalctl -b -1 -o cat | grep -x kept-over-a-boot')).toBe(
      'kept-over-a-boot',
    );
    expect(await at.harden('audit', { Controls: 'PL.LOG.1' })).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
    expect(await at.picture()).toBe(before);
  }, 240_000);

  test('units are the same whether they are asked at once or one by one', async () => {
    const asked =
      'ssh.service sshd.service ssh.socket nothing.service cron.service apt-daily.timer ntpsec.service';
    const one = `for unit in ${asked}; do unit_state "$unit"; printf '%s ' "$REPLY;"; done`;
    const script = [
      ...linesOf('kinds/unit-state'),
      `${one}; echo`,
      ...linesOf('units-at-once'),
      `read_units ${asked}; systemctl() { echo asked again; }; ${one}`,
    ];
    const [apart, atOnce] = (await at.say(script.join('\n'))).split('\n');
    expect(atOnce?.trim()).toBe(apart?.trim());
    expect(atOnce).toMatch(/not-found inactive;.*enabled active;/);
  });

  test('updates come by themselves, from apt as it says itself, and go back', async () => {
    await at.say(
      'systemctl disable --now apt-daily-upgrade.timer; echo "APT::Periodic::Enable \\"0\\";" >/etc/apt/apt.conf.d/60off; echo "APT::Get::AllowUnauthenticated yes;" >>/etc/apt/apt.conf.d/60off',
    );
    const before = await at.picture();
    const { id, outcome, results } = await at.harden('audit', { Controls: 'PL.UPD.1,PL.UPD.4' });
    expect([outcome, [...results.values()].map(({ o }) => o)]).toEqual([
      'applied',
      ['changed', 'changed'],
    ]);
    expect(
      await at.say(
        'apt-config dump | grep -E "Periodic::Enable|AllowUnauthenticated"; systemctl is-enabled apt-daily-upgrade.timer',
      ),
    ).toBe('APT::Periodic::Enable "1";\nAPT::Get::AllowUnauthenticated "false";\nenabled');
    expect(await at.confirm(id)).toMatchObject({ outcome: 'confirmed' });
    expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
    expect(await at.picture()).toBe(before);
    await at.say('rm /etc/apt/apt.conf.d/60off');
  }, 180_000);

  test('a source that is trusted without a signature is left as it is, by name', async () => {
    await at.say(
      'echo "deb [trusted=yes] https://a.invalid/ x main" >/etc/apt/sources.list.d/own.list',
    );
    const before = await at.picture();
    const { outcome, results } = await at.harden('audit', { Controls: 'PL.UPD.4' });
    expect([outcome, results.get('PL.UPD.4')]).toEqual([
      'unchanged',
      expect.objectContaining({
        o: 'refused',
        why: 'trusted_source:/etc/apt/sources.list.d/own.list',
      }),
    ]);
    expect(await at.picture()).toBe(before);
    await at.say('rm /etc/apt/sources.list.d/own.list');
  }, 120_000);

  test('two daemons that set the clock are told, none is taken away', async () => {
    await at.say('cp /etc/systemd/system/ntpsec.service /etc/systemd/system/chrony.service');
    await at.say('systemctl daemon-reload; systemctl enable --now chrony ntpsec');
    expect(await verdict('PL.TIME.1')).toMatchObject({ s: 'FAIL', e: 'chrony ntpsec' });
    const { results } = await at.harden('audit', { Controls: 'PL.TIME.1' });
    expect(results.get('PL.TIME.1')).toMatchObject({
      o: 'refused',
      why: 'not_right:chrony ntpsec',
    });
    await at.say('systemctl disable --now ntpsec');
    expect((await verdict('PL.TIME.1'))?.e).toBe('chrony');
    await at.say('systemctl disable --now chrony; rm /etc/systemd/system/chrony.service');
  }, 120_000);

  test('an audit daemon that does not start is left as it was, by name', async () => {
    // It asks for the first process namespace, which a container has not.
    await at.say('systemctl disable auditd');
    const state = 'systemctl is-enabled auditd; systemctl is-active --quiet auditd || echo off';
    const before = await at.say(state);
    const { outcome, results } = await at.harden('audit', { Controls: 'PL.AUD.1' });
    expect([outcome, results.get('PL.AUD.1')]).toEqual([
      'unchanged',
      expect.objectContaining({ o: 'refused', why: 'failed:auditd.service' }),
    ]);
    expect(await at.say(state)).toBe(before);
    await at.say('systemctl enable auditd');
  }, 120_000);

  test('where the kernel does not say its rules nothing is tried', async () => {
    const { outcome, results } = await at.harden('audit', { Controls: 'PL.AUD.2' });
    expect([outcome, results.get('PL.AUD.2')]).toEqual([
      'unchanged',
      expect.objectContaining({ o: 'refused', why: expect.stringMatching(/^unknown:/) }),
    ]);
  }, 120_000);
});
