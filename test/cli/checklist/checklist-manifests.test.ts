import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { result, scanOf } from '../../reports/compliance/sample.ts';
import { inProcess } from '../run.ts';

const compose = (more: string) => `services:
  web:
    image: registry.example/web:1.2.3
    user: "1000"
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
${more}`;

describe('a checklist of what manifests declare', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-checklist-manifests-'));
    const services = {
      good: compose('    read_only: true\n'),
      bad: compose('    privileged: true\n'),
    };
    for (const [name, text] of Object.entries(services)) {
      await writeFile(at(`${name}-compose.yaml`), text);
      await inProcess(['check', at(`${name}-compose.yaml`), '--json', '--out', at(`${name}.json`)]);
    }
    const host = scanOf([result({ control: 'PL.DKR.6', title: 'Containers drop capabilities' })], {
      'PL.DKR.6': 1,
    });
    await writeFile(at('host.json'), JSON.stringify(host));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const outcomes = async (...scans: readonly string[]) => {
    const given = scans.flatMap((name) => ['--scan', at(`${name}.json`)]);
    const { stdout, stderr } = await inProcess(['checklist', 'pre', ...given, '--format', 'json']);
    expect(stderr).toBe('');
    const { items }: { items: { id: string; outcome: string }[] } = JSON.parse(stdout);
    return Object.fromEntries(items.map(({ id, outcome }) => [id, outcome]));
  };

  it('is done where files alone are checked and hold, and not where one does not', async () => {
    expect(await outcomes('good')).toMatchObject({ 'container.1': 'done', 'container.2': 'done' });
    expect(await outcomes('bad')).toMatchObject({
      'container.1': 'not done',
      'container.2': 'not done',
      'container.3': 'done',
    });
  });

  it('of what files do not declare cannot tell', async () => {
    expect(await outcomes('good')).toMatchObject({
      'server.1': 'cannot tell',
      'network.2': 'cannot tell',
    });
  });

  it('is not done where a file holds and a host does not', async () => {
    expect(await outcomes('good', 'host')).toMatchObject({ 'container.1': 'not done' });
  });

  it('cannot tell of a host that was not looked at, whatever a file says', async () => {
    expect(await outcomes('good', 'host')).toMatchObject({ 'container.2': 'cannot tell' });
  });
});
