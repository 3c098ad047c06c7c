import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNoTemplate, isOfKubernetes } from '../../lib/manifests/kubernetes/recognised.ts';
import { type Problem, sourceFile } from '../../lib/templates/files.ts';
import { evaluated, verdictOn } from './checking.ts';

const containers = 'containers: [{name: a, image: a}]';
const head = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n';

/** Texts that Kubernetes reads as a pod in the processes of its node. */
const pods: Readonly<Record<string, string>> = {
  'an anchor at a key': `&k apiVersion: v1\n!!str kind: Pod\nspec: {hostPID: true, ${containers}}`,
  'a key with escapes': `"api\\x56ersion": v1\n"k\\x69nd": Pod\nspec: {"host\\x50ID": true, ${containers}}`,
  'explicit keys': `? apiVersion\n: v1\n? kind\n: Pod\nspec: {hostPID: true, ${containers}}`,
  'an indented document': `  apiVersion: v1\n  kind: Pod\n  spec: {hostPID: true, ${containers}}`,
  'a document in braces': `--- {apiVersion: v1, kind: Pod, spec: {hostPID: true, ${containers}}}`,
  'a document behind an end': `a: 1\n...\n${head}spec: {hostPID: true, ${containers}}`,
  'a directive and tags': `%YAML 1.1\n--- !!map\n# a\napiVersion: v1\nkind: !Pod Pod\nspec: {hostPID: !y true, ${containers}}`,
  'a tag of nobody': `${head}spec: !x {hostPID: true, ${containers}}`,
  'an alias as a key': `apiVersion: v1\nkind: Pod\nmetadata: {name: &k hostPID}\nspec:\n  *k : true\n  ${containers}`,
  'a merge': `${head}x: &x {hostPID: true}\nspec: {<<: *x, ${containers}}`,
  'a merge of YAML 1.1': `%YAML 1.1\n---\n${head}x: &x {hostPID: true}\nspec: {<<: *x, ${containers}}`,
  'a merge by its tag': `${head}x: &x {hostPID: true}\nspec: {!!merge <<: *x, ${containers}}`,
  'a merge by its tag in quotes': `${head}x: &x {hostPID: true}\nspec: {!!merge "<<": *x, ${containers}}`,
  'a merge by its whole tag': `${head}x: &x {hostPID: true}\nspec: {!<tag:yaml.org,2002:merge> <<: *x, ${containers}}`,
  'a merge by a tag of its own handle': `%TAG !y! tag:yaml.org,2002:\n---\n${head}x: &x {hostPID: true}\nspec: {!y!merge <<: *x, ${containers}}`,
  'a line behind a comment that ends with CR': `${head}spec:\n  # a\r  hostPID: true\n  ${containers}\n`,
  'a line behind a comment that ends with NEL': `${head}spec:\n  # a\u0085  hostPID: true\n  ${containers}\n`,
  'a line behind a comment that ends with LS': `${head}spec:\n  # a\u2028  hostPID: true\n  ${containers}\n`,
  'a line behind a comment that ends with PS': `${head}spec:\n  # a\u2029  hostPID: true\n  ${containers}\n`,
  'a word of YAML 1.1': `${head}spec: {hostPID: on, ${containers}}`,
  'a comment of Helm': `# {{ include "x" . }}\n${head}spec: {hostPID: true, ${containers}}`,
  'a template of Vault in an annotation': `apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {b: '{{ with secret "c" }}{{ end }}'}}\nspec: {hostPID: true, ${containers}}`,
  'a template of Helm that a ConfigMap carries': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  b: "{{ .Values.c }}"\n---\n${head}spec: {hostPID: true, ${containers}}`,
  'a template of AWS that an object carries': `${head}x: |\n  Resources: {A: {Type: "AWS::S3::Bucket"}}\nspec: {hostPID: true, ${containers}}`,
};

describe('whether a text is of Kubernetes is told without waiting', () => {
  it.each([
    ['one long anchor', `&${'#'.repeat(200_000)}\\`, false],
    ['a text of escapes', `a: 1\n"${'\\'.repeat(200_000)}`, false],
    ['a key that stands far in', `${' '.repeat(70_000)}apiVersion: v1 # kind`, false],
    [
      'keys that stand far in',
      ['apiVersion: v1', 'kind: Pod'].map((one) => `${' '.repeat(70_000)}${one}\n`).join(''),
      true,
    ],
  ])('of %s', (_, text, is) => {
    const started = process.cpuUsage();
    expect(isOfKubernetes('a.yaml', text)).toBe(is);
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});

describe('a pod is found and fails', () => {
  it.each(Object.entries(pods))('with %s', async (what, text) => {
    expect(isOfKubernetes('a.yaml', text)).toBe(true);
    // In braces a template can have such keys anywhere.
    expect(isNoTemplate(text)).toBe(what !== 'a document in braces');
    expect(await verdictOn(text, 'PL.CONTAINER.9')).toBe('FAIL');
  });
  it('with a rest of Helm in another document, which is told', async () => {
    const other = `---\n${head}spec: {containers: [{name: a, image: "{{ .Values.image }}"}]}`;
    const { located, warnings } = await evaluated({ 'a.yaml': `${pods['a merge']}\n${other}` });
    expect(
      located.some(
        ({ control: { id }, verdict }) => id === 'PL.CONTAINER.9' && verdict.status === 'FAIL',
      ),
    ).toBe(true);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a\.yaml:7: it is not evaluated: Helm/),
    ]);
  });
  it.each(['utf16le', 'big', 'utf8'])('in %s with a mark of the order of bytes', async (how) => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-disguises-'));
    try {
      const text = `\uFEFF${head}spec: {hostPID: true, ${containers}}\n`;
      const bytes = Buffer.from(text, how === 'utf8' ? 'utf8' : 'utf16le');
      await writeFile(join(folder, 'a.yaml'), how === 'big' ? bytes.swap16() : bytes);
      const read = await sourceFile({ path: join(folder, 'a.yaml'), isNamed: true }, []);
      expect(await verdictOn(read?.text ?? '', 'PL.CONTAINER.9')).toBe('FAIL');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

it.each(['utf16le', 'big'])('UTF-16 without a mark is told by its name: %s', async (how) => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-disguises-'));
  try {
    const wide = (text: string) => {
      const bytes = Buffer.from(text, 'utf16le');
      return how === 'big' ? bytes.swap16() : bytes;
    };
    const [file, other] = [join(folder, 'a.yaml'), join(folder, 'b.json')];
    await writeFile(file, wide('Resources: {A: {Type: AWS::S3::Bucket}}\n'));
    await writeFile(other, wide('{"settings": 1}\n'));
    const why = 'it is UTF-16 without a byte order mark: save it as UTF-8';
    const told = async (path: string, isNamed: boolean) => {
      const problems: Problem[] = [];
      expect(await sourceFile({ path, isNamed }, problems)).toBeUndefined();
      return problems.map(({ message }) => message);
    };
    expect(await told(file, true)).toEqual([`${file}: ${why}`]);
    expect(await told(file, false)).toEqual([`${file}: ${why}`]);
    expect(await told(other, true)).toEqual([`${other}: ${why}`]);
    // Of a folder what is no template is passed over.
    expect(await told(other, false)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('a setting that a merge would bring', () => {
  it('is not there where something else, or nothing, is written beside it', async () => {
    const pod = (context: string) =>
      `${head}x: &x {runAsNonRoot: true}\nspec: {containers: [{name: a, image: a, securityContext: {${context}}}]}`;
    expect(await verdictOn(pod('<<: *x'), 'PL.K8S.11')).toBe('PASS');
    expect(await verdictOn(pod('<<: *x, runAsNonRoot: false'), 'PL.K8S.11')).toBe('FAIL');
    expect(await verdictOn(pod('"<<": *x'), 'PL.K8S.11')).toBe('FAIL');
    expect(await verdictOn(pod('!!str <<: *x'), 'PL.K8S.11')).toBe('FAIL');
    expect(await verdictOn(pod('!a <<: *x'), 'PL.K8S.11')).toBe('FAIL');
    const alias = `${head}x: &x {runAsNonRoot: true}\nn: &k <<\nspec: {containers: [{name: a, image: a, securityContext: {*k : *x}}]}`;
    expect(await verdictOn(alias, 'PL.K8S.11')).toBe('FAIL');
  });
  it.each(['runAsNonRoot: null, <<: *x', 'runAsNonRoot: false, <<: *x', '<<: *y, <<: *x'])(
    'is refused where it stands above with another value, which kubectl reads otherwise than others: %s',
    async (context) => {
      const text = `${head}x: &x {runAsNonRoot: true}\ny: &y {runAsNonRoot: false}\nspec: {containers: [{name: a, image: a, securityContext: {${context}}}]}`;
      await expect(evaluated({ 'a.yaml': text })).rejects.toThrow(
        /^a\.yaml:6:\d+: (?:what is merged here brings "runAsNonRoot"|a duplicate key)/,
      );
    },
  );
  it('is taken where it stands above with the same value', async () => {
    const text = `${head}x: &x {hostPID: true}\nspec: {hostPID: true, <<: *x, ${containers}}`;
    expect(await verdictOn(text, 'PL.CONTAINER.9')).toBe('FAIL');
  });
});

it('a key that stands twice, once as an alias, is refused', async () => {
  const text = `${head}x: &k hostPID\nspec: {hostPID: false, *k : true, ${containers}}`;
  await expect(evaluated({ 'a.yaml': text })).rejects.toThrow('a duplicate key');
});

/** What compose starts with more rights than it seems. */
const services: Readonly<Record<string, readonly [string, string, string?]>> = {
  'a line behind a comment that ends with NEL': ['# a\u0085    privileged: true', 'PL.CONTAINER.1'],
  'a merge by its tag': ['!!merge <<: *x', 'PL.CONTAINER.1'],
  'a tag of nobody': ['privileged: !x true', 'PL.CONTAINER.1'],
  'a boolean as text': ['privileged: "true"', 'PL.CONTAINER.1'],
  'a base in binary': ['volumes: [!!binary L3Zhci9ydW4vZG9ja2VyLnNvY2s6L3M=]', 'PL.CONTAINER.10'],
  'an override of nothing': ['volumes: !override ["/var/run/docker.sock:/s"]', 'PL.CONTAINER.10'],
  'an override in a volume': [
    'volumes: ["sock:/s"]',
    'PL.CONTAINER.10',
    'volumes: {sock: !override {driver_opts: {type: none, o: bind, device: /var/run/docker.sock}}}',
  ],
  'rights while it is built': [
    'build: {context: ., entitlements: [security.insecure]}',
    'PL.CONTAINER.1',
  ],
  'the network of the host while it is built': [
    'build: {context: ., network: host}',
    'PL.CONTAINER.9',
  ],
  'an anchor of an extension': ['<<: *x', 'PL.CONTAINER.1', 'x-y: &z {privileged: true}'],
  'a profile': ['profiles: [dev], privileged: true', 'PL.CONTAINER.1'],
  'an API of Docker as a secret': [
    'secrets: [s]',
    'PL.CONTAINER.10',
    'secrets: {s: {file: /var/run/docker.sock}}',
  ],
};
describe('a service of compose fails', () => {
  it.each(Object.entries(services))('with %s', async (_, [said, control, more = '']) => {
    const anchors = 'x-x: &x {privileged: true}\n';
    const text = `${anchors}services:\n  a: {image: "a:1", ${said}}\n${more}\n`;
    expect(await verdictOn(text, control, {}, 'compose.yaml')).toBe('FAIL');
  });
  it('with a tag before all services, and before one', async () => {
    for (const text of [
      'services: !override\n  a: {image: "a:1", privileged: true}\n',
      'services:\n  a: !override {image: "a:1", privileged: true}\n',
    ])
      expect(await verdictOn(text, 'PL.CONTAINER.1', {}, 'compose.yaml')).toBe('FAIL');
  });
  it('in a document below the first, which compose merges over it', async () => {
    const web = 'services:\n  a: {image: "a:1", networks: [n]}\nnetworks: {n: {internal: true}}\n';
    const of = async (below: string, control: string) => {
      const { located, warnings } = await evaluated({ 'compose.yaml': `${web}---\n${below}\n` });
      expect(warnings).toEqual([]);
      const found = located.find((one) => one.control.id === control && one.name === 'service/a');
      return [found?.verdict.status, found?.range.line];
    };
    expect(await of('services: {a: {privileged: true}}', 'PL.CONTAINER.1')).toEqual(['FAIL', 2]);
    expect(await of('services: {b: {image: c}}', 'PL.CONTAINER.1')).toEqual(['PASS', 2]);
    expect(await of('services: {a: {read_only: true}}', 'PL.CONTAINER.7')).toEqual(['PASS', 2]);
    expect(await of('networks: {n: {internal: false}}', 'PL.COMPOSE.3')).toEqual(['FAIL', 2]);
  });
  it.each([
    ['compose.yaml', 'docker-compose.override.yml'],
    ['docker-compose.yaml', 'compose.override.yaml'],
    ['compose.yml', 'compose.override.yaml'],
  ])('where %s has %s beside it', async (file, over) => {
    const { located } = await evaluated({
      [file]: 'services: {a: {image: "a:1"}}\n',
      [over]: 'services: {a: {privileged: true}}\n',
    });
    const found = located.filter(({ control }) => control.id === 'PL.CONTAINER.1');
    expect(found.map(({ verdict }) => verdict.status)).toEqual(['FAIL']);
  });
  it('where an override takes away what is below it', async () => {
    const of = async (over: string) => {
      const files = {
        'compose.yaml': 'services:\n  a: {image: "a:1", read_only: true}\n',
        'compose.override.yaml': `services:\n  a: ${over}\n`,
      };
      const { located } = await evaluated(files);
      return located.find(({ control }) => control.id === 'PL.CONTAINER.7')?.verdict.status;
    };
    expect(await of('{environment: {B: c}}')).toBe('PASS');
    expect(await of('{read_only: !reset null}')).toBe('FAIL');
    expect(await of('!override {image: "a:2"}')).toBe('FAIL');
  });
});

describe('a password with a dollar', () => {
  const inCompose = (value: string) =>
    `services:\n  a:\n    image: a:1\n    environment:\n      PASSWORD: ${value}\n`;
  const inPod = (value: string) =>
    `${head}spec: {containers: [{name: a, image: a, env: [{name: PASSWORD, value: ${value}}]}]}`;
  it.each([
    ['a variable in compose', inCompose('Pa$sword1'), 'compose.yaml', 'PL.CONTAINER.14', 'PASS'],
    ['a dollar in compose', inCompose('Pa$$sword1'), 'compose.yaml', 'PL.CONTAINER.14', 'FAIL'],
    ['a dollar in Kubernetes', inPod('Pa$sword1'), 'a.yaml', 'PL.CONTAINER.14', 'FAIL'],
    ['a variable in Kubernetes', inPod('$(OTHER)'), 'a.yaml', 'PL.CONTAINER.14', 'PASS'],
    [
      'a dollar in a Secret',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: Pa$sword1}',
      'a.yaml',
      'PL.K8S.29',
      'FAIL',
    ],
    [
      'a variable in a Dockerfile',
      'FROM a:1\nENV PASSWORD=Pa$sword1',
      'Dockerfile',
      'PL.DOCKER.5',
      'PASS',
    ],
    [
      'a dollar in a Dockerfile',
      "FROM a:1\nENV PASSWORD='Pa$sword1'",
      'Dockerfile',
      'PL.DOCKER.5',
      'FAIL',
    ],
  ])('is %s', async (_, text, path, control, verdict) => {
    expect(await verdictOn(text, control, {}, path)).toBe(verdict);
  });
});

/** Services that get what no container should, however it is spelled. */
const spelled: Readonly<
  Record<string, readonly [control: string, verdict: string, said: string, rest?: string]>
> = {
  'a list that is one text': ['PL.CONTAINER.4', 'FAIL', 'cap_add: SYS_ADMIN'],
  'a capability with a space': ['PL.CONTAINER.4', 'FAIL', 'cap_add: [" cap_sys_admin"]'],
  'options that are a mapping': ['PL.CONTAINER.8', 'FAIL', 'security_opt: {seccomp: unconfined}'],
  'an option that is one text': ['PL.CONTAINER.8', 'FAIL', 'security_opt: seccomp=unconfined'],
  'a type of the host': [
    'PL.CONTAINER.8',
    'FAIL',
    'security_opt: ["label:type:container_runtime_t"]',
  ],
  'a type of its own': ['PL.CONTAINER.8', 'PASS', 'security_opt: ["label:type:my_app.process"]'],
  'privileges by a word that may mean yes': ['PL.CONTAINER.1', 'UNKNOWN', 'privileged: "T"'],
  'privileges by a number': ['PL.CONTAINER.1', 'UNKNOWN', 'privileged: 1'],
  'the processes of another container': ['PL.CONTAINER.9', 'UNKNOWN', 'pid: "container:other"'],
  'the default network, which is the host’s': [
    'PL.CONTAINER.9',
    'FAIL',
    'stdin_open: true',
    'networks: {default: {name: host, external: true}}',
  ],
  'a network with the driver host': [
    'PL.CONTAINER.9',
    'FAIL',
    'networks: [n]',
    'networks: {n: {driver: host}}',
  ],
  'a socket by another name': [
    'PL.CONTAINER.10',
    'FAIL',
    'volumes: ["./link:/var/run/docker.sock"]',
  ],
  'the network of a service that has that of the host': [
    'PL.CONTAINER.9',
    'FAIL',
    'network_mode: "service:b"\n  b:\n    image: b:1\n    network_mode: "service:c"\n  c:\n    image: c:1\n    network_mode: host',
  ],
  'the processes of a service that has its own': [
    'PL.CONTAINER.9',
    'PASS',
    'pid: "service:b"\n  b:\n    image: b:1',
  ],
  'the processes of a service that there is not': ['PL.CONTAINER.9', 'UNKNOWN', 'pid: "service:b"'],
  'the network of the host for what builds its image': [
    'PL.CONTAINER.9',
    'FAIL',
    'build: {context: ., entitlements: [network.host]}',
  ],
  'a folder below another one': [
    'PL.CONTAINER.10',
    'FAIL',
    'volumes: ["n:/x"]',
    'volumes: {n: {driver_opts: {type: overlay, device: overlay, o: "lowerdir=/etc,upperdir=/u,workdir=/w"}}}',
  ],
  'a folder by another driver': [
    'PL.CONTAINER.10',
    'FAIL',
    'volumes: ["n:/x"]',
    'volumes: {n: {driver: local-persist, driver_opts: {mountpoint: /etc}}}',
  ],
  'the group of Docker': ['PL.CONTAINER.6', 'FAIL', 'user: app\n    group_add: docker'],
  'a group that only whoever starts it knows': [
    'PL.CONTAINER.6',
    'UNKNOWN',
    'user: app\n    group_add: ["${GROUP}"]',
  ],
  'the runtime of its host by a name that it gives it': [
    'PL.CONTAINER.10',
    'FAIL',
    'environment: ["DOCKER_HOST=tcp://far:2375"]\n    extra_hosts: ["far:host-gateway"]',
  ],
  'a runtime that only whoever starts it knows': [
    'PL.CONTAINER.10',
    'UNKNOWN',
    'environment: [DOCKER_HOST]',
  ],
  'a runtime by its default': [
    'PL.CONTAINER.10',
    'FAIL',
    'environment: {DOCKER_HOST: "${DOCKER_HOST:-tcp://host.docker.internal:2375}"}',
  ],
  'a runtime that an argument names': [
    'PL.CONTAINER.10',
    'FAIL',
    'command: --providers.docker.endpoint=tcp://172.18.0.1:2375',
  ],
  'a mount that is one text': ['PL.CONTAINER.10', 'FAIL', 'volumes: "/etc:/x"'],
  'a mount that is a mapping': ['PL.CONTAINER.10', 'FAIL', 'volumes: {/etc: /x}'],
  'a mount in capitals': [
    'PL.CONTAINER.10',
    'FAIL',
    'volumes: [{type: BIND, source: /run, target: /x}]',
  ],
  'root by a number of sixteen': ['PL.CONTAINER.6', 'FAIL', 'user: "0x0"'],
  'a program of root after the start': [
    'PL.CONTAINER.6',
    'FAIL',
    'user: app\n    post_start: [{command: a, user: root}]',
  ],
  'the same of another user': [
    'PL.CONTAINER.6',
    'PASS',
    'user: app\n    post_start: [{command: a, user: app}]',
  ],
};
/** Dockerfiles whose user has the number of root, or has not. */
const numbered: Readonly<Record<string, readonly [verdict: string, step: string]>> = {
  'useradd -o -u 0 app': ['FAIL', 'useradd -o -u 0 app'],
  'useradd -ou0 app, before others': ['FAIL', 'useradd -ou0 app && true'],
  'adduser --uid=0': ['FAIL', 'adduser --disabled-password --uid=0 app'],
  'usermod --uid 0': ['FAIL', 'useradd app; usermod -o --uid 0 app'],
  'a user before the number': ['FAIL', 'usermod app -o -u 0'],
  'a user before another option': ['FAIL', 'useradd --non-unique --uid 0 app -s /bin/sh'],
  'a line of passwd': ['FAIL', "echo 'app:x:0:0::/:/bin/sh' >> /etc/passwd"],
  'another number': ['PASS', 'useradd -u 1000 app'],
  'a number that begins with nought': ['PASS', 'useradd -u 01000 app'],
  'another user': ['PASS', 'useradd -o -u 0 other && useradd app'],
  'a line with another number': ['PASS', "echo 'app:x:1000:0::/:/bin/sh' >> /etc/passwd"],
};
describe('what no container should have', () => {
  it.each(Object.entries(spelled))('%s', async (_, [control, verdict, said, rest = '']) => {
    const text = `services:\n  a:\n    image: a:1\n    ${said}\n${rest}\n`;
    expect(await verdictOn(text, control, {}, 'compose.yaml')).toBe(verdict);
  });
  it('is found where it is mounted as the socket of a runtime', async () => {
    const text = `${head}spec:
  volumes: [{name: s, hostPath: {path: /srv/link}}]
  containers: [{name: a, image: a, volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]}]`;
    expect(await verdictOn(text, 'PL.CONTAINER.10')).toBe('FAIL');
  });
  it.each(Object.entries(numbered))('a user of root: %s', async (_, [verdict, step]) => {
    const text = `FROM a:1\nRUN ${step}\nUSER app\n`;
    expect(await verdictOn(text, 'PL.DOCKER.1', {}, 'Dockerfile')).toBe(verdict);
  });
  it.each([
    ['PL.CONTAINER.1', '', 'securityContext: {privileged: "T"}'],
    ['PL.CONTAINER.9', 'hostPID: "1", ', ''],
    ['PL.CONTAINER.9', 'hostPID: [true], ', ''],
    ['PL.K8S.1', '', 'securityContext: {windowsOptions: {hostProcess: "1"}}'],
  ])('%s of a word that is no boolean', async (control, ofPod, ofContainer) => {
    const text = `${head}spec: {${ofPod}containers: [{name: a, image: a, ${ofContainer}}]}`;
    expect(await verdictOn(text, control)).toBe('UNKNOWN');
  });
});

it.each([
  ['a user who is made again and again', 'useradd -u 0 '.repeat(1000)],
  ['numbers of root', `useradd${' -u 0'.repeat(10_000)} @`],
  ['entries for nobody', ' a:x:0:0:'.repeat(10_000)],
])('a script of %s is read without waiting', async (_, script) => {
  const started = process.cpuUsage();
  await verdictOn(
    `FROM debian:12\nRUN ${script}\nUSER app\n`,
    'PL.DOCKER.1',
    undefined,
    'Dockerfile',
  );
  expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
});
