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

const failed = async (text: string): Promise<readonly string[]> => {
  const { located } = await evaluated({ 'pod.yaml': text });
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
  it('fails where a line of a container stands with the pod, and says so', async () => {
    for (const line of ofContainer)
      expect(await failed(around([...ofEither, line], without(ofContainer, line), beside))).toEqual(
        expect.arrayContaining([...(asked[line] ?? []), 'PL.K8S.16']),
      );
  });
});
