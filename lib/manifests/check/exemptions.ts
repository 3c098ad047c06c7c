import type { ManifestSettings } from '../../engine/baseline/baseline-manifests.ts';
import { type Exemption, exemptionFor } from '../../engine/baseline/exemption.ts';
import { groupsBy } from '../../support/groups.ts';
import {
  exemptionsInComments,
  type Refused,
  type Suppression,
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

const none: Standing = { all: [], parts: [] };

/** Reads the exemptions in the files that subjects are of, each object once. */
export class SourceExemptions {
  readonly #byDocument: ReadonlyMap<Document, readonly Subject[]>;
  readonly #standing = new Map<Document, Map<string, Standing>>();
  constructor(subjects: readonly Subject[]) {
    this.#byDocument = groupsBy(subjects, ({ document }) => document);
  }
  #of(subject: Subject): Standing {
    const { document, within, remarks } = subject;
    const hasComments = document.text.includes('plumbline:exempt');
    if (!hasComments && remarks === undefined) return none;
    const inDocument = this.#standing.get(document) ?? new Map<string, Standing>();
    this.#standing.set(document, inDocument);
    const key = JSON.stringify(within);
    const known = inDocument.get(key);
    if (known) return known;
    const made = hasComments ? this.#commented(subject) : { all: inRemarks(subject), parts: [] };
    inDocument.set(key, made);
    return made;
  }
  #commented(subject: Subject): Standing {
    const { document, within } = subject;
    const all = exemptionsInComments(document.text, document.rangeOf(within));
    const parts = (this.#byDocument.get(document) ?? []).filter(
      (one) => one.within.join() === within.join() && one.at.join() !== within.join(),
    );
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
    const own =
      subject.at.join() === subject.within.join()
        ? undefined
        : linesOf(subject.document, subject.at);
    return all
      .filter((one): one is Suppression => !isRefused(one))
      .find((one) => {
        if (one.control !== control) return false;
        if (own && isIn(one.line, own)) return true;
        return !parts.some((part) => isIn(one.line, part));
      });
  }
  /** What is written and does not count. */
  refusedIn(subject: Subject): readonly Refused[] {
    return this.#of(subject).all.filter(isRefused);
  }
}

const forever = '9999-12-31T23:59:59.999Z';

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
    const { owner, reason, expires = forever } = written;
    return { exemption: { control, resource, owner, reason, expires }, isInSource: true };
  }
  const names = { controlId: control, arn: resource, id: subject.name };
  const found = exemptionFor({ exemptions }, names, at);
  return found ? { exemption: found } : {};
};
