import type { Document } from '../../templates/document/document.ts';
import { Field } from '../model/field.ts';
import type { KubernetesObject } from './pod.ts';

/** What looks like an object and is none that Kubernetes takes. */
export interface NoObject {
  readonly root: Field;
  readonly why: string;
}
type Found = KubernetesObject | NoObject;
export const isObject = (one: Found): one is KubernetesObject => 'kind' in one;

const objectAt = (root: Field): Found | undefined => {
  const kind = root.get('kind').text();
  const apiVersion = root.get('apiVersion').text();
  if (kind === undefined && apiVersion === undefined) return undefined;
  if (kind === undefined || apiVersion === undefined)
    return {
      root,
      why:
        kind === undefined
          ? `an object of ${apiVersion} is not evaluated: it has no kind`
          : `a ${kind} is not evaluated: it has no apiVersion`,
    };
  const metadata = root.get('metadata');
  const generated = metadata.get('generateName').text();
  return {
    kind,
    apiVersion,
    name: metadata.get('name').text() ?? (generated === undefined ? 'unnamed' : `${generated}*`),
    namespace: metadata.get('namespace').text(),
    root,
  };
};

const below = (root: Field): readonly Found[] => {
  const object = objectAt(root);
  if (!object) return [];
  const items = root.get('items');
  if (!(isObject(object) && object.kind.endsWith('List') && Array.isArray(items.value)))
    return [object];
  // The items of a typed list, such as a PodList, need not say again what they are.
  const kind = object.kind.slice(0, -'List'.length);
  return items.items().flatMap((item) => {
    const { value } = item;
    const isTyped = kind !== '' && typeof value === 'object' && value !== null;
    const isUntold = isTyped && !(item.get('kind').isSet && item.get('apiVersion').isSet);
    const told = isUntold ? { kind, apiVersion: object.apiVersion, ...value } : value;
    return below(new Field(told, item.at));
  });
};

/** The objects of a document: itself, or the items of a list, also of lists of lists. */
export const objectsIn = ({ tree }: Document): readonly Found[] => below(new Field(tree));

/** `Deployment/shop/web`; what names no namespace has none in it. */
export const nameOf = ({ kind, namespace, name }: KubernetesObject): string =>
  [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
