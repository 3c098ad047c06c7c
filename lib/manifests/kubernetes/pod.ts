import { onceEach } from '../../support/once.ts';
import type { Container } from '../model/container.ts';
import { type Field, firstSet } from '../model/field.ts';
import { isOfKubernetesItself } from './kinds.ts';
import { podsOfWorkflow, type WrittenPod } from './workflows.ts';

/** What declares something in Kubernetes. */
export interface KubernetesObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  /** Absent where nothing says it: whoever applies it does. */
  readonly namespace: string | undefined;
  readonly root: Field;
  /** A cluster told it over a pipe: it is kept in no file. @default false */
  readonly isLive?: true;
}

/** A container as Kubernetes declares it. */
export interface PodContainer {
  readonly name: string;
  readonly role: 'containers' | 'initContainers' | 'ephemeralContainers';
  readonly field: Field;
  readonly pod: Pod;
  /** It runs as long as the pod: no init container but one that restarts always. */
  readonly isLasting: boolean;
  /** What LimitRanges of its namespace give where it says nothing, each `{default, defaultRequest}`. */
  readonly ranges: readonly Field[];
}
/** A pod with what other objects decide about it. */
export interface PlacedPod extends Pod {
  /** `automountServiceAccountToken` of the pod, else of its service account where that is known. */
  readonly token: Field;
}
/** A pod, or the template of one. */
export interface Pod {
  readonly object: KubernetesObject;
  readonly metadata: Field;
  readonly spec: Field;
  readonly os: Container['os'];
  /** It ends by itself. */
  readonly isJob: boolean;
  readonly containers: readonly PodContainer[];
}

/** What a container's securityContext says, else the pod's, of a field that both have. */
export const inherited = ({ field, pod }: PodContainer, ...path: readonly string[]): Field =>
  firstSet(field.get('securityContext', ...path), pod.spec.get('securityContext', ...path));

/** The places of a field that both have: the standards ask for each of them, also where one makes up for the other. */
export const places = (
  { field, pod }: PodContainer,
  ...path: readonly string[]
): readonly Field[] => [
  field.get('securityContext', ...path),
  pod.spec.get('securityContext', ...path),
];

const roles = ['containers', 'initContainers', 'ephemeralContainers'] as const;
const jobs: ReadonlySet<string> = new Set(['Job', 'CronJob']);

/** Where each kind of Kubernetes itself that makes pods has them. */
const templates: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Pod', []],
  ['PodTemplate', ['template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'].map(
    (kind) => [kind, ['spec', 'template']] as [string, readonly string[]],
  ),
]);

const hasContainers = (spec: Field): boolean =>
  roles.some((role) => Array.isArray(spec.get(role).value));
/** One of its containers says its image: a part that is merged into a pod elsewhere need not. */
const isSpec = (spec: Field): boolean =>
  roles.some((role) =>
    spec
      .get(role)
      .items()
      .some((one) => typeof one.get('image').value === 'string'),
  );

const deepest = 20;
/** The pods in what others define, wherever they stand. */
const podsBelow = (at: Field, keys: readonly string[] = []): readonly WrittenPod[] => {
  if (keys.length > deepest) return [];
  const key = keys.at(-1);
  const inner = Array.isArray(at.value)
    ? at.items().map((one) => [key ?? '', one] as const)
    : at.entries();
  return inner.flatMap(([name, one]) => {
    if (typeof one.value !== 'object' || one.value === null) return [];
    const isTemplate = name === 'spec' && key === 'template' && hasContainers(one);
    return isTemplate || isSpec(one)
      ? [{ metadata: at.get('metadata'), spec: one }]
      : podsBelow(one, [...keys, name]);
  });
};
/** Policies show how pods should be, and make none. */
const isPolicy = ({ apiVersion }: KubernetesObject): boolean =>
  /^(?:[\w-]+\.)*(?:kyverno\.io|gatekeeper\.sh)\//.test(apiVersion);

const writtenIn = (object: KubernetesObject): readonly WrittenPod[] => {
  const { kind, root } = object;
  if (!isOfKubernetesItself(object))
    return isPolicy(object) ? [] : (podsOfWorkflow(object) ?? podsBelow(root));
  const steps = templates.get(kind);
  if (!steps) return [];
  const template = root.get(...steps);
  const pod = { metadata: template.get('metadata'), spec: template.get('spec') };
  return steps.length === 0 || hasContainers(pod.spec) ? [pod] : [];
};

/** Whether an object makes pods and names no container that could be evaluated. */
export const lacksContainers = (object: KubernetesObject): boolean =>
  templates.has(object.kind) &&
  isOfKubernetesItself(object) &&
  podsOf(object).every(({ containers }) => containers.length === 0);

const podIn = (object: KubernetesObject, { metadata, spec, isJob }: WrittenPod): Pod => {
  const containers: PodContainer[] = [];
  const pod: Pod = {
    object,
    metadata,
    spec,
    os: spec.get('os', 'name').text() === 'windows' ? 'windows' : 'linux',
    isJob: isJob ?? jobs.has(object.kind),
    containers,
  };
  for (const role of roles)
    for (const [index, field] of spec.get(role).items().entries())
      containers.push({
        name: field.get('name').text() ?? String(index),
        role,
        field,
        pod,
        isLasting:
          role === 'containers' ||
          (role === 'initContainers' && field.get('restartPolicy').text() === 'Always'),
        ranges: [],
      });
  return pod;
};

/** The pods that an object makes, also one that others define: it can have several templates. */
export const podsOf = onceEach((object: KubernetesObject): readonly Pod[] =>
  writtenIn(object).map((written) => podIn(object, written)),
);
