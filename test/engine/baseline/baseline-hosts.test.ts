import { parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import type { OnHost } from '../../../lib/engine/baseline/baseline-hosts.ts';
import { integer } from '../../../lib/model/parameters.ts';

const onHosts: readonly OnHost[] = [
  {
    id: 'PL.SSH.6',
    area: 'ssh',
    isAskedFor: false,
    standards: {},
    parameters: { max: integer({ default: 4, min: 1, max: 4 }) },
  },
  { id: 'PL.NET.1', area: 'kernel', isAskedFor: false, standards: {} },
  { id: 'PL.FIL.4', area: 'deep', isAskedFor: true, standards: {} },
];
const parse = (text: string) =>
  parseBaseline(text, 'plumbline.yaml', [{ id: 'S3.8', standards: {} }], { hosts: onHosts });
const observed = { mode: 'observe', backlog: false, risk: 'safe', parameters: {} };

describe('hosts in a baseline', () => {
  it.each([
    ['that does not name them', '{}'],
    ['that says no', 'hosts: false'],
  ])('%s are off, and none of their controls is on', (_, text) => {
    const baseline = parse(text);
    expect(baseline).not.toHaveProperty('hosts');
    expect(Object.keys(baseline.controls)).toEqual(['S3.8']);
  });

  it('that says yes are audited for all but what is only looked for when named', () => {
    const { hosts, controls } = parse('hosts: true');
    expect(hosts).toEqual({
      areas: ['ssh', 'kernel'],
      everyHours: 12,
      maxConcurrency: '25%',
      maxErrors: '50%',
      canary: '10%',
      canaryMinutes: 30,
    });
    expect(controls).toEqual({
      'S3.8': observed,
      'PL.SSH.6': { ...observed, parameters: { max: 4 } },
      'PL.NET.1': observed,
    });
  });

  it('are audited as it says, and never remediated because all else is', () => {
    const { hosts, controls } = parse(`
mode: plan
hosts: { areas: [ssh, deep], schedule: rate(1 day), maxConcurrency: '5', maxErrors: 1%, canary: '3', canaryMinutes: 0 }
controls: { PL.SSH.6: { parameters: { max: 3 } }, PL.FIL.4: { enabled: false } }
exemptions:
  - { control: PL.SSH.6, resource: i-0*, owner: ops, reason: bastion, expires: 2027-01-31 }
`);
    expect(hosts).toEqual({
      areas: ['ssh', 'deep'],
      everyHours: 24,
      maxConcurrency: '5',
      maxErrors: '1%',
      canary: '3',
      canaryMinutes: 0,
    });
    expect(controls['PL.SSH.6']).toEqual({ ...observed, parameters: { max: 3 } });
    expect(controls).not.toHaveProperty('PL.FIL.4');
    expect(controls).not.toHaveProperty('PL.NET.1');
    expect(controls['S3.8']?.mode).toBe('plan');
  });

  it('have a mode and a risk only where a control of theirs is named', () => {
    const { controls } = parse(
      'mode: plan\nhosts: true\ncontrols: { PL.SSH.6: { mode: plan, risk: disruptive } }',
    );
    expect(controls['PL.SSH.6']).toMatchObject({ mode: 'plan', risk: 'disruptive' });
    expect(controls['PL.NET.1']?.mode).toBe('observe');
  });

  it('are put right where a control of theirs says so, and never because all else is planned', () => {
    const { controls } = parse(
      'mode: plan\nhosts: true\ncontrols: { PL.SSH.6: { mode: remediate, backlog: true } }',
    );
    expect(controls['PL.SSH.6']).toMatchObject({ mode: 'remediate', backlog: true, risk: 'safe' });
    expect(controls['PL.NET.1']).toMatchObject({ mode: 'observe', backlog: false });
  });

  it.each([
    [
      'a mode that nobody knows',
      'hosts: true\ncontrols: { PL.SSH.6: { mode: fix } }',
      'allowed: observe, plan, remediate',
    ],
    ['remediation of all', 'hosts: true\nmode: remediate', 'for each control by its id'],
    ['more canaries than half of all', 'hosts: { canary: 51% }', 'a share from 1% to 50%'],
    ['more canaries than are looked up', "hosts: { canary: '11' }", 'a number from 1 to 10'],
    ['no canary', "hosts: { canary: '0' }", 'a number from 1 to 10'],
    ['canaries without quotes', 'hosts: { canary: 3 }', 'in quotes'],
    ['canaries for longer than is waited', 'hosts: { canaryMinutes: 721 }', 'from 0 to 720'],
    ['a word in place of a mapping', 'hosts: yes please', 'hosts is "yes please"'],
    ['an unknown key', 'hosts: { area: [ssh] }', 'did you mean areas'],
    ['an unknown area', 'hosts: { areas: [sssh] }', 'allowed: ssh, kernel, deep'],
    ['no area', 'hosts: { areas: [] }', 'at least one of ssh, kernel, deep'],
    ['an area twice', 'hosts: { areas: [ssh, ssh] }', 'it stands there already'],
    ['a schedule by the minute', 'hosts: { schedule: rate(5 minutes) }', 'rate(1 hour)'],
    ['a schedule that is too rare', 'hosts: { schedule: rate(8 days) }', 'rate(168 hours)'],
    ['a cron expression', "hosts: { schedule: 'cron(0 3 * * ? *)' }", 'rate(1 hour)'],
    ['nobody at a time', "hosts: { maxConcurrency: '0' }", 'a number from 1 to 50'],
    ['more than a command is sent to', "hosts: { maxErrors: '51' }", 'a number from 0 to 50'],
    ['a share of nothing', 'hosts: { maxConcurrency: 0% }', 'a number from 1 to 50'],
    ['a number without quotes', 'hosts: { maxErrors: 5 }', 'in quotes'],
    [
      'a parameter out of its range',
      'hosts: true\ncontrols: { PL.SSH.6: { parameters: { max: 9 } } }',
      'from 1 to 4',
    ],
    [
      'a host control where hosts are off',
      'controls: { PL.SSH.6: { enabled: true } }',
      'set `hosts: true`',
    ],
  ])('with %s are refused', (_, text, told) => {
    expect(() => parse(text)).toThrow(told);
  });
});
