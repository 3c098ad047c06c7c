import { resolve } from 'node:path';
import { controlsOf } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Control } from '../../model/control.ts';
import { Unresolved } from '../../model/unresolved.ts';
import { countsOf } from '../../support/groups.ts';
import { UserError } from '../../support/user-error.ts';
import { NoTemplate, templateOf } from '../cloudformation.ts';
import type { DeclaredType } from '../declared/declared-type.ts';
import { declaredTypes } from '../declared/index.ts';
import { readDocument } from '../document/read-document.ts';
import { looksDeclared, type Problem, type SourceFile, sourceFile, sourceFiles } from '../files.ts';
import type { Live } from '../live.ts';
import { type NestedStack, nestedStacksOf } from '../nested-stacks.ts';
import { World } from '../resolution/world.ts';
import { Stack } from '../stack.ts';
import type { Deployment } from '../template.ts';
import { isPlan } from '../terraform/plan.ts';
import { type CheckContext, checkTemplate, controlsFor } from './check-template.ts';
import { withHiddenLines } from './hidden-lines.ts';
import { type Located, type LocatedPart, lineOf, placeOf } from './located.ts';
import { type LocatedInTemplate, located } from './located-in-template.ts';
import type { Counted, FilesResult, OtherFiles } from './other-files.ts';
import { withOwners } from './parts.ts';
import { refusedParts } from './refused.ts';
import { refusedExemptions } from './refused-exemptions.ts';
import { passedOverIn, unansweredIn } from './unanswered.ts';

export interface CheckOptions extends CheckContext {
  readonly baseline: Baseline;
  readonly deployment: Deployment;
  readonly paths: readonly string[];
  /** Whether a file that is named and is nothing to evaluate is passed over, as in a folder. @default false */
  readonly isPassedOver?: boolean;
  /** The controls that are asked for; all of the baseline where it is not given. */
  readonly wanted?: ((control: Control) => boolean) | undefined;
  /**
   * As much as is told of what fails or is unknown: where it is, or the line of its source too. Of all else it is told how much
   * there is. What a file declares is let go with it. @default - all of every verdict
   */
  readonly told?: 'places' | 'lines' | undefined;
  /** What is asked of the account as it is. @default - nothing */
  readonly live?: Live | undefined;
  /** What evaluates the files that are no templates. */
  readonly others?: OtherFiles;
  /** The ids of all controls: an exemption of another one is told. @default - none is */
  readonly ids?: () => Promise<readonly string[]>;
}
export interface CheckResult extends FilesResult {
  /** The parameters that the templates have. */
  readonly parameters?: ReadonlySet<string>;
  /** The absolute paths that were read. */
  readonly read?: ReadonlySet<string>;
  /** What evaluated the files that are no templates. */
  readonly others?: OtherFiles | undefined;
  /** The absolute paths of the folders below which nothing was read. */
  readonly foldersPassedOver?: ReadonlySet<string>;
}

/** The controls of a type, loaded when the first template declares it. */
const createCatalogue = ({ baseline, wanted = () => true }: CheckOptions) => {
  const loaded = new Map<string, Promise<readonly Control[]>>();
  const load = async (type: DeclaredType): Promise<readonly Control[]> => {
    const all = (await controlsOf[type.type.type]?.()) ?? [];
    return controlsFor(type, all, baseline).filter(wanted);
  };
  return (type: DeclaredType): Promise<readonly Control[]> => {
    const name = `${type.as} ${type.type.type}`;
    const found = loaded.get(name) ?? load(type);
    loaded.set(name, found);
    return found;
  };
};

interface Checking {
  readonly options: CheckOptions;
  readonly catalogue: ReturnType<typeof createCatalogue>;
  readonly problems: Problem[];
  readonly warnings: Problem[];
  readonly all: Located[];
  readonly counted: Map<string, Counted>;
  readonly counts: { files: number; resources: number; unanswered: number };
  /** The absolute paths that were read. */
  readonly read: Set<string>;
  /** The type of each resource that nothing looks at. */
  readonly passedOver: string[];
  readonly parameters: Set<string>;
}
const begun = (options: CheckOptions, catalogue = createCatalogue(options)): Checking => ({
  options,
  catalogue,
  problems: [],
  warnings: [],
  all: [],
  counted: new Map(),
  counts: { files: 0, resources: 0, unanswered: 0 },
  read: new Set(),
  passedOver: [],
  parameters: new Set(),
});
const deepestNesting = 10;
const toldAs = { places: placeOf, lines: lineOf } as const;

/** How many verdicts there are in both. */
const addCounted = (sum: Map<string, Counted>, more: ReadonlyMap<string, Counted>): void => {
  for (const [id, { PASS, NOT_APPLICABLE }] of more) {
    const before = sum.get(id) ?? none;
    sum.set(id, {
      PASS: before.PASS + PASS,
      NOT_APPLICABLE: before.NOT_APPLICABLE + NOT_APPLICABLE,
    });
  }
};
const none: Counted = { PASS: 0, NOT_APPLICABLE: 0 };

type Warn = (line: number, why: string) => void;

type Evaluated = Pick<SourceFile, 'file' | 'path' | 'text' | 'constructs'>;

/** What reads plans is loaded for the first of them. */
const planned: typeof import('../terraform/plan-template.ts').planTemplateOf = async (...asked) =>
  (await import('../terraform/plan-template.ts')).planTemplateOf(...asked);

/** What a text declares, and every verdict on it. */
const evaluated = async (
  { file, path, text, constructs }: Evaluated,
  catalogue: Checking['catalogue'],
  placed: CheckOptions,
  warn: Warn,
) => {
  const document = await readDocument(text, file);
  const template = isPlan(document.tree)
    ? await planned(document, placed.deployment, (why) => warn(1, why), path)
    : templateOf(document, placed.deployment, (at, why) => warn(document.rangeOf(at).line, why));
  const { live } = placed;
  const whole = withOwners(live ? { ...template, live } : template, declaredTypes);
  // What is found out of it counts for both.
  const stack = new Stack(whole, new World());
  const checked = await checkTemplate(stack, declaredTypes, catalogue, placed);
  return { document, template, all: located(checked, stack, placed, constructs) };
};

/** Evaluates a text that stands, or would stand, in a file. Throws a UserError for what is no template. */
export const createEvaluation = (options: CheckOptions) => {
  const catalogue = createCatalogue(options);
  return async (
    source: Evaluated,
    deployment: Deployment,
  ): Promise<readonly (LocatedInTemplate | LocatedPart)[]> => {
    const placed = { ...options, deployment };
    const { template, all } = await evaluated(source, catalogue, placed, () => undefined);
    const { isExplicit } = options;
    const parts = await options.others?.inTemplate(template, { isExplicit, isWhole: true });
    return [...all, ...(parts ?? [])];
  };
};

/** Tells what CloudFormation does not take: the rest of the file is evaluated. */
const tellRefused = async (
  { document, template }: Pick<Awaited<ReturnType<typeof evaluated>>, 'document' | 'template'>,
  { problems, warnings, counts }: Checking,
): Promise<void> => {
  if (isPlan(document.tree)) return;
  const { file } = document;
  for (const { path, why, mayBeNew } of await refusedParts(template)) {
    const { line, column } = document.rangeOf(path);
    const told = { file, message: `${file}:${line}:${column}: ${why}` };
    if (mayBeNew) {
      warnings.push(told);
      counts.unanswered += 1;
    } else problems.push(told);
  }
};

const counting =
  (counted: Map<string, Counted>): CheckContext['count'] =>
  ({ id }, status) => {
    const before = counted.get(id) ?? none;
    counted.set(id, { ...before, [status]: before[status] + 1 });
  };

/** What the surroundings of a file say of its deployment is assumed no more; a partition is that of a region. */
const placedAs = (
  { assumed = [], ...asked }: Deployment,
  own: Partial<Deployment> = {},
): Deployment => ({
  ...asked,
  ...own,
  assumed: assumed.filter(
    (one) => own[one] === undefined && !(one === 'partition' && own.region !== undefined),
  ),
});

/** @returns the nested stacks that are to be followed */
const checkFile = async (
  { deployment, ...source }: SourceFile,
  checking: Checking,
  above: readonly string[],
): Promise<readonly NestedStack[]> => {
  const { options, catalogue, warnings, all, counts } = checking;
  const counted = new Map<string, Counted>();
  const { file, path, constructs } = source;
  const warn: Warn = (line, why) => warnings.push({ file, message: `${file}:${line}: ${why}` });
  const placed: CheckOptions = {
    ...options,
    deployment: placedAs(options.deployment, deployment),
    count: options.told ? counting(counted) : undefined,
  };
  const { document, template, all: own } = await evaluated(source, catalogue, placed, warn);
  await tellRefused({ document, template }, checking);
  const tasks = await options.others?.inTemplate(template, {
    isExplicit: options.isExplicit,
    constructs,
  });
  const found = withHiddenLines([...own, ...(tasks ?? [])], []);
  all.push(...(options.told ? found.map(toldAs[options.told]) : found));
  addCounted(checking.counted, counted);
  for (const message of await refusedExemptions(template, constructs, options))
    warnings.push({ file, message });
  const stacks = nestedStacksOf(template, path, constructs);
  const isCircle = ({ path: child }: NestedStack) =>
    [...above, path].some((one) => resolve(one) === resolve(child));
  const nested = above.length < deepestNesting ? stacks.filter((one) => !isCircle(one)) : [];
  const circles = new Set(stacks.filter(isCircle).map(({ logicalId }) => logicalId));
  const followed = new Set(nested.map(({ logicalId }) => logicalId));
  const named = new Set(stacks.map(({ logicalId }) => logicalId));
  for (const { declared, why } of await unansweredIn(template, followed, placed)) {
    const { logicalId } = declared;
    const found = circles.has(logicalId)
      ? 'it is a stack that is nested in itself'
      : named.has(logicalId)
        ? `nested stacks are followed ${deepestNesting} levels deep`
        : why;
    warn(document.rangeOf(declared.path).line, `${logicalId} is not evaluated: ${found}`);
    counts.unanswered += 1;
  }
  counts.unanswered += template.unread ?? 0;
  for (const name of Object.keys(template.parameters)) checking.parameters.add(name);
  for (const type of passedOverIn(template)) checking.passedOver.push(type);
  counts.files += 1;
  counts.resources += template.size ?? template.declarations.size;
  return nested;
};

/** Whether a file is of another kind than templates and plans. */
export const isOfOthers = ({ path, text }: SourceFile, others: OtherFiles | undefined): boolean =>
  others !== undefined &&
  (!looksDeclared(text) || others.isNoTemplate(text)) &&
  others.recognises(path, text);

/** Tells what is wrong with a file that somebody can put right. */
const telling = async (
  { file }: Pick<SourceFile, 'file'>,
  problems: Problem[],
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError) problems.push({ file, message: error.message });
    else if (error instanceof Unresolved)
      problems.push({ file, message: `${file}: it depends on ${error.message}` });
    else if (error instanceof RangeError && /call stack/.test(error.message))
      problems.push({ file, message: `${file}: it is nested too deeply` });
    else throw error;
  }
};

const refuseEmpty = ({ file, text }: SourceFile): void => {
  if (text.trim() === '') throw new UserError(`${file}:1:1: it is empty`);
};

/** The same; what is found in a folder and is no template after all, such as a model of an API, is nobody's mistake. */
const checkedOrNone: typeof checkFile = async (source, checking, above) => {
  try {
    return await checkFile(source, checking, above);
  } catch (error) {
    if (source.isFound && error instanceof NoTemplate) return [];
    throw error;
  }
};

/** One template or plan, and the nested stacks that it makes. */
const checkWhole = (
  source: SourceFile,
  checking: Checking,
  above: readonly string[] = [],
): Promise<void> =>
  telling(source, checking.problems, async () => {
    refuseEmpty(source);
    checking.read.add(resolve(source.path));
    for (const { path, deployment } of await checkedOrNone(source, checking, above)) {
      checking.read.add(resolve(path));
      const own = { ...source.deployment, ...deployment };
      const { constructs } = source;
      const child = await sourceFile(
        { path, isNamed: true, deployment: own, ...(constructs ? { constructs } : {}) },
        checking.problems,
      );
      if (child) await checkWhole(child, checking, [...above, source.path]);
    }
  });

const resultOf = (checking: Checking): CheckResult => {
  const { all, counted, problems, warnings, counts, parameters, read } = checking;
  const passedOver = countsOf(checking.passedOver);
  return { located: all, counted, problems, warnings, ...counts, passedOver, parameters, read };
};

/** Evaluates one template or plan at a time; tells also which files its verdicts rest on. */
export const createFileCheck = (options: CheckOptions) => {
  const catalogue = createCatalogue(options);
  return async (
    source: SourceFile,
    at: Date,
  ): Promise<CheckResult & { readonly read: ReadonlySet<string> }> => {
    const checking = begun({ ...options, at }, catalogue);
    await checkWhole(source, checking);
    return { ...resultOf(checking), read: checking.read };
  };
};

/** What the files that are no templates come to; one that cannot be read is told. */
export const checkOthers = async (
  sources: readonly SourceFile[],
  others: OtherFiles,
): Promise<CheckResult> => {
  const problems: Problem[] = [];
  for (const source of sources)
    await telling(source, problems, async () => {
      refuseEmpty(source);
      await others.add(source);
    });
  const { problems: found, ...evaluated } = await others.evaluated();
  const read = new Set(sources.map(({ path }) => resolve(path)));
  return { ...evaluated, problems: [...problems, ...found], read };
};

/** Several results as one. */
export const together = (results: readonly CheckResult[]): CheckResult => {
  const sum = (count: (one: CheckResult) => number) =>
    results.reduce((total, one) => total + count(one), 0);
  return {
    located: results.flatMap(({ located }) => located),
    counted: countedIn(results),
    problems: results.flatMap(({ problems }) => problems),
    warnings: results.flatMap(({ warnings }) => warnings),
    files: sum(({ files }) => files),
    resources: sum(({ resources }) => resources),
    unanswered: sum(({ unanswered }) => unanswered),
    passedOver: countsIn(results),
    parameters: new Set(results.flatMap(({ parameters }) => [...(parameters ?? [])])),
    read: new Set(results.flatMap(({ read }) => [...(read ?? [])])),
  };
};
const countedIn = (results: readonly CheckResult[]): ReadonlyMap<string, Counted> => {
  const sum = new Map<string, Counted>();
  for (const { counted } of results) if (counted) addCounted(sum, counted);
  return sum;
};
/** How often each type is passed over. */
const countsIn = (results: readonly CheckResult[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [type, count] of results.flatMap(({ passedOver }) => [...(passedOver ?? [])]))
    counts.set(type, (counts.get(type) ?? 0) + count);
  return counts;
};

/** Evaluates what these files and folders declare. A file that cannot be read is told, and the others go on. */
export const checkFiles = async (options: CheckOptions): Promise<CheckResult> => {
  const { paths, others, isPassedOver } = options;
  const checking = begun(options);
  const apart: SourceFile[] = [];
  const foldersPassedOver = new Set<string>();
  const passesOver = (folder: string) => foldersPassedOver.add(resolve(folder));
  const asked = { paths, isPassedOver, passesOver };
  const isReadAlready = ({ path, isUnnamed }: SourceFile): boolean =>
    isUnnamed === true && checking.read.has(resolve(path));
  for await (const source of sourceFiles(asked, checking.problems, others))
    if (isReadAlready(source)) continue;
    else if (isOfOthers(source, others)) apart.push(source);
    else await checkWhole(source, checking);
  const own = { ...resultOf(checking), foldersPassedOver };
  return others
    ? { ...together([own, await checkOthers(apart, others)]), others, foldersPassedOver }
    : own;
};
