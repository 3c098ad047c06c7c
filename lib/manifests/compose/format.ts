import { kept } from '../../support/once.ts';
import { editedDocuments } from '../check/edited-documents.ts';
import type { Collection, Declared, Format } from '../check/format.ts';
import { Field } from '../model/field.ts';
import type { Subject } from '../model/subject.ts';
import { containerOf, workloadOf } from './container-of.ts';
import { type ComposeFile, ComposeFiles } from './files.ts';
import { pairsOf } from './merge.ts';
import { Project, projectsIn } from './project.ts';
import { recognised } from './recognised.ts';
import { exposureOf, mountsOf, type Placed, serviceOf } from './service-of.ts';
import { type Wholes, wholesIn } from './services.ts';
import { asKnown, type Reading, strictly } from './variables.ts';

/** Exemptions where comments are none: a field that compose passes over. */
const exemptions = 'x-plumbline-exempt';

const labelsOf = (service: Field): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(pairsOf(service.get('labels').value)).map(([key, value]) => [
      key,
      String(value ?? ''),
    ]),
  );

const modelsOf = (placed: Placed, reading: Reading): Subject['models'] => {
  const mounts = kept(() => mountsOf(placed, reading));
  return {
    container: containerOf(placed.field, reading),
    workload: workloadOf(placed.field, placed, mounts, reading),
    composeService: serviceOf(placed, mounts, reading),
  };
};

const subjectOf = ({ document }: ComposeFile, placed: Placed): Subject => {
  const known = kept(() => modelsOf(placed, asKnown));
  return {
    name: `service/${placed.name}`,
    type: 'service of compose',
    document,
    at: placed.field.at,
    within: placed.field.at,
    models: modelsOf(placed, strictly),
    get known() {
      return known();
    },
    remarks: placed.field.get(exemptions).text(),
    labels: labelsOf(placed.field),
    exposed: exposureOf(placed.field, asKnown),
  };
};

/** What a file declares, worked out when somebody asks: of a run one file can be asked for again and again. */
const declaredBy = (
  file: ComposeFile,
  files: ComposeFiles,
  own: () => Wholes,
  project: () => Project,
): Declared => {
  const subjects = kept(() =>
    own().wholes.map(({ name, tree, from }) => {
      const field = new Field(tree, ['services', name]);
      return subjectOf(from, { name, field, from, path: file.path, project: project() });
    }),
  );
  return {
    file: file.file,
    over: files.overriding(file)?.file,
    get subjects() {
      return subjects();
    },
    get remarks() {
      return [...files.remarksOf(file), ...own().remarks];
    },
    get resources() {
      return own().wholes.length + own().remarks.length;
    },
  };
};

/** What the files of one project declare. */
const declaredIn = (
  project: readonly ComposeFile[],
  over: ReadonlySet<ComposeFile>,
  files: ComposeFiles,
): readonly Declared[] => {
  const own = project
    .filter((one) => !one.isOnlyExtended && !over.has(one))
    .map((file) => ({ file, found: kept(() => wholesIn(file, files)) }));
  const whole = kept(
    () =>
      new Project(
        project
          .toSorted((a, b) => Number(over.has(b)) - Number(over.has(a)))
          .flatMap((one) => [...one.below.toReversed(), one]),
        own.flatMap(({ found }) => found().wholes),
      ),
  );
  return own.map(({ file, found }) => declaredBy(file, files, found, whole));
};

const begin = (): Collection => {
  const files = new ComposeFiles();
  return {
    add: (source) => files.add(source),
    declared() {
      // An override counts in what it is merged over.
      const over = new Set(files.all.flatMap((one) => files.overriding(one) ?? []));
      return projectsIn(files).flatMap((project) => declaredIn(project, over, files));
    },
  };
};

/** Files of compose, with what they include and extend. */
export const compose: Format = { ...recognised, begin, edited: editedDocuments };
