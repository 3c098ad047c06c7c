import type { ManifestSettings } from '../../engine/baseline/baseline-manifests.ts';
import { type Exemption, exemptionFor } from '../../engine/baseline/exemption.ts';
import { groupsBy } from '../../support/groups.ts';
import { latestDate } from '../../support/latest-date.ts';
import {
  exemptedLines,
  exemptionsInComments,
  linesWithExemptions,
  type Refused,
  type Suppression,
  whyUnknown,
  writtenExemption,
} from '../../templates/check/suppressions.ts';
import type { Document, Path, Range } from '../../templates/document/document.ts';
import type { Subject } from '../model/subject.ts';

type Written = Suppression | Refused;
const isRefused = (one: Written): one is Refused => 'why' in one;

/** The lines of a part; where it ends before anything stands on a line, that is the next one's. */
const linesOf = (document: Document, path: Path): Range => {
  const range = document.rangeOf(path);
  const last = document.text.split('\n', range.endLine)[range.endLine - 1] ?? '';
  return last.slice(0, range.endColumn - 1).trim() === '' && range.endLine > range.line
    ? { ...range, endLine: range.endLine - 1 }
    : range;
};
const isIn = (line: number, { line: first, endLine }: Range): boolean =>
  first <= line && line <= endLine;

const inRemarks = ({ remarks, document, within }: Subject): readonly Written[] =>
  (remarks ?? '')
    .split('\n')
    .map((said) => said.trim())
    .filter((said) => said !== '')
    .map((said) => {
      const [control = '', ...reason] = said.split(/\s+/);
      return writtenExemption(control, reason.join(' '), document.rangeOf(within).line, {
        owner: 'the manifest',
      });
    });

/** The exemptions that stand with what one object of a file declares. */
interface Standing {
  readonly all: readonly Written[];
  /** The parts of it that are evaluated by themselves, such as containers. */
  readonly parts: readonly Range[];
}

const keyOf = (path: Path): string => JSON.stringify(path);

const none: Standing = { all: [], parts: [] };

/** Reads the exemptions in the files that subjects are of, each object once. */
export class SourceExemptions {
  readonly #byDocument: ReadonlyMap<Document, readonly Subject[]>;
  readonly #byObject = new Map<Document, ReadonlyMap<string, readonly Subject[]>>();
  /** By the text, which the documents of a stream share, and which can be large. */
  readonly #lines = new Map<string, readonly string[]>();
  readonly #standing = new Map<Document, Map<string, Standing>>();
  constructor(subjects: readonly Subject[]) {
    this.#byDocument = groupsBy(subjects, ({ document }) => document);
  }
  #of(subject: Subject): Standing {
    const { document, within, remarks } = subject;
    const hasComments = this.#linesIn(document).length > 0;
    if (!hasComments && remarks === undefined) return none;
    const inDocument = this.#standing.get(document) ?? new Map<string, Standing>();
    this.#standing.set(document, inDocument);
    const key = keyOf(within);
    const known = inDocument.get(key);
    if (known) return known;
    const made = hasComments ? this.#commented(subject) : { all: inRemarks(subject), parts: [] };
    inDocument.set(key, made);
    return made;
  }
  #linesIn(document: Document): readonly string[] {
    const lines = this.#lines.get(document.text) ?? linesWithExemptions(document);
    this.#lines.set(document.text, lines);
    return lines;
  }
  /** What else is evaluated of the object that a subject is of. */
  #besides({ document, within }: Subject): readonly Subject[] {
    const objects =
      this.#byObject.get(document) ??
      groupsBy(this.#byDocument.get(document) ?? [], (one) => keyOf(one.within));
    this.#byObject.set(document, objects);
    return objects.get(keyOf(within)) ?? [];
  }
  #commented(subject: Subject): Standing {
    const { document, within } = subject;
    const all = exemptionsInComments(this.#linesIn(document), document.rangeOf(within));
    const parts = this.#besides(subject).filter(({ at }) => keyOf(at) !== keyOf(within));
    return {
      all: [
        ...inRemarks(subject),
        ...all.map((one) => (isRefused(one) ? one : { ...one, owner: 'the manifest' })),
      ],
      parts: parts.map(({ at }) => linesOf(document, at)),
    };
  }
  /** What counts for a control on a subject: what stands in another part of its object does not. */
  find(subject: Subject, control: string): Suppression | undefined {
    const { all, parts } = this.#of(subject);
    const named = all
      .filter((one): one is Suppression => !isRefused(one))
      .filter((one) => one.control === control);
    if (named.length === 0) return undefined;
    const { at, within, document } = subject;
    const own = keyOf(at) === keyOf(within) ? undefined : linesOf(document, at);
    return named.find(
      ({ line }) => (own && isIn(line, own)) || !parts.some((part) => isIn(line, part)),
    );
  }
  /** The lines of what is written with the object that a subject is of. */
  linesOf(subject: Subject): readonly number[] {
    return this.#of(subject).all.map(({ line }) => line);
  }
  /**
   * What is written and does not count.
   * @param ids the ids of all controls that an exemption can name
   */
  refusedIn(subject: Subject, ids: readonly string[]): readonly Refused[] {
    return this.#of(subject).all.flatMap((one) => {
      if (isRefused(one)) return [one];
      const why = whyUnknown(one.control, ids);
      return why === undefined ? [] : [{ line: one.line, why }];
    });
  }
}

/** The lines of a text on which an exemption stands with nothing that is evaluated. */
export const strayExemptions = (
  text: string,
  subjects: readonly Subject[],
  exemptions: SourceExemptions,
): readonly Refused[] => {
  const lines = exemptedLines(text);
  if (lines.length === 0) return [];
  const taken = new Set(subjects.flatMap((one) => exemptions.linesOf(one)));
  const why =
    'the exemption stands with nothing that is evaluated, and does not count; write it in the object, or on the line above it';
  return lines.filter((line) => !taken.has(line)).map((line) => ({ line, why }));
};

/** The exemption that counts for a FAIL: the file's own, or one of the baseline. */
export const exemptionOf = (
  subject: Subject,
  control: string,
  own: SourceExemptions,
  { exemptions }: ManifestSettings,
  at: Date,
): { readonly exemption?: Exemption; readonly isInSource?: true } => {
  const resource = `manifest:${subject.document.file}#${subject.name}`;
  const written = own.find(subject, control);
  if (written) {
    const { owner, reason, expires = latestDate } = written;
    return { exemption: { control, resource, owner, reason, expires }, isInSource: true };
  }
  const names = { controlId: control, arn: resource, id: subject.name };
  const found = exemptionFor({ exemptions }, names, at);
  return found ? { exemption: found } : {};
};
