import { basename } from 'node:path';
import type { Document } from '../../templates/document/document.ts';
import type { Recognised } from '../check/format.ts';

/** A file that Helm or Kustomize makes manifests of. */
export const chartName = /^Chart\.ya?ml$/i;
export const kustomizationName = /^kustomization\.ya?ml$|^Kustomization$/;

const objectKeys = ['apiVersion', 'kind'];
const anywhere = (text: string): boolean =>
  objectKeys.every((name) => new RegExp(`["']?\\b${name}["']?\\s*:`).test(text));

/** Comments, directives, tags and anchors before the first key, and the white space before that. */
const beginning = /^(?:[ \t]*(?:[#%].*|[&!]\S*(?:[ \t]+(?:#.*)?)?)?\r?\n)*([ \t]*)(.?)/;
/** A key of the outermost mapping: it can be quoted, anchored, tagged or explicit; one that is written with escapes can be any. */
const keysAt = (indent: number): readonly RegExp[] =>
  objectKeys.map(
    (name) =>
      new RegExp(
        `^[ \\t]{${indent}}(?:\\?[ \\t]+)?(?:[&!]\\S*[ \\t]+)*(?:["']?${name}["']?|"[^"\\\\\\n]*\\\\[^"\\n]*")[ \\t]*(?::|\\r?\\n[ \\t]*:)`,
        'm',
      ),
  );
const atStart = keysAt(0);
const isObjectText = (document: string): boolean => {
  const [, indent = '', first = ''] = beginning.exec(document) ?? [];
  if (first === '{' || first === '[') return anywhere(document);
  return (indent === '' ? atStart : keysAt(indent.length)).every((one) => one.test(document));
};

/** Cheap: whether a text is of Kubernetes, or makes what is. */
export const isOfKubernetes = (path: string, text: string): boolean => {
  const name = basename(path);
  if (chartName.test(name) || kustomizationName.test(name)) return true;
  return declaresObjects(text);
};
const declaresObjects = (text: string): boolean => {
  if (!objectKeys.every((one) => text.includes(one)) && !text.includes('\\')) return false;
  // Marks of byte order may stand before each document.
  return text
    .replaceAll('\ufeff', '')
    .split(/^(?:---|\.\.\.)(?=\s|$)/m)
    .some(isObjectText);
};

/** Templates in YAML have no such keys; what is JSON is looked at less closely. */
export const isNoTemplate = (text: string): boolean =>
  !/^\s*[{[]/.test(text) && declaresObjects(text);

export const recognised: Recognised = {
  isNamed: (name) => kustomizationName.test(name),
  recognises: isOfKubernetes,
  isNoTemplate,
};

const actions =
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Files|Capabilities|Template)\b|(?:include|template|toYaml|tpl|if|range|with|define|end)\b)/;
/** Those that nothing else than Helm has: values of Vault, Prometheus and others are templates of Go, too. */
const ofHelmAlone =
  /\{\{-?\s*(?:\$?\.(?:Values|Release|Chart|Files|Capabilities|Template)\b|(?:include|toYaml|tpl)\b)/;

/** Whether a text may be a template of Helm, which is no manifest until it is rendered. */
export const mayBeHelmSource = (text: string): boolean => actions.test(text);

/** Whether a document is one of Helm although it is YAML: an action stands in it, in no comment and in no text that it carries. */
export const isHelmDocument = ({ text, tree, rangeOf }: Document): boolean => {
  const { line, endLine } = rangeOf([]);
  const kind = String(Reflect.get(Object(tree), 'kind'));
  const carried = /^(?:ConfigMap|Secret)$/.test(kind) ? ['data', 'stringData', 'binaryData'] : [];
  const carriedIn = carried
    .filter((key) => Object.hasOwn(Object(tree), key))
    .map((key) => rangeOf([key]));
  return text
    .split('\n')
    .slice(line - 1, endLine)
    .some(
      (said, index) =>
        ofHelmAlone.test(said.replace(/(?:^|\s)#.*$/, '')) &&
        !carriedIn.some((one) => one.line <= line + index && line + index <= one.endLine),
    );
};
