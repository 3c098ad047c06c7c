import { basename } from 'node:path';
import type { Document } from '../../templates/document/document.ts';
import { plainly } from '../../templates/document/plainly.ts';
import type { Recognised } from '../check/format.ts';

/** A file that Helm or Kustomize makes manifests of. */
export const chartName = /^Chart\.ya?ml$/i;
export const kustomizationName = /^kustomization\.ya?ml$|^Kustomization$/;

const objectKeys = ['apiVersion', 'kind'];
const anywhere = (text: string): boolean =>
  objectKeys.every((name) => new RegExp(`["']?\\b${name}["']?\\s*:`).test(text));

/** Comments, directives, tags and anchors before the first key, and the white space before that. */
const beginning = /^(?:[ \t]*(?:[#%].*|[&!]\S*(?:[ \t]+(?:#.*)?)?)?\r?\n)*([ \t]*)(.?)/;
/** A key of the outermost mapping: it can be quoted, anchored, tagged or explicit. */
const keysAt = (indent: number): readonly RegExp[] =>
  objectKeys.map(
    (name) =>
      new RegExp(
        `^[ \\t]{${indent}}(?:\\?[ \\t]+)?(?:[&!]\\S*[ \\t]+)*["']?${name}["']?[ \\t]*(?::|\\r?\\n[ \\t]*:)`,
        'm',
      ),
  );
const atStart = keysAt(0);
const isInBrackets = (document: string): boolean =>
  /[{[]/.test(beginning.exec(document)?.[2] ?? '');
const hasKeys = (document: string): boolean => {
  const indent = beginning.exec(document)?.[1] ?? '';
  return (indent === '' ? atStart : keysAt(indent.length)).every((one) => one.test(document));
};
const isObjectText = (document: string): boolean =>
  isInBrackets(document) ? anywhere(document) : hasKeys(document);

/** Cheap: whether a text is of Kubernetes, or makes what is. */
export const isOfKubernetes = (path: string, text: string): boolean => {
  const name = basename(path);
  if (chartName.test(name) || kustomizationName.test(name)) return true;
  return declaresObjects(text);
};
/** The documents of a text that has the words for it; marks of byte order may stand before each. */
const documentsIn = (said: string): readonly string[] => {
  const text = plainly(said);
  return objectKeys.every((one) => text.includes(one))
    ? text.replaceAll('\ufeff', '').split(/^(?:---|\.\.\.)(?=\s|$)/m)
    : [];
};
const declaresObjects = (text: string): boolean => documentsIn(text).some(isObjectText);

/** Templates in YAML have no such keys; in brackets, as in JSON, they can stand anywhere, and say nothing. */
export const isNoTemplate = (text: string): boolean =>
  documentsIn(text).some((one) => !isInBrackets(one) && hasKeys(one));

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
