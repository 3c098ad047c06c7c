import fc from 'fast-check';
import { isOfKubernetes } from '../../lib/manifests/kubernetes/recognised.ts';
import { UserError } from '../../lib/support/user-error.ts';
import { readDocument } from '../../lib/templates/document/read-document.ts';
import { extent } from '../extent.ts';
import { evaluated } from './checking.ts';

const manifest = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        namespace: 'shop',
        labels: { app: 'web' },
        annotations: { 'plumbline/exempt': 'PL.CONTAINER.7 as it is' },
      },
      spec: {
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            hostNetwork: true,
            serviceAccountName: 'web',
            securityContext: {
              runAsUser: 0,
              sysctls: [{ name: 'a' }],
              seLinuxOptions: { type: 'a' },
            },
            volumes: [{ name: 'a', hostPath: { path: '/etc' } }],
            initContainers: [{ name: 'i', image: 'a:1', restartPolicy: 'Always' }],
            containers: [
              {
                name: 'app',
                image: 'registry.example/web:1',
                ports: [{ hostPort: 80 }],
                env: [{ name: 'PASSWORD', value: 'hunter2' }],
                resources: { limits: { cpu: 1, memory: '1Gi' } },
                livenessProbe: { httpGet: { port: 1, host: 'a' } },
                volumeMounts: [{ name: 'a', readOnly: true }],
                securityContext: {
                  privileged: true,
                  capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
                  seccompProfile: { type: 'RuntimeDefault' },
                },
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'shop' },
      spec: { type: 'NodePort', selector: { app: 'web' }, externalIPs: ['a'] },
    },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'web', namespace: 'shop' },
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p', namespace: 'shop' },
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'i' },
      spec: {
        tls: [{ hosts: ['a'] }],
        rules: [{ host: 'b', http: { paths: [{ backend: { service: { name: 's' } } }] } }],
      },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'r' },
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets', 'pods'],
          verbs: ['*', 'bind'],
          resourceNames: ['a'],
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'b' },
      roleRef: { name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'default' }],
    },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'aHVudGVyMg==' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { PASSWORD: 'hunter2' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: {} } },
  ],
};

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x',
    0,
    -1,
    true,
    [],
    {},
    [null],
    [[]],
    '*',
    ['*'],
    '$' + '{A}',
    'Pod',
    'List',
    { items: [1] },
    'yes',
    '0x0',
    '/',
    '__proto__',
    { constructor: 1 },
    { toString: null },
  ),
  fc.jsonValue(),
);
const places = (tree: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof tree === 'object' && tree !== null
    ? [path, ...Object.entries(tree).flatMap(([key, one]) => places(one, [...path, key]))]
    : [path];
const put = (tree: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
  if (step === undefined) return value;
  if (typeof tree !== 'object' || tree === null) return tree;
  const inner = put(Reflect.get(tree, step), rest, value);
  return Array.isArray(tree)
    ? tree.map((one, index) => (String(index) === step ? inner : one))
    : { ...tree, [step]: inner };
};
const all = places(manifest).slice(1);
const mutated = fc
  .array(fc.tuple(fc.constantFrom(...all), strange), { minLength: 1, maxLength: 4 })
  .map((changes) =>
    changes.reduce<unknown>((tree, [path, value]) => put(tree, path, value), manifest),
  );

/** What must hold of any text: an end, and nothing thrown but a sentence with the place. */
const holds = async (text: string): Promise<void> => {
  try {
    await readDocument(text, 'a.yaml');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).toMatch(/^a\.yaml/);
    return;
  }
  // What is not of Kubernetes is not read as such.
  if (!isOfKubernetes('a.yaml', text)) return;
  const { located } = await evaluated({ 'kustomization.yaml': 'resources: []\n', 'a.yaml': text });
  for (const { verdict, range } of located) {
    expect(range.line).toBeGreaterThan(0);
    if ('reason' in verdict) expect(verdict.reason).not.toBe('');
  }
};

const recognised = (text: string): string =>
  text.includes('apiVersion') && text.includes('kind') ? text : '{"apiVersion":"v1","kind":"Pod"}';

const numRuns = extent === 'exhaustive' ? 10_000 : 25;

describe('manifests that somebody broke', () => {
  it('are evaluated, or refused by a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, (tree) => holds(recognised(JSON.stringify(tree) ?? ''))),
      { numRuns, seed: 20_260_615 },
    );
  }, 3_600_000);
  it('are evaluated as texts whose characters changed', async () => {
    const text = JSON.stringify(manifest, undefined, 1);
    const change = fc.tuple(
      fc.nat(text.length),
      fc.nat(6),
      fc.constantFrom(
        '',
        '{',
        '}',
        '"',
        ',',
        ':',
        '\n',
        '- ',
        '#',
        '&a ',
        '*a',
        '!Ref ',
        '\t',
        '|',
      ),
    );
    await fc.assert(
      fc.asyncProperty(change, ([from, length, put]) =>
        holds(recognised(text.slice(0, from) + put + text.slice(from + length))),
      ),
      { numRuns, seed: 20_260_615 },
    );
  }, 3_600_000);
});

describe('what is added', () => {
  it('changes nothing about what is there, where it is of no consequence', async () => {
    const text = JSON.stringify(manifest);
    const more =
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"other","namespace":"other"},"spec":{"containers":[{"name":"a"}]}}';
    const told = ({ located }: Awaited<ReturnType<typeof evaluated>>) =>
      located
        .filter(({ file }) => file === 'a.json')
        .map(({ control, name, verdict }) => `${control.id} ${name} ${verdict.status}`);
    expect(told(await evaluated({ 'a.json': text, 'b.json': more }))).toEqual(
      told(await evaluated({ 'a.json': text })),
    );
  });
});
