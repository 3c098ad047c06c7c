import { dirname, resolve } from 'node:path';
import { type Named, namedFiles, type Problem, type SourceFile, sourceFile } from '../files.ts';
import { looksLikePlan } from '../terraform/plan.ts';
import {
  type CheckOptions,
  type CheckResult,
  checkOthers,
  createFileCheck,
  isOfOthers,
  together,
} from './check-files.ts';
import type { OtherFiles } from './other-files.ts';

export interface RepeatedOptions extends Omit<CheckOptions, 'others' | 'at'> {
  /** Anew for each time that they are evaluated: they are gathered first. */
  readonly othersAt: (at: Date) => OtherFiles;
}

/** What is known of one file. */
interface Held {
  /** What kept it from being read. */
  readonly problems: readonly Problem[];
  /** Of another kind than templates: evaluated together with its like. */
  readonly other?: SourceFile;
  readonly result?: CheckResult;
  /** The files that the result rests on. */
  readonly read: ReadonlySet<string>;
  readonly isPlan: boolean;
}

/** What happened since it was evaluated. */
export interface Happened {
  /** Absolute paths of files that were made, changed or taken away. */
  readonly changed: ReadonlySet<string>;
  /** Whether there may be other files than before. */
  readonly isListed: boolean;
}

/** A plan is read with the sources that stand beside it or below. */
const isSourceOf = (path: string, changed: string): boolean =>
  /\.(?:tf|tofu)$/.test(changed) && changed.startsWith(`${dirname(path)}/`);

const isStale = (path: string, { read, isPlan }: Held, changed: Happened['changed']): boolean =>
  changed.has(path) ||
  [...read].some((one) => changed.has(one)) ||
  (isPlan && [...changed].some((one) => isSourceOf(path, one)));

/** Evaluates what the paths name again and again: each time only the files that changed, and those that rest on them. */
export const createRepeatedCheck = (options: RepeatedOptions) => {
  const { paths, isPassedOver, othersAt } = options;
  const begun = new Date();
  const check = createFileCheck({ ...options, at: begun, others: othersAt(begun) });
  const held = new Map<string, Held>();
  let named: ReadonlyMap<string, Named> = new Map();
  let listing: readonly Problem[] = [];
  let ofOthers: CheckResult | undefined;

  const list = async (others: OtherFiles): Promise<void> => {
    const problems: Problem[] = [];
    // Nested stacks of the CDK are read with what nests them.
    const found = namedFiles({ paths, isPassedOver }, problems, others).filter(
      ({ isUnnamed }) => !isUnnamed,
    );
    named = new Map(found.map((one) => [resolve(one.path), one]));
    listing = problems;
    for (const [path, { other }] of held)
      if (!named.has(path)) {
        held.delete(path);
        if (other) ofOthers = undefined;
      }
  };
  const look = async (path: string, one: Named, others: OtherFiles, at: Date): Promise<void> => {
    const problems: Problem[] = [];
    const source = await sourceFile(one, problems, others);
    const wasOther = held.get(path)?.other !== undefined;
    const other = source && isOfOthers(source, others) ? { other: source } : {};
    const found = source && !('other' in other) ? await check(source, at) : undefined;
    const read = found?.read ?? new Set<string>();
    const isPlan = source !== undefined && looksLikePlan(source.text);
    held.set(path, { problems, ...other, ...(found ? { result: found } : {}), read, isPlan });
    if (wasOther || 'other' in other) ofOthers = undefined;
  };

  return {
    /** Where else something rests on: nested stacks, and the folders of plans, for their sources. */
    get alsoRead(): readonly string[] {
      return [...held].flatMap(([path, { read, isPlan }]) => [
        ...[...read].filter((one) => !named.has(one)),
        ...(isPlan ? [dirname(path)] : []),
      ]);
    },
    async evaluate({ changed, isListed }: Happened): Promise<CheckResult> {
      const at = new Date();
      const others = othersAt(at);
      if (isListed || [...changed].some((one) => one.endsWith('/manifest.json')))
        await list(others);
      for (const [path, one] of named) {
        const before = held.get(path);
        if (!before || isStale(path, before, changed)) await look(path, one, others, at);
      }
      // A manifest may name others, which nobody else names.
      if ([...changed].some((one) => !held.get(one)?.result)) ofOthers = undefined;
      const all = [...named.keys()].flatMap((path) => held.get(path) ?? []);
      const apart = all.flatMap(({ other }) => other ?? []);
      ofOthers ??= await checkOthers(apart, others);
      const unread = [...listing, ...all.flatMap(({ problems }) => problems)];
      return together([
        { located: [], problems: unread, warnings: [], files: 0, resources: 0, unanswered: 0 },
        ...all.flatMap(({ result }) => result ?? []),
        ofOthers,
      ]);
    },
  };
};

export type RepeatedCheck = ReturnType<typeof createRepeatedCheck>;
