import { SSM } from '@aws-sdk/client-ssm';
import { remediating } from '../remediating.ts';

describe('plumbline uninstall', () => {
  const { cli, openBucket, settings } = remediating(
    'presets: []\ncontrols: { S3.8: { mode: plan } }',
  );

  it('lists what cdk destroy leaves, with the commands that remove it', async () => {
    await openBucket('left-open');
    const { code, stdout, stderr } = await cli('uninstall', '--dry-run');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^npx cdk destroy leaves this of Plumbline in account 123456789012, /);
    expect(stdout).toMatch(/ {4}aws dynamodb delete-table --table-name Plumbline-\S+/);
    expect(stdout).toMatch(/ {2}bucket of before-images/);
    expect(stdout).toMatch(/ {2}key that seals actions/);
    expect(stdout).toMatch(/\d+ {2}findings in Security Hub/);
    expect(code).toBe(0);
  });

  it('lists every breaker, also those of a second page', async () => {
    const ssm = new SSM(settings());
    const names = Array.from({ length: 23 }, (_, index) => `/plumbline/breakers/S3.${index}`);
    for (const Name of names) await ssm.putParameter({ Name, Value: '{}', Type: 'String' });
    const { stdout } = await cli('uninstall', '--dry-run');
    const listed = stdout.match(/(?<=delete-parameter --name )\S+/g) ?? [];
    expect([...listed].sort()).toEqual(names.sort());
  });

  it('removes nothing, and says so', async () => {
    const { code, stderr } = await cli('uninstall');
    expect(stderr).toMatch(/^say --dry-run: this lists what cdk destroy leaves\./);
    expect(code).toBe(2);
  });
});
