import { evaluated, fixed, verdictOn } from './checking.ts';

const argo = (spec: string, kind = 'Workflow') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: {name: a}\nspec: {${spec}}\n`;
const tekton = (spec: string, kind = 'Task') =>
  `apiVersion: tekton.dev/v1\nkind: ${kind}\nmetadata: {name: a}\nspec: {${spec}}\n`;
const open = 'image: a, securityContext: {privileged: true}';
const shut = 'image: a, securityContext: {privileged: false}';

describe('a privileged container of a workflow', () => {
  it.each([
    ['container', argo(`templates: [{name: a, container: {${open}}}]`)],
    ['script', argo(`templates: [{name: a, script: {${open}}}]`)],
    ['sidecar', argo(`templates: [{name: a, container: {${shut}}, sidecars: [{${open}}]}]`)],
    ['set', argo(`templates: [{name: a, containerSet: {containers: [{${shut}}, {${open}}]}}]`)],
    ['init container', argo(`templates: [{container: {${shut}}, initContainers: [{${open}}]}]`)],
    ['inline step', argo(`templates: [{steps: [[{name: b, inline: {container: {${open}}}}]]}]`)],
    ['inline task', argo(`templates: [{dag: {tasks: [{inline: {script: {${open}}}}]}}]`)],
    [
      'default of templates',
      argo(
        'templateDefaults: {container: {securityContext: {privileged: true}}}, templates: [{container: {image: a}}]',
      ),
    ],
    [
      'template among several',
      argo(`templates: [{container: {${shut}}}, {container: {${open}}}]`, 'WorkflowTemplate'),
    ],
    [
      'template of the cluster',
      argo(`templates: [{container: {${open}}}]`, 'ClusterWorkflowTemplate'),
    ],
    [
      'workflow by the clock',
      argo(`workflowSpec: {templates: [{container: {${open}}}]}`, 'CronWorkflow'),
    ],
    ['step', tekton(`steps: [{name: b, ${open}}]`)],
    ['step of a cluster', tekton(`steps: [{name: b, ${open}}]`, 'ClusterTask')],
    [
      'template of steps',
      tekton(
        'stepTemplate: {securityContext: {privileged: true}}, steps: [{image: a, securityContext: {runAsUser: 7}}]',
      ),
    ],
    ['sidecar of a task', tekton(`steps: [{${shut}}], sidecars: [{${open}}]`)],
    ['run of a task', tekton(`taskSpec: {steps: [{${open}}]}`, 'TaskRun')],
    ['task of a pipeline', tekton(`tasks: [{taskSpec: {steps: [{${open}}]}}]`, 'Pipeline')],
    ['last task', tekton(`finally: [{taskSpec: {steps: [{${open}}]}}]`, 'Pipeline')],
    [
      'run of a pipeline',
      tekton(`pipelineSpec: {tasks: [{taskSpec: {steps: [{${open}}]}}]}`, 'PipelineRun'),
    ],
    ['action', tekton(open, 'StepAction')],
  ])('is found as a %s', async (_, text) => {
    expect(await verdictOn(text, 'PL.CONTAINER.1')).toBe('FAIL');
    expect(await verdictOn(text.replaceAll('true', 'false'), 'PL.CONTAINER.1')).toBe('PASS');
  });
  it.each([
    ['Knative', 'serving.knative.dev/v1', `spec: {template: {spec: {containers: [{${open}}]}}}`],
    [
      'Argo Rollouts',
      'argoproj.io/v1alpha1',
      `spec: {template: {spec: {containers: [{${open}}]}}}`,
    ],
  ])('is found in what %s defines', async (_, apiVersion, rest) => {
    const text = `apiVersion: ${apiVersion}\nkind: Rollout\nmetadata: {name: a}\n${rest}\n`;
    expect(await verdictOn(text, 'PL.CONTAINER.1')).toBe('FAIL');
  });
});

describe('the pod of a workflow', () => {
  it.each([
    ['a workflow', argo('hostNetwork: true, templates: [{container: {image: a}}]')],
    [
      'a run',
      tekton('podTemplate: {hostNetwork: true}, taskSpec: {steps: [{image: a}]}', 'TaskRun'),
    ],
    [
      'a run of a task elsewhere',
      tekton('podTemplate: {hostNetwork: true}, taskRef: {name: b}', 'TaskRun'),
    ],
    [
      'a run of a pipeline',
      tekton(
        'taskRunTemplate: {podTemplate: {hostNetwork: true}}, pipelineRef: {name: b}',
        'PipelineRun',
      ),
    ],
    [
      'one task of a run of a pipeline',
      tekton(
        'taskRunSpecs: [{podTemplate: {hostNetwork: true}}], pipelineRef: {name: b}',
        'PipelineRun',
      ),
    ],
  ])('has the network of its node by %s', async (_, text) => {
    expect(await verdictOn(text, 'PL.CONTAINER.9')).toBe('FAIL');
    expect(await verdictOn(text.replace('true', 'false'), 'PL.CONTAINER.9')).toBe('PASS');
  });
  it('has the volumes of the workflow and of the template', async () => {
    const socket = 'volumes: [{name: b, hostPath: {path: /var/run/docker.sock}}]';
    for (const text of [
      argo(`${socket}, templates: [{container: {image: a}}]`),
      argo(`templates: [{${socket}, container: {image: a}}]`),
      tekton(`${socket}, steps: [{image: a}]`),
    ])
      expect(await verdictOn(text, 'PL.CONTAINER.10')).toBe('FAIL');
  });
  it('has what its template says before what the workflow says', async () => {
    const user = (own: string) =>
      argo(`securityContext: {runAsUser: 0}, templates: [{${own}container: {image: a}}]`);
    expect(await verdictOn(user(''), 'PL.CONTAINER.6')).toBe('FAIL');
    const other = 'securityContext: {runAsNonRoot: true, runAsUser: 7}, ';
    expect(await verdictOn(user(other), 'PL.CONTAINER.6')).toBe('PASS');
  });
  it('has limits by the name that Tekton has for them', async () => {
    const limits = 'computeResources: {limits: {cpu: 1, memory: 1Gi}}';
    expect(await verdictOn(tekton(`steps: [{image: a, ${limits}}]`), 'PL.CONTAINER.11')).toBe(
      'PASS',
    );
    expect(await verdictOn(tekton('steps: [{image: a}]'), 'PL.CONTAINER.11')).toBe('FAIL');
  });
  it('is asked for no check of its health: it ends by itself', async () => {
    for (const text of [
      argo('templates: [{container: {image: a}}]'),
      tekton('steps: [{image: a}]'),
    ])
      expect(await verdictOn(text, 'PL.CONTAINER.15')).toBe('NOT_APPLICABLE');
  });
  it('is put right where it stands', async () => {
    const text = argo('templates: [{name: a, container: {image: a}}]');
    const { texts } = await fixed({ 'a.yaml': text }, { controls: ['PL.CONTAINER.2'] });
    expect(texts['a.yaml']).toContain(
      'container: {image: a, securityContext: { allowPrivilegeEscalation: false }}',
    );
  });
});

it('tells of texts that Argo reads when a workflow runs', async () => {
  const patched = argo('podSpecPatch: "hostPID: true", templates: [{container: {image: a}}]');
  const making = argo('templates: [{resource: {action: create, manifest: "kind: Pod"}}]');
  const { warnings, unanswered } = await evaluated({ 'a.yaml': patched, 'b.yaml': making });
  expect([warnings.map(({ message }) => message), unanswered]).toEqual([
    [
      'a.yaml:4: podSpecPatch of Workflow/a is not evaluated: it is a text that Argo reads when the workflow runs',
      'b.yaml:4: manifest of Workflow/a is not evaluated: it is a text that Argo reads when the workflow runs',
    ],
    2,
  ]);
});
