import type { Field } from '../model/field.ts';
import type { KubernetesObject } from './pod.ts';

export type Direction = 'ingress' | 'egress';

/** What the files of a run say of the traffic of a namespace. */
export interface NamespaceTraffic {
  /** Absent where nothing says it: whoever applies the files does. */
  readonly namespace: string | undefined;
  readonly place: Field;
  readonly policies: readonly KubernetesObject[];
}

/** The directions that a policy is about; without a list it is about ingress, and egress where it has rules for it. */
export const directionsOf = ({ root }: KubernetesObject): readonly Direction[] => {
  const types = root.get('spec', 'policyTypes');
  if (types.isSet) {
    const named = types.texts();
    return [
      ...(named.includes('Ingress') ? (['ingress'] as const) : []),
      ...(named.includes('Egress') ? (['egress'] as const) : []),
    ];
  }
  return root.get('spec', 'egress').isSet ? ['ingress', 'egress'] : ['ingress'];
};

/** Whether a selector takes every pod. */
export const takesAll = (selector: Field): boolean =>
  selector.get('matchLabels').keys.length === 0 &&
  selector.get('matchExpressions').items().length === 0;

/** Whether a policy lets nothing of a direction through to any pod of its namespace. */
export const deniesAll = (policy: KubernetesObject, direction: Direction): boolean =>
  directionsOf(policy).includes(direction) &&
  takesAll(policy.root.get('spec', 'podSelector')) &&
  policy.root.get('spec', direction).items().length === 0;
