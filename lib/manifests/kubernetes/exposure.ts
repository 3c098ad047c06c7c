import type { Field } from '../model/field.ts';
import type { KubernetesObject, Pod } from './pod.ts';

/** Whether a Service takes its pods by these labels. */
const selects = ({ root }: KubernetesObject, labels: Field): boolean => {
  const selector = root.get('spec', 'selector').entries();
  return (
    selector.length > 0 && selector.every(([key, value]) => labels.get(key).text() === value.text())
  );
};

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
  const services = objects.filter(({ kind }) => kind === 'Service');
  const ingresses = objects
    .filter(({ kind }) => kind === 'Ingress')
    .map((object) => ({ object, backends: new Set(backendsIn(object)) }));
  return ({ object: { namespace }, metadata }) => {
    const labels = metadata.get('labels');
    const own = services.filter((one) => one.namespace === namespace && selects(one, labels));
    for (const service of own) {
      const type = service.root.get('spec', 'type').text() ?? 'ClusterIP';
      if (outside.has(type)) return `reached from outside by the ${type} ${service.name}`;
      const ingress = ingresses.find(
        ({ object, backends }) => object.namespace === namespace && backends.has(service.name),
      );
      if (ingress) return `reached from outside by the Ingress ${ingress.object.name}`;
    }
    return undefined;
  };
};
