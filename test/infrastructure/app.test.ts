import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../lib/infrastructure/app.ts';
import { stackPrefix } from '../../lib/resources/account/own-prefix.ts';
import { longTest } from '../extent.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-app-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('the app', () => {
  longTest(
    'synthesises one stack for the home region under the baseline that is named',
    async () => {
      const baseline = written('own.yaml', 'configRules: true\n');
      const app = await createApp({ baseline, outdir: join(folder, 'out') });
      const stack = app.synth().getStackByName('Plumbline');
      expect(stack.environment.region).toBe('us-east-1');
      // By this prefix Plumbline knows its own rules and queues.
      expect(`${stack.stackName}-`).toBe(stackPrefix);
      expect(stack.template.Rules).toBeUndefined();
      const handlers = join(folder, 'out', 'plumbline', 'handlers');
      expect(JSON.parse(readFileSync(join(handlers, 'baseline.json'), 'utf8'))).toMatchObject({
        configRules: true,
      });
      expect(readFileSync(join(handlers, 'config-rule.mjs'), 'utf8')).toContain('handler');
    },
  );

  longTest(
    'has the stack of the StackSets only where that is asked for, and then no other',
    async () => {
      const baseline = written(
        'organization.yaml',
        'organization: { id: o-abcdef1234 }\nregions: [eu-west-1]\n',
      );
      const before = process.env['CDK_CONTEXT_JSON'];
      const namesWith = async (context: object, name: string) => {
        process.env['CDK_CONTEXT_JSON'] = JSON.stringify(context);
        const app = await createApp({ baseline, outdir: join(folder, name) });
        return app.synth().stacks.map(({ stackName }) => stackName);
      };
      try {
        expect(await namesWith({}, 'hub')).toEqual(['Plumbline', 'PlumblineEars-eu-west-1']);
        expect(await namesWith({ members: 'true' }, 'members')).toEqual(['PlumblineMembers']);
      } finally {
        if (before === undefined) delete process.env['CDK_CONTEXT_JSON'];
        else process.env['CDK_CONTEXT_JSON'] = before;
      }
    },
  );

  it('says in one sentence that a baseline cannot be read', async () => {
    const baseline = join(folder, 'missing.yaml');
    await expect(createApp({ baseline })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/^the baseline .*missing\.yaml: there is no such file$/),
    });
  });

  it('refuses another home region in one sentence', async () => {
    const baseline = written('abroad.yaml', 'homeRegion: eu-west-1\n');
    await expect(createApp({ baseline })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/abroad\.yaml:1:1: .*us-east-1[^\n]*$/),
    });
  });
});
