import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
} from 'yaml';
import { secretsIn } from '../../manifests/dockerfile/spoken-secrets.ts';
import { hasSecretValue, isSecret } from '../../manifests/model/secret.ts';
import { isSecretLine } from '../../reports/declared/secret-line.ts';
import type { FixedFile } from '../../templates/edit/fixed-file.ts';
import type { Setting } from '../../templates/proposal.ts';

type Lines = readonly (readonly [first: number, last: number])[];

/** What says where a secret lies, and holds none. */
const references = /^(?:!(?:Ref|GetAtt|ImportValue)|Ref|Fn::(?:GetAtt|ImportValue))$/;
const isReference = (node: unknown): boolean =>
  (isNode(node) && 'tag' in node && references.test(String(node.tag))) ||
  (isMap(node) && node.items.length === 1 && references.test(String(node.items[0]?.key)));

const textOf = (node: unknown): string | undefined =>
  isScalar(node) && node.value !== null ? String(node.value) : undefined;

/** The texts that a value is put together of; of a map only what a function is given. */
const textsIn = (node: unknown): readonly string[] => {
  if (isReference(node)) return [];
  const own = textOf(node);
  if (own !== undefined) return [own];
  const found: string[] = [];
  const isFunction =
    !isMap(node) || node.items.every(({ key }) => /^Fn::/.test(String(textOf(key))));
  if (isNode(node) && isFunction)
    visit(node, {
      Node: (_, one) => (isReference(one) ? visit.SKIP : undefined),
      Scalar: (key, one) => {
        if (key !== 'key') found.push(String(one.value));
      },
    });
  return found;
};

const isSecretUnder = (name: string, value: unknown): boolean =>
  textsIn(value).some((text) => isSecret(name, text) && !/^\{\{resolve:/.test(text));

/** Of `{Name: DB_PASSWORD, Value: …}`, as containers have it, and of a parameter that is not echoed. */
const namedIn = (map: unknown): readonly unknown[] => {
  if (!isMap(map)) return [];
  const of = (pattern: RegExp) =>
    map.items.find(({ key }) => pattern.test(String(textOf(key))))?.value;
  const value = of(/^value$/i);
  const isNamed = isSecretUnder(textOf(of(/^(?:name|key|parametername)$/i)) ?? '', value);
  const given = String(textOf(of(/^NoEcho$/))) === 'true' ? of(/^Default$/) : undefined;
  return [...(isNamed ? [value] : []), ...(given === undefined ? [] : [given])];
};

/** Where values stand in YAML or JSON that are secrets by what they are called, or by what they are. */
const writtenIn = (text: string): Lines => {
  const counter = new LineCounter();
  const found: (readonly [number, number])[] = [];
  const options = { lineCounter: counter, uniqueKeys: false, logLevel: 'silent' } as const;
  for (const document of parseAllDocuments(text, options)) {
    const hide = (one: unknown): void => {
      const node = isAlias(one) ? one.resolve(document) : one;
      const [from, to] = (isNode(node) && node.range) || [];
      if (from === undefined || to === undefined) return;
      found.push([counter.linePos(from).line, counter.linePos(Math.max(from, to - 1)).line]);
    };
    // A text that is neither is one value as a whole.
    if (!isCollection(document.contents)) continue;
    visit(document, {
      Map: (_, map) => namedIn(map).forEach(hide),
      Pair: (_, { key, value }) => {
        const node = isAlias(value) ? value.resolve(document) : value;
        if (isSecretUnder(textOf(key) ?? '', node)) [key, value].forEach(hide);
      },
      Scalar: (_, one) => {
        if (hasSecretValue(String(one.value))) hide(one);
      },
    });
  }
  return found;
};

/** A key in the form of PEM, whatever it stands in. */
const keysIn = (text: string): Lines =>
  [...text.matchAll(/-{3,5}BEGIN (?:[A-Z]+ )?PRIVATE KEY[\s\S]*?(?:-{3,5}END |$)/g)].map(
    (found) => {
      const first = text.slice(0, found.index).split('\n').length;
      return [first, first + found[0].split('\n').length - 1];
    },
  );

/** Whether a line of a file, read by itself, holds a secret. */
export const holdsSecret = (line: string): boolean =>
  isSecretLine(line) || secretsIn(line).length > 0;

/** Whether what is proposed for the sources of a plan has a secret in it. */
export const proposesSecret = ({ text, attribute = '', value }: Setting): boolean =>
  text.split('\n').some(holdsSecret) ||
  writtenIn(JSON.stringify({ [attribute]: value })).length > 0;

/** The lines of a file, as it was, on which secrets stand, counted from 1. */
export const secretLinesOf = ({
  before,
  fixed,
  left,
  secrets = [],
}: FixedFile): ReadonlySet<number> => {
  const failures = [...fixed, ...left].flatMap(({ checked }) =>
    checked.isHidden ? [checked] : [],
  );
  const ranges: Lines = [
    ...[...secrets, ...failures.map(({ range }) => range)].map(
      ({ line, endLine }) => [line, endLine] as const,
    ),
    ...writtenIn(before),
    ...keysIn(before),
  ];
  const lines = before.split('\n').flatMap((line, index) => (holdsSecret(line) ? [index + 1] : []));
  const within = ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
  return new Set([...lines, ...within]);
};
