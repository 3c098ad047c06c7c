import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plumbline } from '../run.ts';

describe('what removes the stack, says plumbline uninstall,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-uninstall-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['one region', '{}\n', 'npx cdk destroy\n'],
    ['several regions', 'regions: [eu-west-1]\n', 'npx cdk destroy --all\n'],
  ])('of %s', async (_, yaml, expected) => {
    const file = join(folder, 'plumbline.yaml');
    writeFileSync(file, yaml);
    const { code, stderr } = await plumbline(['uninstall', '--baseline', file]);
    expect(stderr.endsWith(`The stack itself is removed by: ${expected}`)).toBe(true);
    expect(code).toBe(2);
  });
});
