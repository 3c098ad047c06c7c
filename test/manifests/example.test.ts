import { evaluated } from './checking.ts';

/** The securityContext that guides ask for; every field of it is one of a container. */
const security = [
  'runAsNonRoot: true',
  'runAsUser: 65534',
  'seccompProfile: { type: RuntimeDefault }',
  'allowPrivilegeEscalation: false',
  'readOnlyRootFilesystem: true',
  'capabilities: { drop: [ALL] }',
];
const ofEither = security.slice(0, 3);
const ofContainer = security.slice(3);

const indented = (lines: readonly string[], by: number) =>
  lines.map((line) => `${' '.repeat(by)}${line}`).join('\n');
const around = (pod: readonly string[], container: readonly string[], more: readonly string[]) => `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
${indented(more, 2)}
  securityContext:
${indented(pod, 4) || '    {}'}
  containers:
    - name: app
      image: registry.example/web:1.4.2
      resources:
        limits: { cpu: 500m, memory: 256Mi }
      readinessProbe:
        httpGet: { port: 8080 }
      securityContext:
${indented(container, 8) || '        {}'}
`;
const beside = ['automountServiceAccountToken: false'];

const failed = async (text: string, file = 'pod.yaml'): Promise<readonly string[]> => {
  const { located } = await evaluated({ [file]: text });
  return located
    .filter(({ verdict }) => verdict.status === 'FAIL')
    .map(({ control }) => control.id);
};
const without = (lines: readonly string[], line: string) => lines.filter((one) => one !== line);

/** The controls that each line is for. */
const asked: Readonly<Record<string, readonly string[]>> = {
  'runAsNonRoot: true': ['PL.K8S.11'],
  'runAsUser: 65534': ['PL.K8S.12'],
  'seccompProfile: { type: RuntimeDefault }': ['PL.K8S.9'],
  'allowPrivilegeEscalation: false': ['PL.CONTAINER.2'],
  'readOnlyRootFilesystem: true': ['PL.CONTAINER.7'],
  'capabilities: { drop: [ALL] }': ['PL.CONTAINER.3'],
};

describe('the pod of the guides', () => {
  it('passes whole, wherever its lines may stand', async () => {
    expect(await failed(around([], security, beside))).toEqual([]);
    expect(await failed(around(ofEither, ofContainer, beside))).toEqual([]);
  });
  it.each(security)('fails without %s', async (line) => {
    expect(await failed(around([], without(security, line), beside))).toEqual(asked[line]);
    const parted = around(without(ofEither, line), without(ofContainer, line), beside);
    expect(await failed(parted)).toEqual(asked[line]);
  });
  it('fails without the line beside them', async () => {
    expect(await failed(around([], security, []))).toEqual(['PL.K8S.14']);
  });
  it.each([
    ['image: registry.example/web:1.4.2', ['PL.CONTAINER.12']],
    ['limits: { cpu: 500m, memory: 256Mi }', ['PL.CONTAINER.11', 'PL.K8S.13']],
    ['httpGet: { port: 8080 }', ['PL.CONTAINER.15']],
  ])('fails without %s', async (line, ids) => {
    const whole = around([], security, beside);
    const lines = whole.split('\n').filter((one) => !one.endsWith(line));
    expect(lines).toHaveLength(whole.split('\n').length - 1);
    expect(await failed(lines.join('\n'))).toEqual(ids);
  });
  it('fails where a line of a container stands with the pod, and says so', async () => {
    for (const line of ofContainer)
      expect(await failed(around([...ofEither, line], without(ofContainer, line), beside))).toEqual(
        expect.arrayContaining([...(asked[line] ?? []), 'PL.K8S.16']),
      );
  });
});

/** The service that guides ask for, and for each of its lines the controls that it is for. */
const service: Readonly<Record<string, readonly string[]>> = {
  'user: "1000:1000"': ['PL.CONTAINER.6'],
  'read_only: true': ['PL.CONTAINER.7'],
  'cap_drop: [ALL]': ['PL.CONTAINER.3'],
  'security_opt: ["no-new-privileges:true"]': ['PL.CONTAINER.2'],
  'tmpfs: ["/tmp:size=64M"]': ['PL.COMPOSE.10'],
  'pids_limit: 64': ['PL.CONTAINER.11'],
  "deploy: { resources: { limits: { cpus: '1.0', memory: 512M } } }": ['PL.CONTAINER.11'],
  'logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }': ['PL.COMPOSE.2'],
  'networks: [internal]          # internal: true; no ports': ['PL.COMPOSE.3'],
  'image: registry.example/web:1.4.2': [],
  'healthcheck: { test: [CMD, /healthy] }': ['PL.CONTAINER.15'],
};
const composeOf = (lines: readonly string[]) =>
  `services:\n  web:\n${indented(lines, 4)}\nnetworks:\n  internal: { internal: true }\n`;

describe('the service of the guides', () => {
  const lines = Object.keys(service);
  it('passes whole', async () => {
    expect(await failed(composeOf(lines), 'compose.yaml')).toEqual([]);
  });
  it.each(Object.entries(service))('fails without %s', async (line, ids) => {
    expect(await failed(composeOf(without(lines, line)), 'compose.yaml')).toEqual(ids);
  });
  it('is told, and not evaluated, without its image', async () => {
    const text = composeOf(lines.filter((line) => !line.startsWith('image')));
    const { located, unanswered } = await evaluated({ 'compose.yaml': text });
    expect([located, unanswered]).toEqual([[], 1]);
  });
  it('fails where its network leads outside', async () => {
    const text = composeOf(lines).replace('internal: { internal: true }', 'internal: {}');
    expect(await failed(text, 'compose.yaml')).toEqual(['PL.COMPOSE.3']);
  });
});
