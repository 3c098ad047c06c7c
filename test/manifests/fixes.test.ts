import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixManifests } from '../../lib/manifests/fix/fix-manifests.ts';
import type { LocatedInManifest, Run } from '../../lib/manifests/fix/run.ts';
import { writeFixed } from '../../lib/templates/edit/fixed-file.ts';
import { evaluated, fixed } from './checking.ts';

const one = async (text: string, ids: readonly string[], isProposed = false, file = 'a.yaml') => {
  const { texts, left } = await fixed({ [file]: text }, { controls: ids, isProposed });
  return { text: texts[file], left };
};
const pod = (more: string, name = 'a') =>
  `apiVersion: v1\nkind: Pod # the pod\nmetadata: { name: ${name} }\nspec:\n  containers:\n    - name: app   # it serves\n      image: web:1\n${more}`;
const rights = ['PL.CONTAINER.2', 'PL.CONTAINER.3', 'PL.K8S.9', 'PL.K8S.14'];

describe('a manifest of Kubernetes', () => {
  it('gets what is missing, and keeps the rest byte for byte', async () => {
    const { text, left } = await one(pod('      args: [ "a",  b ]\n'), rights);
    expect(left).toEqual([]);
    expect(text).toBe(
      `apiVersion: v1\nkind: Pod # the pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: app   # it serves\n      image: web:1\n      args: [ "a",  b ]\n      securityContext:\n        allowPrivilegeEscalation: false\n        capabilities:\n          drop:\n            - ALL\n  automountServiceAccountToken: false\n  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n`,
    );
  });
  it('gets it in the document that it is asked of, with the ends of lines of Windows', async () => {
    const whole = `# first\n${pod('      securityContext: {privileged: false, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}\n')}---\n${pod('', 'b')}`;
    const { text } = await one(whole.replaceAll('\n', '\r\n'), ['PL.CONTAINER.2']);
    expect(text).toBe(
      `${whole}      securityContext:\n        allowPrivilegeEscalation: false\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    );
  });
  it('gets it in a list of JSON, as kubectl prints it', async () => {
    const object = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { containers: [{ name: 'app', image: 'web:1' }] },
    });
    const list = { apiVersion: 'v1', kind: 'List', items: [object('a'), object('b')] };
    const { text = '' } = await one(
      JSON.stringify(list, undefined, 4),
      ['PL.K8S.14'],
      false,
      'a.json',
    );
    const wanted = list.items.map((item) => ({
      ...item,
      spec: { ...item.spec, automountServiceAccountToken: false },
    }));
    expect(text).toBe(JSON.stringify({ ...list, items: wanted }, undefined, 4));
  });
  it('stays as it is where an anchor gives it to somebody else too', async () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: a, image: "a:1", securityContext: &both {privileged: false}}\n    - {name: b, image: "a:1", securityContext: *both}\n`;
    const made = await one(text, ['PL.CONTAINER.2']);
    expect([made.text, made.left]).toEqual([
      text,
      [
        'PL.CONTAINER.2 Pod/a/a: it cannot be changed without changing something else',
        'PL.CONTAINER.2 Pod/a/b: an anchor elsewhere gives it',
      ],
    ]);
  });
  it('gets a setting beside a merge key, which counts before it', async () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nx: &no {privileged: false}\nspec:\n  containers:\n    - name: a\n      image: a:1\n      securityContext:\n        <<: *no\n`;
    const made = await one(text, ['PL.CONTAINER.2']);
    expect(made.text).toBe(`${text}        allowPrivilegeEscalation: false\n`);
  });
  it('is put right where others can be, and not where one cannot', async () => {
    const files = `${pod('      securityContext: {capabilities: {add: [SYS_ADMIN]}}\n')}---\n${pod('', 'b')}`;
    const made = await one(files, ['PL.CONTAINER.2']);
    expect(made.left).toEqual(['PL.CONTAINER.2 Pod/a/app: with the change it is still FAIL']);
    expect(made.text).toBe(
      `${files}      securityContext:\n        allowPrivilegeEscalation: false\n`,
    );
  });
  it.each([
    ['PL.CONTAINER.1', 'privileged: true', 'privileged: false'],
    ['PL.CONTAINER.2', 'allowPrivilegeEscalation: true', 'allowPrivilegeEscalation: false'],
    ['PL.CONTAINER.4', 'capabilities: {add: [CHOWN, SYS_ADMIN]}', 'capabilities: {add: [CHOWN]}'],
    [
      'PL.CONTAINER.8',
      'seccompProfile: {type: Unconfined}',
      'seccompProfile: {type: RuntimeDefault}',
    ],
    ['PL.K8S.9', 'seccompProfile: {type: Unconfined}', 'seccompProfile: {type: RuntimeDefault}'],
    ['PL.K8S.7', 'runAsUser: 7, procMount: Unmasked', 'runAsUser: 7'],
  ])('%s takes back what somebody wrote, %s, only where a person says so', async (id, was, is) => {
    const text = pod(`      securityContext: {${was}}\n`);
    const unasked = await one(text, [id]);
    expect(unasked.text).toBe(text);
    expect(unasked.left[0]).toContain('it is for a person to say: somebody set it');
    const { text: made, left } = await one(text, [id], true);
    expect(left).toEqual([]);
    expect(made).toBe(pod(`      securityContext: {${is}}\n`));
  });
  it.each([
    ['PL.CONTAINER.6', 'only you know a user'],
    ['PL.CONTAINER.7', 'only you know where it writes'],
    [
      'PL.CONTAINER.11',
      'only you know what it uses: resources.limits.memory: <limit>, resources.limits.cpu: <limit>',
    ],
    ['PL.K8S.12', 'only you know a user'],
    [
      'PL.K8S.13',
      'only you know what it usually takes: requests.memory: <amount>, requests.cpu: <amount>',
    ],
    ['PL.CONTAINER.15', "it is a person's work: "],
  ])('%s guesses nothing, also where proposals are asked for', async (id, why) => {
    const text = pod('');
    const made = await one(text, [id], true);
    expect(made.text).toBe(text);
    expect(made.left).toEqual([expect.stringContaining(why)]);
  });
  it('is held to a user other than root where its number is known, and else by a person', async () => {
    const known = pod('      securityContext:\n        runAsUser: 7\n');
    expect((await one(known, ['PL.K8S.11'])).text).toBe(`${known}        runAsNonRoot: true\n`);
    expect((await one(pod(''), ['PL.K8S.11'])).left[0]).toContain('it is for a person to say');
  });
  it('keeps the token of a pod with a service account of its own', async () => {
    const text = `${pod('')}  serviceAccountName: web\n`;
    expect((await one(text, ['PL.K8S.14'])).left[0]).toContain('it has the service account web');
  });
});

const service = (more: string, rest = '') =>
  `services:\n  web:\n    image: app:1 # ours\n${more}${rest}`;
describe('a file of compose', () => {
  it('gets what is missing', async () => {
    const { text, left } = await one(
      service('    networks: [inside]\n', 'networks:\n  inside: {}\n'),
      ['PL.CONTAINER.2', 'PL.CONTAINER.3', 'PL.COMPOSE.2', 'PL.COMPOSE.3'],
      false,
      'compose.yaml',
    );
    expect(left).toEqual([]);
    expect(text).toBe(
      service(
        `    networks: [inside]\n    logging:\n      driver: json-file\n      options:\n        max-size: 10m\n        max-file: '3'\n    security_opt:\n      - no-new-privileges:true\n    cap_drop:\n      - ALL\n`,
        'networks:\n  inside: { internal: true }\n',
      ),
    );
  });
  it('gets a default network that leads nowhere', async () => {
    const text = service('');
    const made = await one(text, ['PL.COMPOSE.3'], false, 'compose.yaml');
    expect(made.text).toBe(`${text}networks:\n  default:\n    internal: true\n`);
  });
  it('keeps a network that something is reached through', async () => {
    const text = service('', '  front: {image: "nginx:1", ports: ["80:80"]}\n');
    const made = await one(text, ['PL.COMPOSE.3'], true, 'compose.yaml');
    expect([made.text, made.left]).toEqual([
      text,
      ['PL.COMPOSE.3 service/web: front publishes ports from the network default'],
    ]);
  });
  it.each([
    ['"8080:80"', '127.0.0.1:8080:80'],
    ['8080:80/udp', '127.0.0.1:8080:80/udp'],
    ['80', '127.0.0.1::80'],
    ['"0.0.0.0:8080:80"', '127.0.0.1:8080:80'],
    ['{target: 80, published: 80}', '{target: 80, published: 80, host_ip: 127.0.0.1}'],
  ])('publishes %s to the host alone where a person says so', async (was, is) => {
    const text = service(`    ports: [ ${was} ]\n`);
    const made = await one(text, ['PL.COMPOSE.4'], true, 'compose.yaml');
    expect(made.left).toEqual([]);
    expect(made.text?.replaceAll(/['"]/g, '')).toBe(service(`    ports: [ ${is} ]\n`));
  });
  it('writes beside what it extends, whose other services stay as they are', async () => {
    const files = {
      'compose.yaml':
        'services:\n  web:\n    extends: { file: base.yaml, service: base }\n    image: a:1\n',
      'base.yaml': 'services:\n  base:\n    image: b:1\n    cap_drop: [NET_RAW]\n',
    };
    const { texts } = await fixed(files, { controls: ['PL.CONTAINER.3'] });
    expect(texts).toEqual({
      'compose.yaml': `${files['compose.yaml']}    cap_drop:\n      - ALL\n`,
      'base.yaml': files['base.yaml'].replace('[NET_RAW]', '[NET_RAW, ALL]'),
    });
  });
});

describe('a Dockerfile', () => {
  const docker = (text: string, ids: readonly string[]) => one(text, ids, false, 'Dockerfile');
  it.each([
    ['ADD --chown=1:1 a b/ # c\n', 'COPY --chown=1:1 a b/ # c\n'],
    ['add . /app\r\nUSER 1\r\n', 'COPY . /app\r\nUSER 1\r\n'],
  ])('copies what it added: %s', async (was, is) => {
    expect((await docker(`FROM a:1\n${was}`, ['PL.DOCKER.4'])).text).toBe(`FROM a:1\n${is}`);
  });
  it.each([
    'ADD a.tar.gz /',
    'ADD https://a.example/b /',
    'ADD *.conf /',
    'ADD --keep-git-dir=true a b',
  ])('leaves what is more than a copy: %s', async (line) => {
    const text = `FROM a:1\n${line}\n`;
    const made = await docker(text, ['PL.DOCKER.4']);
    expect([made.text, made.left.length]).toEqual([text, 1]);
  });
  it.each([
    ['RUN apk add curl=1', 'RUN apk add --no-cache curl=1'],
    [
      'RUN pip install a==1 && pip3 install b==1',
      'RUN pip install --no-cache-dir a==1 && pip3 install --no-cache-dir b==1',
    ],
    [
      'RUN apt-get update && apt-get install -y curl=1',
      'RUN apt-get update && apt-get install -y curl=1 && rm -rf /var/lib/apt/lists/*',
    ],
    [
      'RUN apt-get update \\\n    && apt-get install -y curl=1',
      'RUN apt-get update \\\n    && apt-get install -y curl=1 \\\n    && rm -rf /var/lib/apt/lists/*',
    ],
    ['RUN dnf install -y a-1', 'RUN dnf install -y a-1 && dnf clean all'],
  ])('leaves no cache: %s', async (was, is) => {
    expect(await docker(`FROM a:1\n${was}\nUSER 1\n`, ['PL.DOCKER.7'])).toEqual({
      text: `FROM a:1\n${is}\nUSER 1\n`,
      left: [],
    });
  });
  it.each([
    'RUN apt-get install -y a=1 # why',
    'RUN ["apt-get", "install", "a=1"]',
    'RUN <<E\napt-get install a=1\nE',
  ])('leaves what it cannot continue: %s', async (line) => {
    const text = `FROM a:1\n${line}\n`;
    expect((await docker(text, ['PL.DOCKER.7'])).text).toBe(text);
  });
  it('names no user by itself', async () => {
    const text = 'FROM debian:12\n';
    const made = await docker(text, ['PL.DOCKER.1']);
    expect([made.text, made.left.length]).toEqual([text, 1]);
  });
});

it('tells of what is not known any more that it stays', async () => {
  const text = pod('');
  const { located } = await evaluated({ 'a.yaml': text });
  const found = ['PL.K8S.14', 'PL.CONTAINER.2'].flatMap((id) =>
    located.filter((one): one is LocatedInManifest => 'subject' in one && one.control.id === id),
  );
  let now = text;
  const after = found.map(
    (one): LocatedInManifest =>
      one.control.id === 'PL.K8S.14'
        ? { ...one, verdict: { status: 'PASS' }, repair: () => undefined }
        : { ...one, verdict: { status: 'UNKNOWN', reason: 'a' }, repair: () => undefined },
  );
  const run: Run = {
    verdictsOn: () => (now === text ? found : after),
    async put(_, next) {
      now = next;
    },
    textOf: () => now,
    edited: async () => `${text}  automountServiceAccountToken: false\n`,
  };
  const [made] = await fixManifests(run, found, false);
  expect(made?.fixed.map(({ checked }) => checked.control.id)).toEqual(['PL.K8S.14']);
  expect(made?.left.map(({ checked, why }) => `${checked.control.id}: ${why}`)).toEqual([
    'PL.CONTAINER.2: with the other changes it is UNKNOWN: a',
  ]);
});

it('makes nothing worse in any file, and what it shows passes', async () => {
  const files = {
    'a.yaml': `${pod('')}---\n${pod('      securityContext: {privileged: true}\n', 'b')}`,
    'compose.yaml': service('', '  db: {image: "redis:7", ports: [6379]}\n'),
    Dockerfile: 'FROM debian:12\nADD a b\nRUN apt-get install -y a=1\n',
  };
  const keys = async (all: Readonly<Record<string, string>>) =>
    new Map(
      (await evaluated(all)).located.map(({ control, file, name, verdict }) => [
        `${control.id} ${file} ${name}`,
        verdict.status,
      ]),
    );
  const before = await keys(files);
  const { texts, fixed: ids } = await fixed(files, { isProposed: true });
  const after = await keys(texts);
  expect(ids.length).toBeGreaterThan(10);
  const changed = [...before].filter(([key, status]) => after.get(key) !== status);
  const passing = changed.filter(([key]) => after.get(key) === 'PASS');
  expect(passing).toEqual(changed);
  expect(passing.filter(([, status]) => status === 'FAIL')).toHaveLength(ids.length);
});

it('leaves a file that is no UTF-8 as it is, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-fixed-'));
  try {
    const file = join(folder, 'a.yaml');
    const bytes = Buffer.from('\uFEFFa: 1\n', 'utf16le');
    writeFileSync(file, bytes);
    const written = writeFixed({ file, before: 'a: 1\n', after: 'a: 2\n', fixed: [], left: [] }, [
      file,
    ]);
    await expect(written).rejects.toThrow(/is no UTF-8: save it as UTF-8$/);
    expect(readFileSync(file)).toEqual(bytes);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
