import { firstBy, groupsBy } from '../../support/groups.ts';
import type { Document } from '../../templates/document/document.ts';
import { inputName } from '../../templates/files.ts';
import { type Field, firstSet } from '../model/field.ts';
import type { Models, Subject } from '../model/subject.ts';
import { containerOf, volumeOf, workloadOf } from './container-of.ts';
import { exposureOf } from './exposure.ts';
import { isOfKubernetesItself } from './kinds.ts';
import { nameOf } from './objects.ts';
import { type KubernetesObject, type Pod, podsOf } from './pod.ts';

/** An object with the document that it stands in. */
export interface PlacedObject {
  readonly object: KubernetesObject;
  readonly document: Document;
}

/** An exemption a line, as a comment has them. */
const annotation = 'plumbline/exempt';

/**
 * Whether an object is one that a cluster told over a pipe. What somebody renders comes over a pipe, too, and can say what it
 * likes; but nothing with a `resourceVersion` can be made, for the cluster refuses it ("resourceVersion should not be set on
 * objects to be created", k8s.io/apiserver/pkg/storage/errors.go), and it never tells `stringData`, which can only be written
 * (https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/).
 */
const isOfCluster = ({ root }: KubernetesObject, { file }: Document): boolean => {
  const told = (name: string) => root.get('metadata', name).text() ?? '';
  return (
    file === inputName &&
    told('uid') !== '' &&
    /^[1-9]\d*$/.test(told('resourceVersion')) &&
    /^\d{4}-\d\d-\d\dT/.test(told('creationTimestamp')) &&
    !root.get('stringData').isSet
  );
};

/** What each kind of object is evaluated as. */
const asModel = ({ object, document }: PlacedObject): Partial<Models> => {
  if (!isOfKubernetesItself(object)) return {};
  switch (object.kind) {
    case 'Role':
    case 'ClusterRole':
      return { role: object };
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return { binding: object };
    case 'Ingress':
      return { ingress: object };
    case 'Service':
      return { service: object };
    case 'Secret':
    case 'ConfigMap':
      return { values: isOfCluster(object, document) ? { ...object, isLive: true } : object };
    case 'Namespace':
      return { namespace: object };
    case 'NetworkPolicy':
      return { networkPolicy: object };
    case 'PersistentVolume':
      return { workload: volumeOf(object) };
    default:
      return {};
  }
};

const textsIn = (field: Field): Readonly<Record<string, string>> =>
  Object.fromEntries(field.entries().map(([key, value]) => [key, value.text() ?? '']));

const keyOf = ({ namespace }: KubernetesObject, name = ''): string =>
  JSON.stringify([namespace, name]);

/** Whether a pod has a token: it says so itself, else its service account does, where that is among the files. */
const tokenOf = ({ object, spec }: Pod, accounts: ReadonlyMap<string, KubernetesObject>): Field => {
  const own = spec.get('automountServiceAccountToken');
  const name =
    firstSet(spec.get('serviceAccountName'), spec.get('serviceAccount')).text() || 'default';
  const said = accounts.get(keyOf(object, name))?.root.get('automountServiceAccountToken');
  // The place of what is not said is the pod's own.
  return own.isSet || said?.flag() === undefined ? own : said;
};

/** What the LimitRanges of each namespace give to containers that say nothing. */
const rangesIn = (objects: readonly KubernetesObject[]): ReadonlyMap<string, readonly Field[]> => {
  const ranges = objects.filter(({ kind }) => kind === 'LimitRange');
  return new Map(
    [...groupsBy(ranges, (one) => keyOf(one))].map(([key, all]) => [
      key,
      all
        .flatMap(({ root }) => root.get('spec', 'limits').items())
        .filter((one) => one.get('type').text() === 'Container'),
    ]),
  );
};

/** The first object of each namespace at which the traffic of the namespace is told. */
const firstPods = (all: readonly PlacedObject[]): ReadonlySet<KubernetesObject> => {
  const told = new Set<string>();
  const first = new Set<KubernetesObject>();
  for (const { object } of all) {
    const key = object.namespace ?? '';
    if (told.has(key) || podsOf(object).length === 0) continue;
    told.add(key);
    first.add(object);
  }
  return first;
};

/** What the objects of a run say about a pod that one of them makes. */
const surroundingsIn = (all: readonly PlacedObject[]) => {
  const objects = all.map(({ object }) => object);
  const accounts = firstBy(
    objects.filter(({ kind }) => kind === 'ServiceAccount'),
    (one) => keyOf(one, one.name),
  );
  const policies = groupsBy(
    objects.filter(
      ({ kind, apiVersion }) =>
        kind === 'NetworkPolicy' && apiVersion.startsWith('networking.k8s.io/'),
    ),
    (one) => keyOf(one),
  );
  const ranges = rangesIn(objects);
  const first = firstPods(all);
  return {
    reached: exposureOf(objects),
    tokenOf: (pod: Pod) => tokenOf(pod, accounts),
    rangesOf: ({ object }: Pod) => ranges.get(keyOf(object)) ?? [],
    trafficOf: ({ object }: Pod): Partial<Models> =>
      first.has(object)
        ? {
            namespaceTraffic: {
              namespace: object.namespace,
              place: object.root,
              policies: policies.get(keyOf(object)) ?? [],
            },
          }
        : {},
  };
};

/** A pod and its containers, with what they have of their object. */
const subjectsOf = (
  pod: Pod,
  shared: Omit<Subject, 'type' | 'models' | 'known'>,
  around: ReturnType<typeof surroundingsIn>,
): readonly Subject[] => {
  const { object } = pod;
  const type = object.kind;
  const isFirst = podsOf(object)[0] === pod;
  const traffic = isFirst ? around.trafficOf(pod) : {};
  const placed = { ...pod, token: around.tokenOf(pod) };
  return [
    { ...shared, type, models: { workload: workloadOf(pod), pod: placed, ...traffic } },
    ...pod.containers.map((said) => {
      const one = { ...said, ranges: around.rangesOf(pod) };
      return {
        ...shared,
        name: `${shared.name}/${one.name}`,
        type: `container of a ${type}`,
        at: one.field.at,
        models: { container: containerOf(one), podContainer: one },
      };
    }),
  ];
};

/** What is evaluated of an object, among all objects of a run. */
export const clusterOf = (
  all: readonly PlacedObject[],
): ((placed: PlacedObject) => readonly Subject[]) => {
  const around = surroundingsIn(all);
  return ({ object, document }) => {
    const { root, kind } = object;
    const pods = podsOf(object);
    const whole = {
      document,
      name: nameOf(object),
      at: root.at,
      within: root.at,
      remarks: root.get('metadata', 'annotations', annotation).text(),
      labels: textsIn(root.get('metadata', 'labels')),
      exposed: undefined,
    };
    if (pods.length > 0)
      return pods.flatMap((pod) => {
        // What makes several pods is told of at each.
        const at = pods.length === 1 ? root.at : pod.spec.at;
        return subjectsOf(pod, { ...whole, at, exposed: around.reached(pod) }, around);
      });
    const models = asModel({ object, document });
    return Object.keys(models).length > 0 ? [{ ...whole, type: kind, models }] : [];
  };
};
