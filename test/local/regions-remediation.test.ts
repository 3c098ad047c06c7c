import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { sdkClients } from '../../lib/aws/clients.ts';
import { outputsOf } from '../../lib/aws/stack-outputs.ts';
import { remediating } from '../cli/remediating.ts';
import { account, pathMillis, region, worldAt } from './path/world.ts';

const elsewhere = 'eu-west-1';
const baseline = `
presets: []
regions: [${elsewhere}]
controls:
  EC2.13: { mode: plan }
`;
const ssh = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
const actionIn = (text: string) => text.match(/pl-[0-9a-f]{20}/)?.[0] ?? 'none';

describe('what drifts in a region that ears listen to', () => {
  const { cli, as, settings, url } = remediating(baseline);
  const ec2In = (at: string) =>
    new EC2({
      ...settings(),
      region: at,
      credentials: { accessKeyId: 'root-admin', secretAccessKey: 'any' },
    });
  const opened = async (GroupName: string) => {
    const ec2 = ec2In(elsewhere);
    const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName, Description: GroupName });
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ssh });
    const arn = `arn:aws:ec2:${elsewhere}:${account}:security-group/${GroupId}`;
    const about = { control: 'EC2.13', resource: arn, at: elsewhere };
    await worldAt(url()).finding({ ...about, status: 'FAILED' });
    return { GroupId, arn, about };
  };
  const isOpen = async (GroupId: string) => {
    const { SecurityGroups: [group] = [] } = await ec2In(elsewhere).describeSecurityGroups({
      GroupIds: [GroupId],
    });
    return (group?.IpPermissions ?? []).some(({ FromPort }) => FromPort === 22);
  };

  it(
    'is put right there, proven, and taken back there, each told of in its region',
    async () => {
      const { GroupId, arn, about } = await opened('fix-elsewhere');
      const { finding } = worldAt(url());

      const fixed = await cli('fix', arn, 'EC2.13', '--yes');
      expect(fixed.stderr).toBe('');
      expect(fixed.stdout).toContain(`VERIFIED  EC2.13 passes on ${arn}\n`);
      expect(fixed.code).toBe(0);
      expect(await isOpen(GroupId)).toBe(false);
      const passed = await finding({ ...about, status: 'PASSED' });
      expect(passed.ProductArn).toContain(`:securityhub:${elsewhere}:`);

      const id = actionIn(fixed.stdout);
      const undone = await cli('undo', id, '--confirm', id);
      expect(undone.stdout).toContain(`VERIFIED  what was there before ${id} is there again`);
      expect(undone.code).toBe(0);
      expect(await isOpen(GroupId)).toBe(true);
      const failed = await finding({ ...about, status: 'FAILED' });
      expect(failed.Resources?.[0]?.Region).toBe(elsewhere);
    },
    2 * pathMillis,
  );

  it(
    'is listed by its region alone',
    async () => {
      const { arn, about } = await opened('listed-elsewhere');
      const id = actionIn((await cli('fix', arn, 'EC2.13', '--yes')).stdout);
      await worldAt(url()).finding({ ...about, status: 'PASSED' });
      const granted = ['--owner', 'web', '--reason', 'site', '--expires', '2099-12-31'];
      await cli('exemptions', 'add', arn, 'EC2.13', ...granted);
      const shown = async (command: string, ...regions: string[]) =>
        (await cli(command, ...regions.flatMap((one) => ['--region', one]))).stdout;
      for (const regions of [[], [elsewhere], [`${region},${elsewhere}`]])
        expect(await shown('actions', ...regions)).toContain(id);
      expect(await shown('actions', region)).toBe('no actions\n');
      expect(await shown('exemptions', elsewhere)).toContain(arn);
      expect(await shown('exemptions', region)).not.toContain(arn);
      expect((await cli('actions', '--pending', '--region', elsewhere)).code).toBe(0);
      for (const command of ['actions', 'exemptions']) {
        const { code, stderr } = await cli(command, '--region', 'eu-west-9');
        expect(stderr).toBe('Plumbline does not govern eu-west-9; did you mean eu-west-1?\n');
        expect(code).toBe(2);
      }
    },
    2 * pathMillis,
  );

  it(
    'was put right by an action that counts for no other region, whoever moves it there',
    async () => {
      const { GroupId, arn } = await opened('moved-elsewhere');
      const id = actionIn((await cli('fix', arn, 'EC2.13', '--yes')).stdout);
      const cloudformation = await sdkClients(settings())('cloudformation');
      const { LedgerTable } = await outputsOf(
        { name: 'Plumbline', account, region },
        cloudformation,
      );
      const db = new DynamoDB(as('remediate'));
      const Key = { pk: { S: `action#${id}` }, sk: { S: 'action' } };
      const { Item } = await db.getItem({ TableName: LedgerTable, Key });
      const moved = JSON.parse(JSON.stringify(Item).replaceAll(elsewhere, region));
      expect(moved).not.toEqual(Item);
      await db.putItem({ TableName: LedgerTable, Item: moved });

      const { code, stdout } = await cli('undo', id, '--confirm', id);
      expect(stdout).toContain(
        `BLOCKED  nothing was changed; the guard ledger says: nothing proves that Plumbline wrote what is kept as ${id}`,
      );
      expect(code).toBe(1);
      expect(await isOpen(GroupId)).toBe(false);
    },
    2 * pathMillis,
  );
});
