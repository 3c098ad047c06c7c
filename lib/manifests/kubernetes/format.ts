import { basename, dirname, join, normalize } from 'node:path';
import { kept } from '../../support/once.ts';
import { runAs } from '../../support/run-as.ts';
import { UserError } from '../../support/user-error.ts';
import type { Document } from '../../templates/document/document.ts';
import { readDocuments } from '../../templates/document/read-document.ts';
import type { SourceFile } from '../../templates/files.ts';
import { editedDocuments } from '../check/edited-documents.ts';
import type { Collection, Format, Remark } from '../check/format.ts';
import { Field } from '../model/field.ts';
import { clusterOf, type PlacedObject } from './cluster.ts';
import { whyNoKind } from './kinds.ts';
import { isObject, nameOf, objectsIn } from './objects.ts';
import { lacksContainers } from './pod.ts';
import {
  chartName,
  isHelmDocument,
  kustomizationName,
  mayBeHelmSource,
  recognised,
} from './recognised.ts';
import { unreadInWorkflow } from './workflows.ts';

/** Kubernetes passes tags over. */
const reads = { tags: new Set<string>(), isMergeBelowRefused: true };

interface FoundIn {
  readonly document: Document;
  readonly objects: ReturnType<typeof objectsIn>;
}

interface Read {
  readonly source: SourceFile;
  readonly documents: readonly Document[];
  readonly remarks: readonly Remark[];
  readonly placed: () => readonly PlacedObject[];
}

const unrendered = (how: string, command: string): Remark => ({
  line: 1,
  why: `it is not evaluated: ${how} makes manifests of it. Evaluate those: ${command} | ${runAs('check')} -`,
  isUnanswered: true,
});

/** What Kubernetes does not take, as somebody who looks at the file finds it. */
const untaken = ({ document, objects }: FoundIn): readonly Remark[] => {
  const lineOf = ({ root }: { readonly root: Field }, ...step: readonly string[]): number =>
    document.rangeOf([...root.at, ...step]).line;
  return objects.flatMap((one): Remark[] => {
    if (!isObject(one)) return [{ line: lineOf(one), why: one.why, isUnanswered: true }];
    const why = whyNoKind(one.apiVersion, one.kind);
    return why === undefined ? [] : [{ line: lineOf(one, 'kind'), why, isUnanswered: true }];
  });
};

/** What can be read of a text; `undefined` where nothing can, and Helm makes manifests of it. */
const readOrHelm = async (text: string, file: string) => {
  const mayBeHelm = mayBeHelmSource(text);
  try {
    const all = await readDocuments(text, file, reads);
    const ofHelm = mayBeHelm ? all.filter(isHelmDocument) : [];
    return { documents: all.filter((one) => !ofHelm.includes(one)), ofHelm };
  } catch (error) {
    if (mayBeHelm && error instanceof UserError) return undefined;
    throw error;
  }
};

/** Nothing is read of what has to be rendered: a template of Helm is no YAML. */
const readOne = async (source: SourceFile): Promise<Read> => {
  const { path, file, text: said } = source;
  const name = basename(path);
  if (chartName.test(name))
    return {
      source,
      documents: [],
      remarks: [unrendered('Helm', `helm template ${dirname(file)}`)],
      placed: () => [],
    };
  const read = await readOrHelm(said, file);
  if (!read)
    return {
      source,
      documents: [],
      remarks: [unrendered('Helm', 'helm template <chart>')],
      placed: () => [],
    };
  const { documents, ofHelm } = read;
  const isKustomization = kustomizationName.test(name);
  const remarks = isKustomization
    ? [unrendered('Kustomize', `kubectl kustomize ${dirname(file)}`)]
    : [];
  const found = kept(() =>
    documents.map((document) => ({ document, objects: objectsIn(document) })),
  );
  const placed = kept(() =>
    found().flatMap(({ document, objects }) =>
      objects.filter(isObject).map((object) => ({ object, document })),
    ),
  );
  return {
    source,
    documents,
    get remarks() {
      if (isKustomization) return remarks;
      const lines = ofHelm.map((document) => document.rangeOf([]).line);
      const told = lines.map((line) => ({ ...unrendered('Helm', 'helm template <chart>'), line }));
      return [...found().flatMap(untaken), ...told];
    },
    placed,
  };
};

/** A file by which a kustomization changes objects of others, and whether it says by a selector which. */
interface Patch {
  readonly path: string;
  readonly by: string;
  readonly isSelecting: boolean;
}

/** The files by which a kustomization changes objects of others: they have parts of objects. */
const patchesOf = ({ source, documents }: Read): readonly Patch[] => {
  if (!kustomizationName.test(basename(source.path))) return [];
  const root = new Field(documents[0]?.tree);
  const named = [
    ...[...root.get('patches').items(), ...root.get('patchesJson6902').items()].map((one) => ({
      named: one.get('path').text(),
      isSelecting: one.get('target').isSet,
    })),
    ...root
      .get('patchesStrategicMerge')
      .texts()
      .map((one) => ({ named: one, isSelecting: false })),
  ];
  return named.flatMap(({ named: one, isSelecting }) =>
    one === undefined
      ? []
      : [{ path: normalize(join(dirname(source.path), one)), by: source.file, isSelecting }],
  );
};

/** What is changed by a patch: the object of its kind and name in another file, or with a selector any of its kind. */
const changesAnother = (
  { kind, name }: PlacedObject['object'],
  { isSelecting }: Patch,
  others: readonly PlacedObject[],
): boolean =>
  others.some(({ object }) => object.kind === kind && (isSelecting || object.name === name));

/** A chart tells of all of its templates. */
const chartsIn = (all: readonly Read[]): readonly string[] =>
  all
    .filter(({ source }) => chartName.test(basename(source.path)))
    .map(({ source }) => normalize(dirname(source.path)));
const isOfChart = ({ source, documents }: Read, charts: readonly string[]): boolean =>
  documents.length === 0 &&
  !chartName.test(basename(source.path)) &&
  charts.some((chart) => normalize(source.path).startsWith(join(chart, 'templates')));

/** Of a patch it is told that it is none of what is evaluated. */
const passedOver = (
  { placed }: Read,
  evaluated: readonly PlacedObject[],
  { by }: Patch,
): readonly Remark[] =>
  placed().length > evaluated.length
    ? [
        {
          line: 1,
          why: `it is not evaluated: ${by} changes an object of another file by it`,
          isUnanswered: true,
        },
      ]
    : [];

const empty = ({ object, document }: PlacedObject): readonly Remark[] =>
  lacksContainers(object)
    ? [
        {
          line: document.rangeOf(object.root.at).line,
          why: `${nameOf(object)} names no container, and is not evaluated`,
          isUnanswered: true,
        },
      ]
    : [];

/** Texts that change a pod, or make an object, when a workflow runs. */
const unread = ({ object, document }: PlacedObject): readonly Remark[] =>
  unreadInWorkflow(object).map(({ at }) => ({
    line: document.rangeOf(at).line,
    why: `${at.at(-1)} of ${nameOf(object)} is not evaluated: it is a text that Argo reads when the workflow runs`,
    isUnanswered: true,
  }));

/** What is looked at where pods are evaluated. */
const decidesAlone = ({ kind }: { readonly kind: string }): boolean =>
  kind === 'ServiceAccount' || kind === 'LimitRange';

const begin = (): Collection => {
  const byPath = new Map<string, Read>();
  return {
    async add(source) {
      byPath.set(source.path, await readOne(source));
    },
    declared() {
      const all = [...byPath.values()];
      const charts = chartsIn(all);
      const patches = new Map(all.flatMap(patchesOf).map((one) => [one.path, one]));
      const read = all.filter((one) => !isOfChart(one, charts));
      const patchOf = ({ source }: Read) => patches.get(normalize(source.path));
      const others = read.flatMap((one) => (patchOf(one) ? [] : one.placed()));
      // Whoever names a file as a patch could else have a whole object passed over.
      const placed = read.map((one) => {
        const patch = patchOf(one);
        return patch
          ? one.placed().filter(({ object }) => !changesAnother(object, patch, others))
          : one.placed();
      });
      const subjectsOf = clusterOf(placed.flat());
      return read.map((one, index) => {
        const { file } = one.source;
        const own = placed[index] ?? [];
        const patch = patchOf(one);
        const remarks = [
          ...(patch ? passedOver(one, own, patch) : []),
          ...(patch && own.length === 0 ? [] : one.remarks),
        ];
        const evaluated = kept(() => own.map((each) => ({ ...each, subjects: subjectsOf(each) })));
        return {
          file,
          remarks: [...remarks, ...own.flatMap(empty), ...own.flatMap(unread)],
          resources: own.length,
          get subjects() {
            return evaluated().flatMap(({ subjects }) => subjects);
          },
          get passedOver() {
            return evaluated()
              .filter(({ object, subjects }) => subjects.length === 0 && !decidesAlone(object))
              .map(({ object }) => object.kind);
          },
        };
      });
    },
  };
};

/** Manifests of Kubernetes: YAML of one or several documents, JSON, lists. */
export const kubernetes: Format = { ...recognised, begin, edited: editedDocuments };
