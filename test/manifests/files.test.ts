import { evaluated, fixed, verdictOn } from './checking.ts';

const container = '{name: app, image: web, securityContext: {privileged: true}}';
const pod = (name: string, more = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - ${container}\n${more}`;
const privileged = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  (await evaluated(files)).located
    .filter(({ control, verdict }) => control.id === 'PL.CONTAINER.1' && verdict.status === 'FAIL')
    .map(({ name, range, file }) => `${name} ${file}:${range.line}:${range.column}`);

describe('what is read', () => {
  it('reads several documents, each at its place', async () => {
    expect(await privileged({ 'a.yaml': `---\n# first\n${pod('a')}---\n${pod('b')}` })).toEqual([
      'Pod/a/app a.yaml:8:49',
      'Pod/b/app a.yaml:15:49',
    ]);
  });
  it.each([
    ['a mapping', `---\n\ufeff${pod('b')}`, 'a.yaml:10:49'],
    ['Windows line ends', `---\r\n\ufeff${pod('b')}`, 'a.yaml:10:49'],
    ['a comment', `---\n\ufeff# second\n${pod('b')}`, 'a.yaml:11:49'],
    [
      'JSON behind a comment',
      `---\n# second\n\ufeff{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"}, "spec": {"containers": [${container}]}}`,
      'a.yaml:6:131',
    ],
  ])('passes over a mark of byte order before %s', async (_, document, place) => {
    const first = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
    for (const text of [`${first}${document}`, `${first}---\n${first}${document}`])
      expect((await privileged({ 'a.yaml': text })).map((one) => one.split(' ')[0])).toEqual([
        'Pod/b/app',
      ]);
    expect(await privileged({ 'a.yaml': `${first}${document}` })).toEqual([`Pod/b/app ${place}`]);
  });
  it('writes behind a mark of byte order, which stays', async () => {
    const bare = pod('b').replace(', securityContext: {privileged: true}', '');
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n\ufeff${bare}`;
    const { texts } = await fixed({ 'a.yaml': text }, { controls: ['PL.CONTAINER.3'] });
    const dropped = ', securityContext: { capabilities: { drop: [ ALL ] } }}';
    expect(texts).toEqual({ 'a.yaml': text.replace(/\}\n$/, `${dropped}\n`) });
  });
  it('reads Windows line ends', async () => {
    const text = pod('a').replaceAll('\n', '\r\n');
    expect(await privileged({ 'a.yaml': text })).toEqual(['Pod/a/app a.yaml:6:49']);
  });
  it('reads lists, lists in lists and lists of a kind', async () => {
    const item = (name: string) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [${container}]}}`;
    const list = `apiVersion: v1\nkind: List\nitems: [${item('a')}, {apiVersion: v1, kind: List, items: [${item('b')}]}]`;
    const pods = `apiVersion: v1\nkind: PodList\nitems: [{metadata: {name: c}, spec: {containers: [${container}]}}]`;
    const found = await privileged({ 'a.yaml': list, 'b.yaml': pods });
    expect(found.map((one) => one.split(' ')[0])).toEqual(['Pod/a/app', 'Pod/b/app', 'Pod/c/app']);
  });
  it('reads lists however deep they are, and items that say a part of what they are', async () => {
    const item = {
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ securityContext: { privileged: true } }] },
    };
    const pods: object = { apiVersion: 'v1', kind: 'PodList', items: [item] };
    const deep = Array.from({ length: 30 }).reduce<object>(
      (inner) => ({ apiVersion: 'v1', kind: 'List', items: [inner] }),
      pods,
    );
    expect(await privileged({ 'a.json': JSON.stringify(deep) })).toHaveLength(1);
  });
  it.each([
    ['app/v1', 'Deployment', 'has no group app; did you mean apps?'],
    ['foo/v1', 'Deployment', 'has no group foo; Deployment is of apps, extensions'],
    ['apps/v1', 'Deploymnet', 'has no Deploymnet in apps/v1; did you mean Deployment?'],
    ['batch/v1', 'Cronjob', 'has no Cronjob in batch/v1; did you mean CronJob?'],
    ['v1', 'Deployment', 'has no Deployment in v1; it is of apps, extensions'],
    [
      'networking.k8.io/v1',
      'NetworkPolicy',
      'has no group networking.k8.io; did you mean networking.k8s.io?',
    ],
    [
      'batch/v1',
      'Something',
      'has no Something in batch/v1; the version may be newer than what is known here',
    ],
  ])('says that Kubernetes has no %s %s', async (apiVersion, kind, why) => {
    const { warnings, unanswered } = await evaluated({
      'a.yaml': `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`,
    });
    expect(warnings.map(({ message }) => message)).toEqual([`a.yaml:2: Kubernetes ${why}`]);
    expect(unanswered).toBe(1);
  });
  it.each([
    ['v1', 'PodList'],
    ['crd.projectcalico.org/v1', 'NetworkPolicy'],
    ['config.openshift.io/v1', 'Ingress'],
    ['metrics.k8s.io/v1beta1', 'NodeMetrics'],
    ['example.com/v1', 'Role'],
    ['skaffold/v4beta11', 'Config'],
  ])('says nothing of %s %s, which others define', async (apiVersion, kind) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\nspec: {ingress: [{}], rules: [{host: a}]}\nrules: [{verbs: ['*']}]\n`;
    const { warnings, located } = await evaluated({ 'a.yaml': text });
    expect([warnings, located]).toEqual([[], []]);
  });
  it.each([
    ['a Pod is not evaluated: it has no apiVersion', 'kind: Pod\nspec: {hostPID: true}'],
    ['an object of v1 is not evaluated: it has no kind', 'apiVersion: v1\nspec: {hostPID: true}'],
  ])('says that %s', async (why, text) => {
    const { warnings, unanswered } = await evaluated({ 'a.yaml': `${pod('a')}---\n${text}\n` });
    expect(warnings.map(({ message }) => message)).toEqual([`a.yaml:8: ${why}`]);
    expect(unanswered).toBe(1);
  });
  it('says what nothing looks at', async () => {
    const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\n';
    const account = claim.replace('PersistentVolumeClaim', 'ServiceAccount');
    const { passedOver } = await evaluated({
      'a.yaml': [pod('a'), claim, claim, account].join('---\n'),
    });
    expect(passedOver).toEqual(new Map([['PersistentVolumeClaim', 2]]));
  });
  it('reads what kubectl prints as JSON', async () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { containers: [{ name: 'app', securityContext: { privileged: true } }] },
    };
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [object] }, undefined, 4);
    expect(await privileged({ '-': text })).toEqual(['Pod/shop/a/app -:17:29']);
  });
  it('reads anchors and merges', async () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nx: &bad {privileged: true}\nspec:\n  containers:\n    - {name: a, securityContext: *bad}\n    - {name: b, securityContext: {<<: *bad, privileged: false}}\n    - {name: c, securityContext: {<<: *bad}}\n`;
    expect((await privileged({ 'a.yaml': text })).map((one) => one.split(' ')[0])).toEqual([
      'Pod/a/a',
      'Pod/a/c',
    ]);
  });
  it.each([
    ['Deployment', 'spec: {template: {spec: X}}'],
    ['StatefulSet', 'spec: {template: {spec: X}}'],
    ['DaemonSet', 'spec: {template: {spec: X}}'],
    ['ReplicaSet', 'spec: {template: {spec: X}}'],
    ['Job', 'spec: {template: {spec: X}}'],
    ['CronJob', 'spec: {jobTemplate: {spec: {template: {spec: X}}}}'],
    ['PodTemplate', 'template: {spec: X}'],
    ['Rollout', 'spec: {template: {spec: X}}'],
    ['TFJob', 'spec: {tfReplicaSpecs: {Worker: {template: {spec: X}}}}'],
    ['JobSet', 'spec: {replicatedJobs: [{template: {spec: {template: {spec: X}}}}]}'],
    ['LeaderWorkerSet', 'spec: {leaderWorkerTemplate: {workerTemplate: {spec: X}}}'],
    ['InferenceService', 'spec: {predictor: X}'],
    ['Operator', 'spec: {podTemplate: {spec: X}}'],
  ])('reads the pod of a %s', async (kind, spec) => {
    const text = `apiVersion: a.example/v1\nkind: ${kind}\nmetadata: {name: a}\n${spec.replace('X', `{containers: [${container}]}`)}`;
    expect((await privileged({ 'a.yaml': text })).map((one) => one.split(' ')[0])).toEqual([
      `${kind}/a/app`,
    ]);
  });
  it('reads each pod of what makes several, and tells of each at its place', async () => {
    const text = `apiVersion: a.example/v1\nkind: Ring\nmetadata: {name: r}\nspec:\n  head:\n    template: {spec: {hostPID: true, containers: [${container}]}}\n  tail:\n    template: {spec: {hostPID: true, containers: [${container}]}}\n`;
    const { located } = await evaluated({ 'a.yaml': text });
    const lines = (id: string) =>
      located
        .filter(({ control, verdict }) => control.id === id && verdict.status === 'FAIL')
        .map(({ range }) => range.line);
    expect([lines('PL.CONTAINER.1'), lines('PL.CONTAINER.9')]).toEqual([
      [6, 8],
      [6, 8],
    ]);
  });
  it.each([
    [
      'a policy that shows how pods should be',
      'kyverno.io/v1',
      'spec: {rules: [{validate: {pattern: {spec: X}}}]}',
    ],
    [
      'parts that are merged into pods',
      'monitoring.coreos.com/v1',
      'spec: {containers: [{name: a}]}',
    ],
  ])('takes %s for no pod', async (_, apiVersion, spec) => {
    const text = `apiVersion: ${apiVersion}\nkind: Other\nmetadata: {name: a}\n${spec.replace('X', `{containers: [${container}]}`)}`;
    expect((await evaluated({ 'a.yaml': text })).located).toEqual([]);
  });
  it.each([
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: [{containers: []}]\n',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: {}}}}\n',
  ])('says that it evaluates no pod without containers: %s', async (text) => {
    const { warnings, unanswered } = await evaluated({ 'a.yaml': text });
    expect([unanswered, warnings[0]?.message]).toEqual([
      1,
      expect.stringMatching(
        /^a\.yaml:1: (Pod|Deployment)\/a names no container, and is not evaluated$/,
      ),
    ]);
  });
  it('says where a text is no YAML', async () => {
    await expect(
      evaluated({ 'a.yaml': 'apiVersion: v1\nkind: Pod\nspec: {a: ]}\n' }),
    ).rejects.toThrow(/^a\.yaml:3:\d+: /);
  });
});

describe('what has to be rendered', () => {
  const template =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n{{- if .Values.a }}\n{{- end }}\n';
  it('tells of a chart once', async () => {
    const { warnings, located, unanswered } = await evaluated({
      'web/Chart.yaml': 'apiVersion: v2\nname: web\n',
      'web/templates/pod.yaml': template,
      'web/templates/other.yaml': template,
    });
    expect([located.length, unanswered]).toEqual([0, 1]);
    expect(warnings.map(({ message }) => message)).toEqual([
      'web/Chart.yaml:1: it is not evaluated: Helm makes manifests of it. Evaluate those: helm template web | npx --no-install plumbline check -',
    ]);
  });
  it('tells of a template without its chart', async () => {
    const { unanswered, located } = await evaluated({ 'pod.yaml': template });
    expect([unanswered, located.length]).toEqual([1, 0]);
  });
  const rendered =
    'over/kustomization.yaml:1: it is not evaluated: Kustomize makes manifests of it. Evaluate those: kubectl kustomize over | npx --no-install plumbline check -';
  const passedOver =
    'over/patch.yaml:1: it is not evaluated: over/kustomization.yaml changes an object of another file by it';
  it.each([
    ['by its name', '{path: patch.yaml}', 'b'],
    ['by a selector', '{path: patch.yaml, target: {kind: Pod}}', 'a'],
  ])(
    'tells of a kustomization, and takes what changes another object %s for no object',
    async (_, patch, name) => {
      const { warnings, located } = await evaluated({
        'over/kustomization.yaml': `resources: [../base]\npatches: [${patch}]\n`,
        'over/patch.yaml': pod(name),
        'base/pod.yaml': pod('b'),
      });
      expect(warnings.map(({ message }) => message)).toEqual([rendered, passedOver]);
      expect(new Set(located.map(({ file }) => file))).toEqual(new Set(['base/pod.yaml']));
    },
  );
  it.each([
    ['of a name that no other file has', '{path: patch.yaml}'],
    ['of a kind that no other file has', '{path: patch.yaml, target: {kind: Deployment}}'],
  ])('evaluates a whole object that a kustomization calls a patch, %s', async (_, patch) => {
    const { warnings, located } = await evaluated({
      'over/kustomization.yaml': `patches: [${patch}]\n`,
      'over/patch.yaml': pod('a'),
      'base/job.yaml': pod('b').replace('kind: Pod', 'kind: Other'),
    });
    expect(warnings.map(({ message }) => message)).toContain(rendered);
    expect(new Set(located.map(({ file }) => file))).toContain('over/patch.yaml');
  });
});

describe('an exemption that stands with nothing', () => {
  const told = async (files: Readonly<Record<string, string>>) =>
    (await evaluated(files)).warnings.map(({ message }) =>
      message.replace(/: the exemption.*/, ''),
    );
  const comment = '# plumbline:exempt PL.CONTAINER.1 as it is\n';
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: a, image: a}\n';
  it('is told, with its line', async () => {
    expect(await told({ 'a.yaml': `${comment}\n---\n${pod}` })).toEqual(['a.yaml:1']);
    expect(
      await told({ 'a.yaml': `${pod}---\n${comment}apiVersion: v1\nkind: ServiceAccount\n` }),
    ).toEqual(['a.yaml:8']);
    const service = 'services:\n  a:\n    image: a:1\n';
    expect(await told({ 'compose.yaml': `${service}networks:\n  b: {} ${comment}` })).toEqual([
      'compose.yaml:5',
    ]);
  });
  it('is not, where it stands with something', async () => {
    expect(await told({ 'a.yaml': `${comment}${pod}` })).toEqual([]);
    expect(await told({ 'a.yaml': `${pod.trimEnd()} ${comment}` })).toEqual([]);
    expect(await told({ Dockerfile: `${comment}FROM a:1\n${comment}USER b\n` })).toEqual([]);
  });
});

describe('exemptions', () => {
  const two = (first: string, second: string, head = '') =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a${head}\nspec:\n  containers:\n    - name: x${first}\n      securityContext: {privileged: true}\n    - name: y${second}\n      securityContext: {privileged: true}\n`;
  const states = async (text: string) =>
    (await evaluated({ 'a.yaml': text })).located
      .filter(({ control }) => control.id === 'PL.CONTAINER.1')
      .map(({ name, exemption }) => `${name} ${exemption ? exemption.reason : 'open'}`);
  const comment = ' # plumbline:exempt PL.CONTAINER.1 as it is';
  it('count for a container where they stand in its lines', async () => {
    expect(await states(two(comment, ''))).toEqual(['Pod/a/x as it is', 'Pod/a/y open']);
    expect(await states(two('', comment))).toEqual(['Pod/a/x open', 'Pod/a/y as it is']);
  });
  it('count for the whole object where they stand in its head', async () => {
    expect(await states(two('', '', comment))).toEqual(['Pod/a/x as it is', 'Pod/a/y as it is']);
  });
  it('count by an annotation, also in JSON', async () => {
    const annotated = two(
      '',
      '',
      '\n  annotations:\n    plumbline/exempt: |\n      PL.CONTAINER.1 as it is\n      PL.CONTAINER.2\n',
    );
    expect(await states(annotated)).toEqual(['Pod/a/x as it is', 'Pod/a/y as it is']);
    const { warnings } = await evaluated({ 'a.yaml': annotated });
    expect(warnings.map(({ message }) => message)).toEqual([
      'a.yaml:1: the exemption of PL.CONTAINER.2 gives no reason, and does not count',
    ]);
  });
  it('that name no control are told', async () => {
    const { warnings } = await evaluated({
      'a.yaml': two(' # plumbline:exempt PL.CONTANER.1 as it is', ''),
    });
    expect(warnings.map(({ message }) => message)).toEqual([
      'a.yaml:7: the exemption of PL.CONTANER.1 does not count: there is no such control; did you mean PL.CONTAINER.1?',
    ]);
  });
  it('of one document say nothing about another', async () => {
    expect(
      await states(`${two('', '', comment)}---\n${two('', '').replace('name: a', 'name: b')}`),
    ).toEqual(['Pod/a/x as it is', 'Pod/a/y as it is', 'Pod/b/x open', 'Pod/b/y open']);
  });
});

describe('what is said of a finding', () => {
  it('never shows a secret', async () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: x, env: [{name: PASSWORD, value: hunter2hunter2}]}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: hunter2hunter2}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndata: {PASSWORD: hunter2hunter2}\n`;
    const { located } = await evaluated({ 'a.yaml': text });
    const failed = located.filter(
      ({ control, verdict }) =>
        verdict.status === 'FAIL' &&
        ['PL.CONTAINER.14', 'PL.K8S.29', 'PL.K8S.30'].includes(control.id),
    );
    expect(failed.map(({ isHidden }) => isHidden)).toEqual([true, true, true]);
    // What is read is no part of what is told.
    const told = located.map((one) => ({ ...one, source: '', subject: '', document: '' }));
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });
  it('shows no line that a secret stands on, whatever else is wrong there', async () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: x, env: [{name: PASSWORD, value: hunter2hunter2}], securityContext: {privileged: true}}\n  hostPID: true\n';
    const { located } = await evaluated({ 'a.yaml': text });
    const hidden = (id: string) =>
      located
        .filter(({ control, verdict }) => control.id === id && verdict.status === 'FAIL')
        .map(({ isHidden }) => isHidden);
    expect([hidden('PL.CONTAINER.1'), hidden('PL.CONTAINER.9')]).toEqual([[true], [undefined]]);
  });
  it.each([
    ['values', { data: { a: 'aHVudGVy' } }, {}],
    ['values to be written', { stringData: { a: 'hunter' } }, {}],
    ['an earlier form', {}, { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }],
  ])('shows no line with %s of a Secret of a cluster', async (_, more, annotations) => {
    const one = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { hostPID: true, containers: [{ name: 'app' }] },
    };
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', uid: '1', annotations },
    };
    const list = { apiVersion: 'v1', kind: 'List', items: [one, { ...secret, ...more }] };
    const hidden = async (text: string) =>
      (await evaluated({ 'a.json': text })).located
        .filter(({ control }) => control.id === 'PL.CONTAINER.9')
        .map(({ verdict, isHidden = false }) => [verdict.status, isHidden]);
    expect(await hidden(JSON.stringify(list))).toEqual([['FAIL', true]]);
    expect(await hidden(JSON.stringify(list, undefined, 2))).toEqual([['FAIL', false]]);
  });
  it('hides such a line also where the control is off, and where another secret stands first', async () => {
    const env = '{name: A_PASSWORD, value: hunter2hunter2}';
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: x, env: [${env},\n        ${env.replace('A_', 'B_')}], securityContext: {privileged: true}}\n`;
    for (const enabled of [true, false]) {
      const { located } = await evaluated({ 'a.yaml': text }, { 'PL.CONTAINER.14': { enabled } });
      const found = located.filter(({ control }) => control.id === 'PL.CONTAINER.1');
      expect(found.map(({ verdict, isHidden }) => [verdict.status, isHidden])).toEqual([
        ['FAIL', true],
      ]);
    }
  });
  it('says first what can be reached from outside', async () => {
    const service =
      '---\napiVersion: v1\nkind: Service\nmetadata: {name: front}\nspec: {type: LoadBalancer, selector: {app: web}}\n';
    const labelled = pod('a').replace('{name: a}', '{name: a, labels: {app: web}}');
    const { located } = await evaluated({
      'a.yaml': labelled,
      'b.yaml': service,
      'c.yaml': pod('b'),
    });
    const levels = new Map(located.map(({ name, priority }) => [name, priority]));
    expect(levels.get('Pod/a/app')).toEqual({
      level: 'high',
      why: 'reached from outside by the LoadBalancer front',
    });
    expect(levels.get('Pod/b/app')?.level).toBe('standard');
  });
  it('follows an Ingress to the pods', async () => {
    const rest =
      '---\napiVersion: v1\nkind: Service\nmetadata: {name: front}\nspec: {selector: {app: web}}\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: door}\nspec: {rules: [{http: {paths: [{backend: {service: {name: front}}}]}}]}\n';
    const labelled = pod('a').replace('{name: a}', '{name: a, labels: {app: web}}');
    const { located } = await evaluated({ 'a.yaml': labelled + rest });
    expect(located[0]?.priority.why).toBe('reached from outside by the Ingress door');
  });
});

it('evaluates what is turned on, and nothing else', async () => {
  expect(
    await verdictOn(pod('a'), 'PL.CONTAINER.1', { 'PL.CONTAINER.1': { enabled: false } }),
  ).toBe('nothing');
});
