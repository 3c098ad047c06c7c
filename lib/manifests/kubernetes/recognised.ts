import { basename } from 'node:path';

/** A file that Helm or Kustomize makes manifests of. */
export const chartName = /^Chart\.ya?ml$/i;
export const kustomizationName = /^kustomization\.ya?ml$|^Kustomization$/;

const keys = (text: string, ...names: readonly string[]): boolean =>
  names.every((name) => new RegExp(`^["']?${name}["']?[ \\t]*:`, 'm').test(text));
const anywhere = (text: string, ...names: readonly string[]): boolean =>
  names.every((name) => new RegExp(`["']?\\b${name}["']?\\s*:`).test(text));

/** Cheap: whether a text is of Kubernetes, or makes what is. */
export const isOfKubernetes = (path: string, text: string): boolean => {
  const name = basename(path);
  if (chartName.test(name) || kustomizationName.test(name)) return true;
  return /^\s*[{[]/.test(text)
    ? anywhere(text, 'apiVersion', 'kind')
    : keys(text, 'apiVersion', 'kind');
};

const actions =
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Files|Capabilities|Template)\b|(?:include|template|toYaml|tpl|if|range|with|define|end)\b)/;

/** Whether a text is a template of Helm, which is no manifest until it is rendered. */
export const isHelmSource = (text: string): boolean => actions.test(text);
