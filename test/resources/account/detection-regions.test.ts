import type { Condition } from '@aws-sdk/client-guardduty';
import { emrRegion } from '../../../lib/resources/account/emr-region.ts';
import { guardDutyRegion } from '../../../lib/resources/account/guardduty-region.ts';
import { inspectorRegion } from '../../../lib/resources/account/inspector-region.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(emrRegion);
seesEveryFacet(guardDutyRegion);
seesEveryFacet(inspectorRegion);

const aws = awsForTests();
const read = async (
  type: typeof emrRegion | typeof guardDutyRegion | typeof inspectorRegion,
  name: string,
  where = region,
) => {
  const ref = { ...refOf(where), region: where };
  const reading = await aws.reader(where).read(type, ref, [name]);
  return reading.gone ? 'gone' : Object(reading.facets[name]).value;
};

it('shows the detector of GuardDuty: none, on, without a feature, suspended', async () => {
  expect(await read(guardDutyRegion, 'detector')).toBeUndefined();
  const guardduty = await aws.clients()('guardduty');
  const { DetectorId } = await guardduty.createDetector({ Enable: true });
  const begins = await read(guardDutyRegion, 'detector');
  expect(begins).toMatchObject({ id: DetectorId, administrator: undefined, isOn: true });
  expect(begins.features).toMatchObject({
    S3_DATA_EVENTS: { isOn: true, agents: [] },
    RUNTIME_MONITORING: { isOn: false, agents: [] },
  });
  await guardduty.updateDetector({
    DetectorId,
    Features: [
      { Name: 'S3_DATA_EVENTS', Status: 'DISABLED' },
      {
        Name: 'RUNTIME_MONITORING',
        Status: 'ENABLED',
        AdditionalConfiguration: [{ Name: 'EC2_AGENT_MANAGEMENT', Status: 'ENABLED' }],
      },
    ],
  });
  expect((await read(guardDutyRegion, 'detector')).features).toMatchObject({
    S3_DATA_EVENTS: { isOn: false },
    EKS_AUDIT_LOGS: { isOn: true },
    RUNTIME_MONITORING: { isOn: true, agents: ['EC2_AGENT_MANAGEMENT'] },
  });
  await guardduty.updateDetector({ DetectorId, Enable: false });
  expect(await read(guardDutyRegion, 'detector')).toMatchObject({ isOn: false });
  await guardduty.deleteDetector({ DetectorId });
  expect(await read(guardDutyRegion, 'detector')).toBeUndefined();
});

it('shows the filters of GuardDuty that archive, and no others', async () => {
  expect(await read(guardDutyRegion, 'suppressions')).toEqual([]);
  const guardduty = await aws.clients()('guardduty');
  const { DetectorId } = await guardduty.createDetector({ Enable: true });
  expect(await read(guardDutyRegion, 'suppressions')).toEqual([]);
  const filter = (Name: string, Criterion: Record<string, Condition>, Action?: 'ARCHIVE') =>
    guardduty.createFilter({ DetectorId, Name, Action, FindingCriteria: { Criterion } });
  await filter('seen', { severity: { GreaterThanOrEqual: 7 } });
  await filter('scans', { type: { Equals: ['Recon:EC2/Portscan'] } }, 'ARCHIVE');
  const scans = { name: 'scans', criteria: { type: { Equals: ['Recon:EC2/Portscan'] } } };
  expect(await read(guardDutyRegion, 'suppressions')).toEqual([scans]);
  await guardduty.updateFilter({ DetectorId, FilterName: 'seen', Action: 'ARCHIVE' });
  await guardduty.deleteFilter({ DetectorId, FilterName: 'scans' });
  expect(await read(guardDutyRegion, 'suppressions')).toEqual([
    { name: 'seen', criteria: { severity: { GreaterThanOrEqual: 7 } } },
  ]);
  await guardduty.deleteDetector({ DetectorId });
});

// In a region of its own: other tests turn scans on and off, and wait for the finding that names them.
it('shows what Inspector scans', async () => {
  const elsewhere = 'us-west-2';
  const off = { instances: 'DISABLED', functions: 'DISABLED', code: 'DISABLED' };
  expect(await read(inspectorRegion, 'scans', elsewhere)).toMatchObject(off);
  const inspector = await aws.clients(undefined, elsewhere)('inspector2');
  const scans = { accountIds: [accountId], resourceTypes: ['EC2' as const, 'LAMBDA' as const] };
  await inspector.enable(scans);
  expect(await read(inspectorRegion, 'scans', elsewhere)).toMatchObject({
    ...{ ...off, instances: 'ENABLED', functions: 'ENABLED' },
  });
  await inspector.disable(scans);
  expect(await read(inspectorRegion, 'scans', elsewhere)).toMatchObject(off);
});

it('shows the block of EMR, which is on from the beginning', async () => {
  expect(await read(emrRegion, 'publicBlock')).toEqual({
    isOn: true,
    exceptions: [{ from: 22, to: 22 }],
  });
  const emr = await aws.clients()('emr');
  const put = (BlockPublicSecurityGroupRules: boolean, ports: readonly number[]) =>
    emr.putBlockPublicAccessConfiguration({
      BlockPublicAccessConfiguration: {
        BlockPublicSecurityGroupRules,
        PermittedPublicSecurityGroupRuleRanges: ports.map((MinRange) => ({ MinRange })),
      },
    });
  await put(false, [8088]);
  expect(await read(emrRegion, 'publicBlock')).toEqual({
    isOn: false,
    exceptions: [{ from: 8088, to: 8088 }],
  });
  await put(true, [22]);
});

it.each([
  ['GuardDuty', guardDutyRegion, 'detector'],
  ['a filter of GuardDuty', guardDutyRegion, 'suppressions'],
  ['Inspector', inspectorRegion, 'scans'],
  ['EMR', emrRegion, 'publicBlock'],
] as const)(
  'what %s keeps is denied to whoever may read nothing',
  async (_, type, facet) => {
    expect(await deniedReading(type, region)).toMatchObject({
      [facet]: { denied: expect.any(String) },
    });
  },
  60_000,
);

it('what Inspector is about to do is waited for', () => {
  const { unsettled } = inspectorRegion.live;
  expect(unsettled?.while({ instances: 'ENABLING' })).toBe(true);
  expect(unsettled?.while({ instances: 'ENABLED', images: 'DISABLED' })).toBe(false);
});
