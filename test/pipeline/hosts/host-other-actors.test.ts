import type { HostMessage } from '../../../lib/engine/changes/host-message.ts';
import { hostResults } from '../../../lib/pipeline/hosts/results/host-results.ts';
import { givenHost } from '../../fakes/given-host.ts';
import { audited, compliant, failing, type Prints } from '../../fakes/host-world-catalogue.ts';

const { world, print, ask, audit, statusOf, picture } = givenHost();
const minute = 60_000;

describe('a host that lies', () => {
  const ssh = { id: 'PL.SSH.1', s: 'PASS', e: 'no', p: true };
  const cases: Readonly<Record<string, Prints>> = {
    'prints more than SSM keeps': (area) => (compliant(area) as string).padEnd(24_000, ' '),
    'prints less than the whole': (area) => (compliant(area) as string).slice(0, -40),
    'names another instance': (area) => audited(area, [ssh], { instanceId: 'i-2' }),
    'evaluates a cloud control': (area) => audited(area, [{ ...ssh, id: 'S3.8' }]),
    'evaluates controls of another area': (area) =>
      audited(area === 'ssh' ? 'kernel' : 'ssh', [ssh]),
    'evaluates what was not asked for': (area) => audited(area, [{ ...ssh, id: 'PL.DKR.1' }]),
    'speaks for another document': (area) => audited(area, [ssh], { document: 'f'.repeat(64) }),
    'prints a page': () => '<script>alert(1)</script>',
    'prints nothing': () => '',
    'ends with an error': () => ({ exitCode: 3 }),
  };

  it.each(Object.entries(cases))('and %s is not known, and speaks for nobody', async (_, lie) => {
    world().add('i-2');
    print(failing('PL.SSH.1'));
    await audit();
    const honest = structuredClone(world().findingOf('i-2', 'PL.SSH.1'));
    print(lie);
    await ask();
    const message = (await world().heard()).filter(({ host }) => host === 'i-1');
    await hostResults(message, world().hosts);
    expect(['PL.SSH.1', 'PL.NET.1'].map((id) => statusOf(id))).toEqual([
      'NOT_AVAILABLE',
      'NOT_AVAILABLE',
    ]);
    expect(world().rowOf('i-1')?.controls['PL.SSH.1']).toMatchObject({
      verdict: { status: 'UNKNOWN' },
      lastKnown: 'FAIL',
    });
    expect(Object.keys(world().rowOf('i-1')?.controls ?? {}).sort()).toEqual([
      'PL.HOST.1',
      'PL.NET.1',
      'PL.SSH.1',
      'PL.SSH.6',
    ]);
    expect(world().complianceOf('i-1')).toContain('PL.SSH.1 NON_COMPLIANT');
    expect(world().findingOf('i-2', 'PL.SSH.1')).toEqual(honest);
  });

  it('leaves what it does not say of a control unknown, and says the rest', async () => {
    print((area) => audited(area, area === 'ssh' ? [ssh] : []));
    await audit();
    expect(['PL.SSH.1', 'PL.SSH.6', 'PL.NET.1'].map((id) => statusOf(id))).toEqual([
      'PASSED',
      'NOT_AVAILABLE',
      'NOT_AVAILABLE',
    ]);
  });
});

describe('an event that nobody of us asked for', () => {
  type Answered = Extract<HostMessage, { type: 'answered' }>;
  const answers = async (): Promise<Answered[]> => {
    print(failing('PL.SSH.1'));
    await ask();
    return (await world().heard()).flatMap((one) => (one.type === 'answered' ? [one] : []));
  };
  const forgeries: readonly [string, (honest: Answered) => Answered][] = [
    ['of another command', (honest) => ({ ...honest, command: 'c0ffee' })],
    ['of another host', (honest) => ({ ...honest, host: 'i-2' })],
    ['of another document', (honest) => ({ ...honest, document: 'AWS-RunShellScript' })],
  ];

  it.each(forgeries)('%s changes nothing', async (_, forge) => {
    await audit();
    const before = picture();
    const forged = (await answers()).map(forge);
    world().later(minute);
    const outcomes = await hostResults(forged, world().hosts);
    expect(outcomes).toEqual(forged.map(() => ({ dropped: 'foreign' })));
    expect(picture()).toEqual(before);
    expect(world().rowOf('i-2')).toBeUndefined();
  });

  it('is waited for 20 seconds: an answer can overtake the note of its question', async () => {
    const [honest] = await answers();
    if (!honest) throw new Error('nothing was answered');
    const unknown = { ...honest, command: 'c0ffee' };
    expect(await hostResults([unknown], world().hosts)).toMatchObject([
      { failure: { message: 'the command c0ffee is not noted yet' } },
    ]);
    world().later(20_001);
    expect(await hostResults([unknown], world().hosts)).toEqual([{ dropped: 'foreign' }]);
  });
});
