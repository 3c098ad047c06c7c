import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SSM } from '@aws-sdk/client-ssm';
import { person } from './assume.ts';
import { account, pathMillis, region, told, worldAt } from './path/world.ts';
import { serve } from './served.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-machines-'));
const baseline = join(folder, 'plumbline.yaml');
const wanted = ['SSM.1', 'SSM.2', 'SSM.3'].map((id) => `  ${id}: { mode: observe }`);
writeFileSync(baseline, ['presets: []', 'controls:', ...wanted, ''].join('\n'));

let served: Awaited<ReturnType<typeof serve>> | undefined;
beforeAll(async () => {
  served = await serve({ baseline, scheduleSpeed: 0, settlesAfterSeconds: 0, hasHost: true });
}, 180_000);
afterAll(async () => {
  await served?.end();
  rmSync(folder, { recursive: true });
});

const id = () => served?.instanceId ?? '';
/** What the agent on the machine reports. */
const report = async (ComplianceType: string, Status: 'COMPLIANT' | 'NON_COMPLIANT') => {
  const ssm = new SSM({ region, endpoint: served?.url ?? '', credentials: person('admin') });
  await ssm.putComplianceItems({
    ...{ ResourceId: id(), ResourceType: 'ManagedInstance', ComplianceType },
    ...{ ExecutionSummary: { ExecutionTime: new Date() } },
    Items: [{ Id: 'openssl', Severity: 'CRITICAL', Status }],
  });
};

describe('a machine that Systems Manager manages, from what it reports to the finding', () => {
  it.each([
    ['Patch', 'SSM.2'],
    ['Association', 'SSM.3'],
  ])(
    'of %s',
    async (kind, control) => {
      const { finding } = worldAt(served?.url ?? '');
      const resource = `arn:aws:ssm:${region}:${account}:managed-instance/${id()}`;
      await report(kind, 'COMPLIANT');
      await finding({ control, resource, status: 'PASSED' });
      await report(kind, 'NON_COMPLIANT');
      const failed = await finding({ control, resource, status: 'FAILED' });
      // It reports by itself: nobody called for that.
      expect(told(failed, 'by')).toBeUndefined();
      await report(kind, 'COMPLIANT');
      await finding({ control, resource, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'is managed itself',
    async () => {
      const { finding } = worldAt(served?.url ?? '');
      const resource = `arn:aws:ec2:${region}:${account}:instance/${id()}`;
      await finding({ control: 'SSM.1', resource, status: 'PASSED' });
    },
    pathMillis,
  );
});
