import type { ManifestSettings } from '../../engine/baseline/baseline-manifests.ts';
import type { SensitivityTag } from '../../engine/findings/priority.ts';
import type { Verdict } from '../../model/control.ts';
import { Unresolved } from '../../model/unresolved.ts';
import { clip } from '../../support/clip.ts';
import { plural } from '../../support/plural.ts';
import type { Located, OtherFiles } from '../../templates/check/located.ts';
import type { Problem } from '../../templates/files.ts';
import type { ManifestControl, ManifestVerdict } from '../model/manifest-control.ts';
import type { Subject } from '../model/subject.ts';
import { exemptionOf, SourceExemptions } from './exemptions.ts';
import type { Format } from './format.ts';
import { pathText, placeOf } from './places.ts';

export interface ManifestOptions {
  readonly formats: readonly Format[];
  readonly controls: readonly ManifestControl[];
  readonly settings: ManifestSettings;
  readonly at: Date;
}

const mostSaid = 3;
const longest = 120;
/** A value as evidence shows it. */
const shown = (value: unknown): unknown => {
  if (value === undefined) return 'not set';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? clip(text, longest) : value;
};

const reasonOf = (faults: readonly { readonly what: string }[]): string => {
  const said = [...new Set(faults.map(({ what }) => what))];
  const more = said.length - mostSaid;
  return [...said.slice(0, mostSaid), ...(more > 0 ? [`and ${plural(more, 'other')}`] : [])].join(
    '; ',
  );
};

const verdictOf = (verdict: ManifestVerdict): Verdict => {
  if (verdict.status !== 'FAIL') return verdict;
  const { faults } = verdict;
  return {
    status: 'FAIL',
    reason: reasonOf(faults),
    evidence: faults.map(({ said, expected, isSecret }) => ({
      path: pathText(said.at),
      actual: isSecret ? 'a value that is not shown' : shown(said.value),
      expected,
    })),
  };
};

/** What a control says. What it cannot know is UNKNOWN, unless something that is known departs already. */
const foundBy = (
  control: ManifestControl,
  { models, known }: Pick<Subject, 'models' | 'known'>,
  parameters: Readonly<Record<string, unknown>>,
): ManifestVerdict | undefined => {
  try {
    return control.evaluate(models, parameters);
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    const sure = known && foundBy(control, { models: known }, parameters);
    const reason = `it depends on ${error.message}`;
    return sure?.status === 'FAIL' ? sure : { status: 'UNKNOWN', reason };
  }
};

/** Exposure and sensitivity: both critical, one high. */
const priorityOf = (
  { exposed, labels }: Subject,
  tag: SensitivityTag | undefined,
): Located['priority'] => {
  const value = tag && labels[tag.key];
  const isSensitive = value !== undefined && (tag?.values.includes(value) ?? false);
  const why = [
    ...(exposed ? [exposed] : []),
    ...(isSensitive ? [`labelled ${tag?.key}=${value}`] : []),
  ];
  const level = why.length === 2 ? 'critical' : why.length === 1 ? 'high' : 'standard';
  return { level, why: why.join(', ') || 'neither exposed nor labelled as sensitive' };
};

const nothingElse = { when: [], softDefaults: [], byDefault: [], notes: [] } as const;

const located = (
  subject: Subject,
  exemptions: SourceExemptions,
  { controls, settings, at }: ManifestOptions,
): readonly Located[] => {
  const { document, name, type } = subject;
  const priority = priorityOf(subject, settings.sensitivityTag);
  const whole = placeOf(document, subject.at);
  return controls.flatMap((control) => {
    const parameters = settings.controls[control.id];
    const found = parameters && foundBy(control, subject, parameters);
    if (!found) return [];
    return [
      {
        control,
        verdict: verdictOf(found),
        file: document.file,
        source: document.text,
        range: found.status === 'FAIL' ? placeOf(document, found.faults[0].said.at) : whole,
        ...(found.status === 'FAIL' && found.faults.some(({ isSecret }) => isSecret)
          ? { isHidden: true as const }
          : {}),
        name,
        id: name,
        resourceType: type,
        priority,
        ...nothingElse,
        ...(found.status === 'FAIL'
          ? exemptionOf(subject, control.id, exemptions, settings, at)
          : {}),
      },
    ];
  });
};

/** Reads manifests, and evaluates them when all of a run are read. */
export const manifestFiles = (options: ManifestOptions): OtherFiles => {
  const collections = options.formats.map((format) => ({ format, collection: format.begin() }));
  const known = (path: string, text: string) =>
    collections.find(({ format }) => format.recognises(path, text));
  let files = 0;
  return {
    isNamed: (name) => options.formats.some((format) => format.isNamed(name)),
    recognises: (path, text) => known(path, text) !== undefined,
    async add(source) {
      await known(source.path, source.text)?.collection.add(source);
      files += 1;
    },
    async evaluated() {
      const declared = collections.flatMap(({ collection }) => collection.declared());
      const subjects = declared.flatMap((one) => one.subjects);
      const exemptions = new SourceExemptions(subjects);
      const warnings: Problem[] = [];
      const warn = (file: string, line: number, why: string) =>
        warnings.push({ file, message: `${file}:${line}: ${why}` });
      for (const { file, remarks } of declared)
        for (const { line, why } of remarks) warn(file, line, why);
      const refused = new Set(
        subjects.flatMap((one) =>
          exemptions.refusedIn(one).map((each) => `${one.document.file}:${each.line}: ${each.why}`),
        ),
      );
      for (const message of refused)
        warnings.push({ file: message.split(':', 1)[0] ?? '', message });
      return {
        located: subjects.flatMap((one) => located(one, exemptions, options)),
        problems: [],
        warnings,
        files,
        resources: declared.reduce((sum, one) => sum + one.resources, 0),
        unanswered: declared
          .flatMap(({ remarks }) => remarks)
          .filter(({ isUnanswered }) => isUnanswered).length,
      };
    },
  };
};
