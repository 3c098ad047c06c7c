import { groupsBy } from '../../support/groups.ts';
import { UserError } from '../../support/user-error.ts';
import type { Fixed, FixedFile, Left } from '../../templates/edit/fixed-file.ts';
import { CannotEdit, type Edit } from '../../templates/edit/tree-edits.ts';
import { isRight, openNow, worseIn } from '../../templates/edit/worse.ts';
import type { Written } from '../model/repair.ts';
import type { LocatedInManifest, Run } from './run.ts';

const keyOf = ({ control, file, subject: { document, at } }: LocatedInManifest): string =>
  JSON.stringify([control.id, file, document.part, at]);
const isOpen = ({ verdict, exemption }: LocatedInManifest): boolean =>
  verdict.status === 'FAIL' && exemption === undefined;
const worseText = (one: LocatedInManifest): string =>
  `${one.control.id} of ${one.name} would be ${one.verdict.status}`;

const withAnother = 'put right together with another failure';

interface Planned extends Written {
  readonly checked: LocatedInManifest;
}

/** What is put right in one file, step by step. */
class Repairing {
  readonly #fixed: Fixed[] = [];
  readonly #left: Left<LocatedInManifest>[] = [];
  readonly #run: Run;
  readonly #file: string;
  readonly #isProposed: boolean;
  #text: string;
  #verdicts: readonly LocatedInManifest[];
  /** @param before the verdicts on the file as it is */
  constructor(
    run: Run,
    { file, text }: { readonly file: string; readonly text: string },
    before: readonly LocatedInManifest[],
    isProposed: boolean,
  ) {
    this.#run = run;
    this.#file = file;
    this.#isProposed = isProposed;
    this.#text = text;
    this.#verdicts = before;
  }
  /** What is right by now was put right, also where nothing was written for it. */
  outcome(): Pick<FixedFile, 'after' | 'fixed' | 'left'> {
    const right = new Set(
      this.#verdicts.filter(({ verdict }) => isRight(verdict.status)).map(keyOf),
    );
    const besides = this.#left.filter(({ checked }) => right.has(keyOf(checked)));
    return {
      after: this.#text,
      fixed: [...this.#fixed, ...besides.map(({ checked }) => ({ checked, summary: withAnother }))],
      left: this.#left.filter((one) => !besides.includes(one)),
    };
  }
  /** Puts them right together where that works, else each half by itself, down to those that do not. */
  async repair(wanted: readonly LocatedInManifest[]): Promise<void> {
    const planned = this.#planned(wanted);
    if (planned.length === 0) return;
    const why = await this.#tried(planned);
    if (why === undefined) {
      for (const { edits: _, ...one } of planned) this.#fixed.push(one);
      return;
    }
    const [first] = planned;
    if (planned.length === 1 && first) {
      this.#left.push({ checked: first.checked, why });
      return;
    }
    const middle = planned.length >> 1;
    await this.repair(planned.slice(0, middle).map(({ checked }) => checked));
    await this.repair(planned.slice(middle).map(({ checked }) => checked));
  }
  /** What each failure asks for as the text stands; what cannot be written is left. */
  #planned(wanted: readonly LocatedInManifest[]): readonly Planned[] {
    const now = new Map(this.#verdicts.map((one) => [keyOf(one), one]));
    return wanted.flatMap((checked) => {
      const current = now.get(keyOf(checked));
      if (!current || isRight(current.verdict.status)) {
        this.#fixed.push({ checked, summary: withAnother });
        return [];
      }
      const repair = current.repair();
      if (!repair) this.#left.push({ checked, why: openNow(current.verdict) });
      else if ('why' in repair) this.#left.push({ checked, why: repair.why });
      else if (repair.proposal !== undefined && !this.#isProposed)
        this.#left.push({ checked, why: `it is for a person to say: ${repair.proposal}` });
      else return [{ ...repair, checked }];
      return [];
    });
  }
  /** Why the text cannot have these changes; `undefined` where it has them. */
  async #tried(planned: readonly Planned[]): Promise<string | undefined> {
    const changes = new Map<number, Edit[]>();
    for (const { checked, edits } of planned) {
      const { part = 0 } = checked.subject.document;
      changes.set(part, [...(changes.get(part) ?? []), ...edits]);
    }
    try {
      const next = await this.#run.edited(this.#file, withoutDoubles(changes));
      await this.#run.put(this.#file, next);
      const after = this.#run.verdictsOn(this.#file);
      const why = whyNot(planned, this.#verdicts, after);
      if (why === undefined) [this.#text, this.#verdicts] = [next, after];
      else await this.#run.put(this.#file, this.#text);
      return why;
    } catch (error) {
      await this.#run.put(this.#file, this.#text);
      if (error instanceof CannotEdit || error instanceof UserError) return error.message;
      throw error;
    }
  }
}

/** What several failures ask for is changed once. */
const withoutDoubles = (
  changes: ReadonlyMap<number, readonly Edit[]>,
): ReadonlyMap<number, readonly Edit[]> =>
  new Map(
    [...changes].map(([part, edits]) => [
      part,
      [...new Map(edits.map((one) => [JSON.stringify(one), one])).values()],
    ]),
  );

const whyNot = (
  planned: readonly Planned[],
  before: readonly LocatedInManifest[],
  after: readonly LocatedInManifest[],
): string | undefined => {
  const now = new Map(after.map((one) => [keyOf(one), one.verdict.status]));
  const standing = planned
    .map(({ checked }) => now.get(keyOf(checked)))
    .find((status) => !isRight(status));
  if (standing !== undefined) return `with the change it is still ${standing}`;
  const worse = worseIn(before, after, keyOf);
  return worse && `with the change, ${worseText(worse)}`;
};

/** Files whose changes make something in another file worse stay as they were. */
const withoutHarm = async (
  files: readonly FixedFile[],
  before: readonly LocatedInManifest[],
  run: Run,
): Promise<readonly FixedFile[]> => {
  const isChanged = (one: FixedFile): boolean => one.before !== one.after;
  const changed = files.filter(isChanged);
  if (changed.length === 0 || !worseIn(before, run.verdictsOn(), keyOf)) return files;
  for (const one of changed) await run.put(one.file, one.before);
  const kept: FixedFile[] = [];
  for (const one of files) {
    if (isChanged(one)) await run.put(one.file, one.after);
    const worse = isChanged(one) ? worseIn(before, run.verdictsOn(), keyOf) : undefined;
    if (!worse) {
      kept.push(one);
      continue;
    }
    await run.put(one.file, one.before);
    const why = `with the change, ${worseText(worse)} in ${worse.file}`;
    const left = [...one.left, ...one.fixed.map(({ checked }) => ({ checked, why }))];
    kept.push({ ...one, after: one.before, fixed: [], left });
  }
  return kept;
};

const ofAnother = (file: string, open: readonly LocatedInManifest[]): FixedFile => {
  const why = 'another file names this one: check it by itself';
  const left = open.map((checked) => ({ checked, why }));
  return { file, before: '', after: '', fixed: [], left };
};

/**
 * The files of a run with their failures put right, each by the smallest change: shown only where the control then passes
 * and no other verdict of the run gets worse. Nothing is written.
 * @param found the failures that are to be put right
 */
export const fixManifests = async (
  run: Run,
  found: readonly LocatedInManifest[],
  isProposed: boolean,
): Promise<readonly FixedFile[]> => {
  const before = run.verdictsOn();
  const byFile = groupsBy(before, (one) => one.file);
  const files: FixedFile[] = [];
  for (const [file, open] of groupsBy(found.filter(isOpen), (one) => one.file)) {
    const text = run.textOf(file);
    if (text === undefined) {
      files.push(ofAnother(file, open));
      continue;
    }
    const repairing = new Repairing(run, { file, text }, byFile.get(file) ?? [], isProposed);
    await repairing.repair(open);
    files.push({ file, before: text, ...repairing.outcome() });
  }
  return withoutHarm(files, before, run);
};
