import type { ComplianceItemEntry } from '@aws-sdk/client-ssm';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { Fleet } from '../../../lib/local/hosts/fleet.ts';
import { localSsm } from '../../../lib/local/hosts/local-ssm.ts';
import { motoClients } from '../../../lib/local/local-aws-clients.ts';
import type { AnyResourceType } from '../../../lib/model/resource-type.ts';
import { instance } from '../../../lib/resources/ec2/instance.ts';
import { associationCompliance } from '../../../lib/resources/ssm/association-compliance.ts';
import { patchCompliance } from '../../../lib/resources/ssm/patch-compliance.ts';
import { credentials, endpointForTests } from '../../local/endpoint/endpoint-for-tests.ts';
import { accountId, answerSeconds, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(patchCompliance);
seesEveryFacet(associationCompliance);

// A machine that Systems Manager manages, where none is booted.
const fleet = new Fleet();
const aws = endpointForTests(({ bus, motoUrl }) => ({
  before: [
    localSsm({
      ...{ fleet, account: accountId, region, bus, ssm: motoClients(motoUrl).ssm },
      onError: console.error,
    }),
  ],
}));
const clients = () => sdkClients({ region, endpoint: aws.url(), credentials, answerSeconds });
const reader = () => createReader({ account: accountId, region, clients: clients() });
const read = async (type: AnyResourceType, id: string, name: string) => {
  const reading = await reader().read(type, refOf(id), [name]);
  return reading.gone ? 'gone' : reading.facets[name];
};

let id = '';
beforeAll(async () => {
  const ec2 = await clients()('ec2');
  const { Instances: [made] = [] } = await ec2.runInstances({
    ...{ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 },
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'data', Value: 'secret' }] }],
  });
  id = made?.InstanceId ?? '';
  fleet.register({
    ...{ instanceId: id, path: '/', isRunning: () => true },
    run: () => Promise.reject(new Error('it runs nothing')),
  });
}, 60_000);

const report = async (
  ComplianceType: string,
  ...statuses: readonly ('COMPLIANT' | 'NON_COMPLIANT')[]
) => {
  const Items: ComplianceItemEntry[] = statuses.map((Status, index) => ({
    ...{ Id: `KB${index}`, Severity: 'HIGH', Status },
  }));
  const ExecutionSummary = { ExecutionTime: new Date() };
  await (await clients()('ssm')).putComplianceItems({
    ...{ ResourceId: id, ResourceType: 'ManagedInstance', ComplianceType, Items, ExecutionSummary },
  });
};
const listed = async (type: AnyResourceType) =>
  (await type.live.list.page(reader(), undefined)).resources;

describe('what Systems Manager is told of a machine', () => {
  it('is of none that has reported nothing, and none that is not there', async () => {
    expect(await read(patchCompliance, id, 'compliance')).toBe('gone');
    expect(await read(associationCompliance, 'i-0123456789abcdef0', 'compliance')).toBe('gone');
    await report('Custom:Own', 'NON_COMPLIANT');
    expect(await read(patchCompliance, id, 'compliance')).toBe('gone');
    expect(await listed(patchCompliance)).toEqual([]);
  });

  it.each([
    ['patches', 'Patch', patchCompliance],
    ['associations', 'Association', associationCompliance],
  ] as const)('of %s is read and listed alike', async (_, kind, type) => {
    await report(kind, 'COMPLIANT', 'NON_COMPLIANT');
    const value = { status: 'NON_COMPLIANT' };
    expect(await read(type, id, 'compliance')).toEqual({ value });
    expect(await listed(type)).toEqual([{ id, facets: { compliance: value } }]);
    await report(kind, 'COMPLIANT', 'COMPLIANT');
    expect(await read(type, id, 'compliance')).toEqual({ value: { status: 'COMPLIANT' } });
    expect(await listed(type)).toEqual([{ id, facets: { compliance: { status: 'COMPLIANT' } } }]);
  });

  it('is told with the tags of the instance', async () => {
    expect(await read(patchCompliance, id, 'about')).toEqual({
      value: {
        arn: `arn:aws:ssm:${region}:${accountId}:managed-instance/${id}`,
        tags: { data: 'secret' },
      },
    });
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(patchCompliance, 'i-0123456789abcdef0')).toMatchObject({
      about: denied,
    });
  }, 60_000);
});

describe('the agent of an instance', () => {
  it('is known once it has registered', async () => {
    expect(await read(instance, id, 'agent')).toEqual({ value: { ping: 'Online' } });
    expect(await read(instance, 'i-0123456789abcdef0', 'agent')).toEqual({
      value: { ping: undefined },
    });
  });
});

it.each([
  ['Patch', [['i-1'], []]],
  ['Association', [[], ['i-1']]],
  [undefined, [['i-1'], ['i-1']]],
])('an event of %s is of that kind alone', (kind, expected) => {
  const detail = { 'resource-id': 'i-1', 'compliance-type': kind };
  const named = [patchCompliance, associationCompliance].map(({ live }) => {
    const [service] = live.announcements;
    return service?.idsIn(detail, accountId);
  });
  expect(named).toEqual(expected);
});
