import { groupsBy } from '../../support/groups.ts';
import type { Field } from '../model/field.ts';
import type { KubernetesObject, Pod } from './pod.ts';

const keyOf = (namespace: string | undefined, name: string, value: string | undefined): string =>
  JSON.stringify([namespace, name, value]);

/** Whether a Service takes its pods by these labels. */
const selects = ({ root }: KubernetesObject, labels: Field): boolean =>
  root
    .get('spec', 'selector')
    .entries()
    .every(([key, value]) => labels.get(key).text() === value.text());

/** Services by one label that their pods have, so that not each is looked at for each pod. */
const byLabel = (objects: readonly KubernetesObject[]) =>
  groupsBy(
    objects.filter(
      ({ kind, root }) => kind === 'Service' && root.get('spec', 'selector').keys.length > 0,
    ),
    ({ namespace, root }) => {
      const [name = '', value] = root.get('spec', 'selector').entries()[0] ?? [];
      return keyOf(namespace, name, value?.text());
    },
  );

const backendsIn = ({ root }: KubernetesObject): readonly string[] => {
  const spec = root.get('spec');
  const paths = spec
    .get('rules')
    .items()
    .flatMap((rule) => rule.get('http', 'paths').items());
  const backends = [
    spec.get('defaultBackend'),
    spec.get('backend'),
    ...paths.map((path) => path.get('backend')),
  ];
  return backends.flatMap((one) => [
    ...[one.get('service', 'name').text() ?? one.get('serviceName').text() ?? []].flat(),
  ]);
};
const outside: ReadonlySet<string> = new Set(['LoadBalancer', 'NodePort']);

/** How somebody outside of the cluster reaches a pod, as the Services and Ingresses of a run say it. */
export const exposureOf = (
  objects: readonly KubernetesObject[],
): ((pod: Pod) => string | undefined) => {
  const services = byLabel(objects);
  const ingresses = new Map(
    objects
      .filter(({ kind }) => kind === 'Ingress')
      .flatMap((object) =>
        backendsIn(object).map((name) => [keyOf(object.namespace, name, ''), object] as const),
      ),
  );
  return ({ object: { namespace }, metadata }) => {
    const labels = metadata.get('labels');
    const own = labels
      .entries()
      .flatMap(([name, value]) => services.get(keyOf(namespace, name, value.text())) ?? [])
      .filter((one) => selects(one, labels));
    for (const service of own) {
      const type = service.root.get('spec', 'type').text() ?? 'ClusterIP';
      if (outside.has(type)) return `reached from outside by the ${type} ${service.name}`;
      const ingress = ingresses.get(keyOf(namespace, service.name, ''));
      if (ingress) return `reached from outside by the Ingress ${ingress.name}`;
    }
    return undefined;
  };
};
