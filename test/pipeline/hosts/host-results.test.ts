import { hostResults } from '../../../lib/pipeline/hosts/results/host-results.ts';
import { answerClick } from '../../../lib/pipeline/remediate/custom-action.ts';
import type { Remediation } from '../../../lib/pipeline/runtime/runtime.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { givenHost } from '../../fakes/given-host.ts';
import { compliant, failing, instanceArn } from '../../fakes/host-world-catalogue.ts';

const { world, print, ask, audit, statusOf, picture } = givenHost();
const remediation = {} as Remediation;

describe('an answer', () => {
  it('becomes findings on the instance, its row, and compliance', async () => {
    print(failing('PL.SSH.6'));
    await audit();
    expect(world().findingOf('i-1', 'PL.SSH.6')).toMatchObject({
      Compliance: { Status: 'FAILED' },
      Resources: [{ Type: 'AwsEc2Instance', Id: instanceArn('i-1') }],
      ProductFields: { 'plumbline/reason': 'somebody changed it' },
    });
    expect(['PL.SSH.1', 'PL.NET.1', 'PL.HOST.1'].map((id) => statusOf(id))).toEqual([
      'PASSED',
      'PASSED',
      'PASSED',
    ]);
    expect(world().complianceOf('i-1')).toEqual([
      'PL.SSH.1 COMPLIANT',
      'PL.SSH.6 NON_COMPLIANT',
      'PL.NET.1 COMPLIANT',
      'PL.HOST.1 COMPLIANT',
    ]);
  });

  it('of an instance of an Auto Scaling group says to put its image right as well', async () => {
    world().tags.set('aws:autoscaling:groupName', 'web').set('Name', 'web-1');
    print(failing('PL.SSH.1'));
    await audit();
    expect(world().findingOf('i-1', 'PL.SSH.1')).toMatchObject({
      Remediation: {
        Recommendation: {
          Text: "Put it right. Auto Scaling group web launched it: put that group's image right as well.",
        },
      },
      ProductFields: { 'plumbline/autoScalingGroup': 'web' },
    });
    expect(world().rowOf('i-1')?.tags).toEqual({ 'aws:autoscaling:groupName': 'web' });
  });

  it('is never due to a sweep, which reads no hosts', async () => {
    await audit();
    expect(await world().hosts.runtime.posture.due('2036-01-01T00:00:00.000Z', 10)).toEqual([]);
  });

  it('resolves the finding once the host is as it must be', async () => {
    print(failing('PL.SSH.1'));
    await audit();
    print(compliant);
    await audit();
    expect(world().findingOf('i-1', 'PL.SSH.1')).toMatchObject({
      Compliance: { Status: 'PASSED' },
      Workflow: { Status: 'RESOLVED' },
    });
  });

  it('of one area leaves the others as they were, and compliance whole', async () => {
    print(failing('PL.NET.1'));
    await audit();
    const before = world().rowOf('i-1')?.controls['PL.NET.1'];
    print(failing('PL.SSH.1'));
    await ask();
    const message = await world().heard();
    const ofSsh = message.filter((one) => 'document' in one && one.document.endsWith('ssh'));
    await hostResults(ofSsh, world().hosts);
    expect(world().rowOf('i-1')?.controls['PL.NET.1']).toEqual(before);
    expect(world().complianceOf('i-1')).toEqual([
      'PL.SSH.1 NON_COMPLIANT',
      'PL.SSH.6 COMPLIANT',
      'PL.NET.1 NON_COMPLIANT',
      'PL.HOST.1 COMPLIANT',
    ]);
  });

  it('that is overtaken while SSM is told is told again, with the newer word', async () => {
    print(failing('PL.SSH.1', 'PL.NET.1'));
    await ask();
    const [one, other] = await world().heard();
    if (!one || !other) throw new Error('both areas are answered');
    world().onPut(() => hostResults([other], world().hosts));
    await hostResults([one], world().hosts);
    expect([statusOf('PL.SSH.1'), statusOf('PL.NET.1')]).toEqual(['FAILED', 'FAILED']);
    expect(world().complianceOf('i-1')).toEqual([
      'PL.SSH.1 NON_COMPLIANT',
      'PL.SSH.6 COMPLIANT',
      'PL.NET.1 NON_COMPLIANT',
      'PL.HOST.1 COMPLIANT',
    ]);
  });

  it('is written when twenty come at once, each in its turn', async () => {
    print(failing('PL.SSH.1', 'PL.NET.1'));
    await ask();
    const message = await world().heard();
    const deliveries = Array.from({ length: 20 }, (_, index) => message[index % message.length]);
    const outcomes = await Promise.all(
      deliveries.map((one) => hostResults(one ? [one] : [], world().hosts)),
    );
    expect(outcomes.flat().filter((one) => 'failure' in one)).toEqual([]);
    expect([statusOf('PL.SSH.1'), statusOf('PL.NET.1')]).toEqual(['FAILED', 'FAILED']);
    expect(world().complianceOf('i-1')).toContain('PL.NET.1 NON_COMPLIANT');
  });

  it('that comes late does not put an old verdict in place of a new one', async () => {
    print(failing('PL.SSH.1'));
    await ask();
    const old = await world().heard();
    print(compliant);
    await audit();
    await hostResults(old, world().hosts);
    expect(statusOf('PL.SSH.1')).toBe('PASSED');
    expect(world().complianceOf('i-1')).toContain('PL.SSH.1 COMPLIANT');
  });

  it('that comes twice is the same', async () => {
    await ask();
    const message = await world().heard();
    await hostResults(message, world().hosts);
    const before = picture();
    const twice = await hostResults([...message, ...message], world().hosts);
    expect(twice.filter((one) => 'failure' in one)).toEqual([]);
    expect(picture()).toEqual(before);
  });
});

it('is not fixed by a click, which is answered', async () => {
  print(failing('PL.SSH.1'));
  await audit();
  const { Id = '', ProductArn = '' } = world().findingOf('i-1', 'PL.SSH.1') ?? {};
  const click = { eventId: 'e-1', action: 'PlumblineFix', finding: { Id, ProductArn } };
  const { runtime } = world().hosts;
  const baseline = { ...runtime.baseline, securityHub: { actions: true } };
  const handler = { ...runtime, baseline, types: typesIn([]), remediation };
  expect(await answerClick(click, handler)).toEqual([]);
  expect(world().findingOf('i-1', 'PL.SSH.1')?.Note?.Text).toContain('hosts are evaluated');
});
