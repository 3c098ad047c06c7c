import type { Document } from '../../templates/document/document.ts';
import { Field } from '../model/field.ts';
import type { KubernetesObject } from './pod.ts';

const deepestList = 3;

const objectAt = (root: Field): KubernetesObject | undefined => {
  const kind = root.get('kind').text();
  const apiVersion = root.get('apiVersion').text();
  if (kind === undefined || apiVersion === undefined) return undefined;
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

const below = (root: Field, depth: number): readonly KubernetesObject[] => {
  const object = objectAt(root);
  if (!object) return [];
  const items = root.get('items');
  if (!object.kind.endsWith('List') || !Array.isArray(items.value) || depth > deepestList)
    return [object];
  // The items of a typed list, such as a PodList, need not say again what they are.
  const kind = object.kind.slice(0, -'List'.length);
  return items.items().flatMap((item) => {
    const { value } = item;
    const isUntold = kind !== '' && !item.get('kind').isSet && typeof value === 'object';
    const told = isUntold ? { kind, apiVersion: object.apiVersion, ...value } : value;
    return below(new Field(told, item.at), depth + 1);
  });
};

/** The objects of a document: itself, or the items of a list. */
export const objectsIn = ({ tree }: Document): readonly KubernetesObject[] =>
  below(new Field(tree), 0);

/** `Deployment/shop/web`; what names no namespace has none in it. */
export const nameOf = ({ kind, namespace, name }: KubernetesObject): string =>
  [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
