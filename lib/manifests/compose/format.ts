import { record } from '../../support/untyped.ts';
import type { Collection, Declared, Format, Remark } from '../check/format.ts';
import { Field } from '../model/field.ts';
import type { Subject } from '../model/subject.ts';
import { containerOf, workloadOf } from './container-of.ts';
import { type ComposeFile, ComposeFiles } from './files.ts';
import { pairsOf } from './merge.ts';
import { isCompose } from './recognised.ts';
import { exposureOf, mountsOf, type Placed, serviceOf } from './service-of.ts';
import {
  declaredIn,
  type Links,
  linksOf,
  notEvaluated,
  projectOf,
  type Whole,
  wholeService,
} from './services.ts';
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

const modelsOf = (placed: Placed, reading: Reading): Subject['models'] => ({
  container: containerOf(placed.field, reading),
  workload: workloadOf(placed.field, placed, (how) => mountsOf(placed, how), reading),
  composeService: serviceOf(placed, reading),
});

const subjectOf = (file: ComposeFile, placed: Placed): Subject => ({
  name: `service/${placed.name}`,
  type: 'service of compose',
  document: file.document,
  at: placed.field.at,
  within: placed.field.at,
  models: modelsOf(placed, strictly),
  known: modelsOf(placed, asKnown),
  remarks: placed.field.get(exemptions).text(),
  labels: labelsOf(placed.field),
  exposed: exposureOf(placed.field, asKnown),
});

/** A part of a file that is merged over another has neither image nor build. */
const isPart = ({ tree }: Whole): boolean =>
  !['image', 'build', 'provider'].some((key) => tree[key] !== undefined && tree[key] !== null);

const fieldsOf = (wholes: readonly Whole[]): ReadonlyMap<string, Field> =>
  new Map(wholes.map(({ name, tree }) => [name, new Field(tree, ['services', name])]));

/** The services that a file declares, with those that are not evaluated. */
const wholesIn = (file: ComposeFile, files: ComposeFiles) => {
  const remarks: Remark[] = [];
  const wholes: Whole[] = [];
  for (const name of Object.keys(record(file.tree['services']))) {
    const found = wholeService(file, name, files);
    if (typeof found === 'string') remarks.push(notEvaluated(file, name, found));
    else if (isPart(found))
      remarks.push(
        notEvaluated(
          file,
          name,
          'it has neither image nor build, so that it is a part of another file',
        ),
      );
    else wholes.push(found);
  }
  return { wholes, remarks };
};

/** Services that only an override has. */
const withAdded = (file: ComposeFile, files: ComposeFiles): ComposeFile => {
  const over = files.overriding(file);
  if (!over) return file;
  const own = record(file.tree['services']);
  const services = { ...record(over.tree['services']), ...own };
  return { ...file, tree: { ...file.tree, services } };
};

const declaredBy = (original: ComposeFile, files: ComposeFiles, links: Links): Declared => {
  const file = withAdded(original, files);
  const { wholes, remarks } = wholesIn(file, files);
  const project = projectOf(original, links);
  const elsewhere = project
    .filter((one) => one !== original)
    .flatMap((one) => wholesIn(one, files).wholes);
  const others = fieldsOf([...elsewhere, ...wholes]);
  const declared = new Field(
    Object.fromEntries(
      ['networks', 'volumes', 'secrets', 'configs'].map((kind) => [
        kind,
        declaredIn(project, kind),
      ]),
    ),
  );
  return {
    file: file.file,
    subjects: [...fieldsOf(wholes)].map(([name, field]) =>
      subjectOf(file, { name, field, declared, path: file.path, others }),
    ),
    remarks: [...file.remarks, ...remarks],
    resources: wholes.length + remarks.length,
  };
};

const begin = (): Collection => {
  const files = new ComposeFiles();
  return {
    add: (source) => files.add(source),
    declared() {
      const { all } = files;
      // An override counts in what it is merged over.
      const merged = new Set(all.flatMap((one) => files.overriding(one) ?? []));
      const links = linksOf(files);
      return all
        .filter((one) => !one.isOnlyExtended && !merged.has(one))
        .map((one) => declaredBy(one, files, links));
    },
  };
};

/** Files of compose, with what they include and extend. */
export const compose: Format = {
  isNamed: () => false,
  recognises: isCompose,
  begin,
};
