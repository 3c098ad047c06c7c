import type { Container } from '../model/container.ts';
import { type Field, firstSet } from '../model/field.ts';

/** What declares something in Kubernetes. */
export interface KubernetesObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  /** Absent where nothing says it: whoever applies it does. */
  readonly namespace: string | undefined;
  readonly root: Field;
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

const kindsOfPods: ReadonlySet<string> = new Set([
  'Pod',
  'PodTemplate',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  ...jobs,
]);
/** Whether an object makes pods and names no container that could be evaluated. */
export const lacksContainers = (object: KubernetesObject): boolean =>
  kindsOfPods.has(object.kind) && (podOf(object)?.containers.length ?? 0) === 0;

/** Where each kind has its pod; what makes pods by a template of the same shape is a workload, too. */
const partsOf = ({
  kind,
  root,
}: KubernetesObject): readonly [metadata: Field, spec: Field] | undefined => {
  if (kind === 'Pod') return [root.get('metadata'), root.get('spec')];
  const template =
    kind === 'CronJob'
      ? root.get('spec', 'jobTemplate', 'spec', 'template')
      : kind === 'PodTemplate'
        ? root.get('template')
        : root.get('spec', 'template');
  const isPod = roles.some((role) => Array.isArray(template.get('spec', role).value));
  return isPod ? [template.get('metadata'), template.get('spec')] : undefined;
};

/** The pod that an object makes; `undefined` for one that makes none. */
export const podOf = (object: KubernetesObject): Pod | undefined => {
  const parts = partsOf(object);
  if (!parts) return undefined;
  const [metadata, spec] = parts;
  const containers: PodContainer[] = [];
  const pod: Pod = {
    object,
    metadata,
    spec,
    os: spec.get('os', 'name').text() === 'windows' ? 'windows' : 'linux',
    isJob: jobs.has(object.kind),
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
