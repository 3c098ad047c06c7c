import { onManifests } from '../../lib/engine/baseline/baseline-manifests.ts';
import { checkTasks } from '../../lib/manifests/ecs/check-tasks.ts';
import { manifestControls } from '../../lib/manifests/index.ts';
import { allFormats } from '../../lib/manifests/kinds.ts';
import { templateFrom } from '../templates/checking.ts';
import { planOf, templateFromPlan } from '../templates/terraform/plans.ts';
import { at } from './checking.ts';

const options = {
  formats: await allFormats(),
  controls: manifestControls,
  settings: { controls: onManifests(manifestControls, {}), exemptions: [] },
  at,
};
const located = async (text: string) =>
  checkTasks(await templateFrom(text), options, { isExplicit: false });
const verdict = async (text: string, id: string): Promise<string> => {
  const all = (await located(text)).filter(({ control }) => control.id === id);
  return [...new Set(all.map((one) => (one.exemption ? 'exempted' : one.verdict.status)))].join(
    ' ',
  );
};

const task = (container: string, more = '', head = '') => `${head}
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [EC2]
${more}
      ContainerDefinitions:
        - Name: web
          Image: registry.example/web:1.2
${container}
`;
const inContainer = (...lines: readonly string[]) =>
  lines.map((line) => `          ${line}`).join('\n');
const inTask = (...lines: readonly string[]) => lines.map((line) => `      ${line}`).join('\n');
const good = [
  'User: "1000"',
  'ReadonlyRootFilesystem: true',
  'LinuxParameters: { Capabilities: { Drop: [ALL] } }',
  'DockerSecurityOptions: [no-new-privileges]',
  'Memory: 256',
  'Cpu: 128',
  'HealthCheck: { Command: [CMD, /healthy] }',
];
const asked: Readonly<Record<string, string>> = {
  'User: "1000"': 'PL.CONTAINER.6',
  'ReadonlyRootFilesystem: true': 'PL.CONTAINER.7',
  'LinuxParameters: { Capabilities: { Drop: [ALL] } }': 'PL.CONTAINER.3',
  'DockerSecurityOptions: [no-new-privileges]': 'PL.CONTAINER.2',
  'Memory: 256': 'PL.CONTAINER.11',
  'Cpu: 128': 'PL.CONTAINER.11',
  'HealthCheck: { Command: [CMD, /healthy] }': 'PL.CONTAINER.15',
};

describe('a task definition of ECS', () => {
  const failed = async (text: string) =>
    (await located(text))
      .filter(({ verdict: { status } }) => status === 'FAIL' || status === 'UNKNOWN')
      .map(({ control, name, verdict: { status } }) => `${control.id} ${name} ${status}`);
  it('passes whole', async () => {
    expect(await failed(task(inContainer(...good)))).toEqual([]);
  });
  it('does not hide behind a default that its condition tells apart', async () => {
    const head =
      'Parameters: {Env: {Type: String, Default: dev}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}';
    const text = task(inContainer('Privileged: true'), '', head);
    const conditional = text.replace('  Task:', '  Task:\n    Condition: IsProd');
    expect(await failed(conditional)).toContain('PL.CONTAINER.1 Task/web FAIL');
  });
  it('is left open where it is made in a way that is not looked at', async () => {
    const flags = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
    const each = (write: (flag: string) => string) => flags.map(write).join(', ');
    const head = `
Parameters: {${each((flag) => `${flag}: {Type: String, Default: 'no', AllowedValues: ['yes', 'no']}`)}}
Conditions: {${each((flag) => `Is${flag}: !Equals [!Ref ${flag}, 'yes']`)}, All: !And [${each((flag) => `!Condition Is${flag}`)}]}`;
    const text = task(inContainer('Privileged: true'), '', head);
    const conditional = text.replace('  Task:', '  Task:\n    Condition: All');
    expect(await failed(conditional)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^PL\.CONTAINER\.1 Task\/web (?:FAIL|UNKNOWN)$/),
      ]),
    );
  });
  it.each(good)('fails without %s', async (line) => {
    const text = task(inContainer(...good.filter((one) => one !== line)));
    expect(await failed(text)).toEqual([`${asked[line]} Task/web FAIL`]);
  });
  type Case = readonly [text: string, id: string, status: string];
  it.each(
    Object.entries<Case>({
      privileged: [task(inContainer('Privileged: true')), 'PL.CONTAINER.1', 'FAIL'],
      'privileged as a text': [task(inContainer('Privileged: "true"')), 'PL.CONTAINER.1', 'FAIL'],
      'privileged where a condition says so': [
        task(
          inContainer('Privileged: !If [Debug, true, false]'),
          '',
          'Parameters: {Mode: {Type: String, Default: a, AllowedValues: [a, b]}}\nConditions: {Debug: !Equals [!Ref Mode, b]}',
        ),
        'PL.CONTAINER.1',
        'FAIL',
      ],
      'privileged as a parameter says': [
        task(inContainer('Privileged: !Ref P'), '', 'Parameters: {P: {Type: String}}'),
        'PL.CONTAINER.1',
        'UNKNOWN',
      ],
      root: [task(inContainer('User: "0:0"')), 'PL.CONTAINER.6', 'FAIL'],
      'the network of the host': [task('', inTask('NetworkMode: host')), 'PL.CONTAINER.9', 'FAIL'],
      'the processes of the host': [task('', inTask('PidMode: host')), 'PL.CONTAINER.9', 'FAIL'],
      'the IPC of the host': [task('', inTask('IpcMode: host')), 'PL.CONTAINER.9', 'FAIL'],
      'its own network': [task('', inTask('NetworkMode: awsvpc')), 'PL.CONTAINER.9', 'PASS'],
      'the socket of Docker': [
        task('', inTask('Volumes: [{Name: a, Host: {SourcePath: /var/run/docker.sock}}]')),
        'PL.CONTAINER.10',
        'FAIL',
      ],
      'a volume that is not of the host': [
        task('', inTask('Volumes: [{Name: a}]')),
        'PL.CONTAINER.10',
        'PASS',
      ],
      'a capability that rules the host': [
        task(inContainer('LinuxParameters: { Capabilities: { Add: [SYS_ADMIN] } }')),
        'PL.CONTAINER.4',
        'FAIL',
      ],
      'no AppArmor': [
        task(inContainer('DockerSecurityOptions: ["apparmor:unconfined"]')),
        'PL.CONTAINER.8',
        'FAIL',
      ],
      'what Fargate cannot be told': [
        task('').replace('[EC2]', '[FARGATE]'),
        'PL.CONTAINER.2',
        'NOT_APPLICABLE',
      ],
      'limits of the whole task': [
        task('', inTask('Memory: 512', 'Cpu: 256')),
        'PL.CONTAINER.11',
        'PASS',
      ],
      'a password': [
        task(inContainer('Environment: [{Name: DB_PASSWORD, Value: hunter2hunter2}]')),
        'PL.CONTAINER.14',
        'FAIL',
      ],
      'a password that a parameter has': [
        task(
          inContainer('Environment: [{Name: DB_PASSWORD, Value: !Ref P}]'),
          '',
          'Parameters: {P: {Type: String, NoEcho: true}}',
        ),
        'PL.CONTAINER.14',
        'PASS',
      ],
      'a password of a secret': [
        task(inContainer('Secrets: [{Name: DB_PASSWORD, ValueFrom: arn}]')),
        'PL.CONTAINER.14',
        'PASS',
      ],
      'an image without a tag': [task('').replace('web:1.2', 'web'), 'PL.CONTAINER.12', 'FAIL'],
      'an image of a parameter': [
        task('', '', 'Parameters: {Tag: {Type: String}}').replace(
          'registry.example/web:1.2',
          "!Sub 'registry.example/web:${Tag}'",
        ),
        'PL.CONTAINER.12',
        'UNKNOWN',
      ],
      'containers that nobody knows': [
        'Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions: !Ref P\nParameters: {P: {Type: String}}\n',
        'PL.CONTAINER.1',
        'UNKNOWN',
      ],
      'an exemption in a comment': [
        task(inContainer('Privileged: true # plumbline:exempt PL.CONTAINER.1 it is the agent')),
        'PL.CONTAINER.1',
        'exempted',
      ],
    }),
  )('%s', async (_, [text, id, status]) => {
    expect(await verdict(text, id)).toBe(status);
  });
  it.each([
    ['one that ended hides none that counts', '{control: PL.CONTAINER.1, reason: a}', 'exempted'],
    ['one that ended is none', '{control: PL.CONTAINER.2, reason: a}', 'FAIL'],
  ])('%s', async (_, more, status) => {
    const ended = "{control: PL.CONTAINER.1, reason: a, expires: '2026-01-31'}";
    const text = task(inContainer('Privileged: true')).replace(
      '    Properties:',
      `    Metadata: {plumbline: {exempt: [${ended}, ${more}]}}\n    Properties:`,
    );
    expect(await verdict(text, 'PL.CONTAINER.1')).toBe(status);
  });
  it('shows where it is wrong', async () => {
    const text = task(inContainer('Privileged: true'));
    const [found] = (await located(text)).filter(({ control }) => control.id === 'PL.CONTAINER.1');
    expect(text.split('\n')[(found?.range.line ?? 0) - 1]?.trim()).toBe('Privileged: true');
    expect(found?.verdict).toMatchObject({
      evidence: [
        {
          path: 'Resources.Task.Properties.ContainerDefinitions[0].Privileged',
          actual: true,
          expected: false,
        },
      ],
    });
  });
});

describe('a task definition in a plan of Terraform', () => {
  const statuses = async (values: Readonly<Record<string, unknown>>, more: object = {}) => {
    const plan = await templateFromPlan(
      planOf([
        {
          address: 'aws_ecs_task_definition.web',
          values: { family: 'web', requires_compatibilities: ['EC2'], ...values },
          ...more,
        },
      ]),
    );
    const all = await checkTasks(plan, options, { isExplicit: false });
    return new Map(all.map((one) => [`${one.control.id} ${one.name}`, one.verdict.status]));
  };
  const name = 'aws_ecs_task_definition.web';
  it('is evaluated by the text that it has of its containers', async () => {
    const found = await statuses({
      network_mode: 'host',
      volume: [{ name: 'a', host_path: '/var/run/docker.sock' }],
      container_definitions: JSON.stringify([
        { name: 'web', image: 'web:1', privileged: true, user: '7', environment: [] },
      ]),
    });
    expect(found.get(`PL.CONTAINER.1 ${name}/web`)).toBe('FAIL');
    expect(found.get(`PL.CONTAINER.6 ${name}/web`)).toBe('PASS');
    expect(found.get(`PL.CONTAINER.9 ${name}`)).toBe('FAIL');
    expect(found.get(`PL.CONTAINER.10 ${name}`)).toBe('FAIL');
  });
  it('is not known where only applying tells its containers', async () => {
    const found = await statuses(
      {},
      {
        unknown: { container_definitions: true },
        refers: { container_definitions: ['aws_ecr_repository.web.repository_url'] },
      },
    );
    expect(found.get(`PL.CONTAINER.1 ${name}/0`)).toBe('UNKNOWN');
  });
  it('is not known where its text is none', async () => {
    const found = await statuses({ container_definitions: '[{' });
    expect(found.get(`PL.CONTAINER.1 ${name}/0`)).toBe('UNKNOWN');
  });
});
