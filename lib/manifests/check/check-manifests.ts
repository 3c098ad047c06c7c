import type { SensitivityTag } from '../../engine/findings/priority.ts';
import { countsOf, firstBy, groupsBy } from '../../support/groups.ts';
import { namedIn } from '../../support/named-in.ts';
import { withHiddenLines } from '../../templates/check/hidden-lines.ts';
import type { Located, LocatedPart } from '../../templates/check/located.ts';
import type { AskedOfTemplate, OtherFiles } from '../../templates/check/other-files.ts';
import type { Refused } from '../../templates/check/suppressions.ts';
import { sourceLinesOf } from '../../templates/document/secret-lines.ts';
import type { Changes } from '../../templates/edit/edit-documents.ts';
import type { FixedFile } from '../../templates/edit/fixed-file.ts';
import type { Problem, SourceFile } from '../../templates/files.ts';
import type { Template } from '../../templates/template.ts';
import { isInManifest, type LocatedInManifest, type Run } from '../fix/run.ts';
import { knowing } from '../kinds.ts';
import type { Fault, ManifestControl } from '../model/manifest-control.ts';
import type { Subject } from '../model/subject.ts';
import { exemptionOf, SourceExemptions, strayExemptions } from './exemptions.ts';
import type { Collection, Declared, Format, Recognised } from './format.ts';
import type { ManifestOptions } from './options.ts';
import { placeOf } from './places.ts';
import { secretPlacesIn } from './secret-places.ts';
import { foundBy, repairOf, secretsFoundBy, verdictOf } from './verdicts.ts';

/** Exposure and sensitivity: both critical, one high. */
const priorityOf = (
  { exposed, labels }: Subject,
  tag: SensitivityTag | undefined,
): Located['priority'] => {
  const value = tag && namedIn(labels, tag.key);
  const isSensitive = value !== undefined && (tag?.values.includes(value) ?? false);
  const why = [
    ...(exposed ? [exposed] : []),
    ...(isSensitive ? [`labelled ${tag?.key}=${value}`] : []),
  ];
  const level = why.length === 2 ? 'critical' : why.length === 1 ? 'high' : 'standard';
  return { level, why: why.join(', ') || 'neither exposed nor labelled as sensitive' };
};

const none: readonly never[] = [];
const noRepair = () => undefined;

const located = (
  subject: Subject,
  exemptions: SourceExemptions,
  { controls, settings, at }: ManifestOptions,
): readonly LocatedInManifest[] => {
  const { document, name, type } = subject;
  const priority = priorityOf(subject, settings.sensitivityTag);
  const whole = placeOf(document, subject.at);
  const exempted = ({ id }: ManifestControl) => exemptionOf(subject, id, exemptions, settings, at);
  const { file } = document;
  const lines = sourceLinesOf(document);
  const all: LocatedInManifest[] = [];
  for (const control of controls) {
    const parameters = settings.controls[control.id];
    const found =
      parameters &&
      (control.findsSecrets
        ? secretsFoundBy(control, subject)
        : foundBy(control, subject, parameters));
    if (!found) continue;
    // Most pass, of hundreds of thousands: nothing is made for them that only a failure has.
    const one: LocatedInManifest = {
      control,
      verdict: verdictOf(found),
      file,
      lines,
      range: whole,
      name,
      id: name,
      resourceType: type,
      priority,
      when: none,
      softDefaults: none,
      byDefault: none,
      notes: none,
      subject,
      repair: noRepair,
    };
    all.push(
      found.status === 'FAIL'
        ? { ...one, ...failedAt(subject, control, found.faults), ...exempted(control) }
        : one,
    );
  }
  return all;
};
/** What only a failure has: where it is wrong, and how that is put right. */
const failedAt = (
  { document, models }: Subject,
  control: ManifestControl,
  faults: readonly [Fault, ...Fault[]],
): Pick<LocatedInManifest, 'range' | 'repair' | 'isHidden' | 'values'> => ({
  values: () => faults.map(({ said }) => said.value),
  range: placeOf(document, faults[0].said.at),
  repair: () => repairOf(control, models, faults),
  ...(faults.some(({ isSecret }) => isSecret) ? { isHidden: true } : {}),
});

const warningOf = ({ file, line, why }: Refused & { readonly file: string }): Problem => ({
  file,
  message: `${file}:${line}: ${why}`,
});

interface Added {
  readonly source: SourceFile;
  readonly format: Format;
  readonly collection: Collection;
}

/** Reads manifests, and evaluates them when all of a run are read. */
export class Manifests implements Omit<OtherFiles, keyof Recognised>, Run {
  readonly #options: ManifestOptions;
  readonly #collections: readonly Omit<Added, 'source'>[];
  readonly #added = new Map<string, Added>();
  constructor(options: ManifestOptions) {
    this.#options = options;
    this.#collections = options.formats.map((format) => ({ format, collection: format.begin() }));
  }
  #ofText(path: string, text: string) {
    const format = knowing(this.#options.formats, path, text);
    return this.#collections.find((one) => one.format === format);
  }
  async add(source: SourceFile): Promise<void> {
    const found = this.#ofText(source.path, source.text);
    if (!found) return;
    await found.collection.add(source);
    this.#added.set(source.file, { ...found, source });
  }
  async evaluated() {
    const declared = this.#declared();
    const subjects = declared.flatMap((one) => one.subjects);
    const exemptions = new SourceExemptions(subjects);
    const remarks = declared.flatMap((one) =>
      one.remarks.map((remark) => ({ ...remark, file: one.file })),
    );
    const { wanted = () => true, controls } = this.#options;
    const warnings = [
      ...remarks.map(warningOf),
      ...this.#refused(subjects, exemptions).map(warningOf),
    ];
    const located = this.#located(subjects, exemptions, controls.filter(wanted));
    return {
      located: withHiddenLines(located, secretPlacesIn(subjects, controls)),
      problems: [],
      warnings,
      files: this.#added.size,
      resources: declared.reduce((sum, one) => sum + one.resources, 0),
      unanswered: remarks.filter(({ isUnanswered }) => isUnanswered).length,
      passedOver: countsOf(declared.flatMap((one) => one.passedOver ?? [])),
    };
  }
  /** The exemptions that do not count, each once. */
  #refused(
    subjects: readonly Subject[],
    exemptions: SourceExemptions,
  ): readonly (Refused & { readonly file: string })[] {
    const ids = this.#options.controls.map(({ id }) => id);
    const byFile = groupsBy(subjects, ({ document }) => document.file);
    const named = subjects.flatMap((one) =>
      exemptions.refusedIn(one, ids).map((each) => ({ ...each, file: one.document.file })),
    );
    const stray = [...this.#added.values()].flatMap(({ source: { file, text } }) =>
      strayExemptions(text, byFile.get(file) ?? [], exemptions).map((each) => ({ ...each, file })),
    );
    return [...firstBy([...named, ...stray], (one) => warningOf(one).message).values()];
  }
  async inTemplate(
    template: Template,
    { isWhole = false, ...asked }: AskedOfTemplate,
  ): Promise<readonly LocatedPart[]> {
    const { checkTasks } = await import('../ecs/check-tasks.ts');
    const { wanted = () => true, ...options } = this.#options;
    return checkTasks(template, isWhole ? options : { ...options, wanted }, asked);
  }
  async fixed(found: readonly Located[], isProposed: boolean): Promise<readonly FixedFile[]> {
    const { fixManifests } = await import('../fix/fix-manifests.ts');
    const subjects = this.#declared().flatMap((one) => one.subjects);
    const places = groupsBy(secretPlacesIn(subjects, this.#options.controls), ({ file }) => file);
    const files = await fixManifests(this, found.filter(isInManifest), isProposed);
    return files.map((one) => ({
      ...one,
      secrets: places.get(one.file)?.map(({ range }) => range) ?? [],
    }));
  }
  verdictsOn(file?: string): readonly LocatedInManifest[] {
    // What another collection holds is of no file of this one.
    const declared = file === undefined ? this.#declared() : this.#of(file).collection.declared();
    const subjects = declared
      .filter((one) => file === undefined || one.file === file || one.over === file)
      .flatMap((one) => one.subjects)
      .filter(({ document }) => file === undefined || document.file === file);
    return this.#located(subjects, new SourceExemptions(subjects), this.#options.controls);
  }
  async put(file: string, text: string): Promise<void> {
    const { source, format, collection } = this.#of(file);
    const next = { ...source, text };
    await collection.add(next);
    this.#added.set(file, { source: next, format, collection });
  }
  textOf(file: string): string | undefined {
    return this.#added.get(file)?.source.text;
  }
  async edited(file: string, changes: Changes): Promise<string> {
    const { source, format } = this.#of(file);
    return format.edited(source.text, changes);
  }
  #of(file: string): Added {
    const found = this.#added.get(file);
    if (!found) throw new Error(`${file} was not read`);
    return found;
  }
  #declared(): readonly Declared[] {
    return this.#collections.flatMap(({ collection }) => collection.declared());
  }
  #located(
    subjects: readonly Subject[],
    exemptions: SourceExemptions,
    controls: readonly ManifestControl[],
  ): readonly LocatedInManifest[] {
    const byKinds = new Map<string, readonly ManifestControl[]>();
    return subjects.flatMap((one) => {
      const kinds = Object.keys(one.models).join();
      const own = byKinds.get(kinds) ?? controls.filter(({ on }) => one.models[on] !== undefined);
      byKinds.set(kinds, own);
      return located(one, exemptions, { ...this.#options, controls: own });
    });
  }
}
