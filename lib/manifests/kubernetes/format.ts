import { basename, dirname, join, normalize } from 'node:path';
import { kept } from '../../support/kept.ts';
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
const noTags: ReadonlySet<string> = new Set();

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
    const all = await readDocuments(text, file, noTags);
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

/** The paths of the files that a kustomization changes others by: they are parts of objects. */
const patchesOf = ({ source, documents }: Read): readonly string[] => {
  if (!kustomizationName.test(basename(source.path))) return [];
  const root = new Field(documents[0]?.tree);
  const named = [
    ...root
      .get('patches')
      .items()
      .map((one) => one.get('path').text()),
    ...root
      .get('patchesJson6902')
      .items()
      .map((one) => one.get('path').text()),
    ...root.get('patchesStrategicMerge').texts(),
  ];
  return named.flatMap((one) =>
    one === undefined ? [] : [normalize(join(dirname(source.path), one))],
  );
};

/** The objects of a file; a patch has parts of objects only. */
const placedIn = (
  { source, placed }: Read,
  patches: ReadonlySet<string>,
): readonly PlacedObject[] => (patches.has(normalize(source.path)) ? [] : placed());

/** A chart tells of all of its templates. */
const chartsIn = (all: readonly Read[]): readonly string[] =>
  all
    .filter(({ source }) => chartName.test(basename(source.path)))
    .map(({ source }) => normalize(dirname(source.path)));
const isOfChart = ({ source, documents }: Read, charts: readonly string[]): boolean =>
  documents.length === 0 &&
  !chartName.test(basename(source.path)) &&
  charts.some((chart) => normalize(source.path).startsWith(join(chart, 'templates')));

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
      const patches = new Set(all.flatMap(patchesOf));
      const read = all.filter((one) => !isOfChart(one, charts));
      const placed = read.map((one) => placedIn(one, patches));
      const subjectsOf = clusterOf(placed.flat());
      return read.map((one, index) => {
        const { file, path } = one.source;
        const own = placed[index] ?? [];
        const remarks = patches.has(normalize(path)) ? [] : one.remarks;
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
