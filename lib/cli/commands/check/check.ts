import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allControls } from '../../../controls/index.ts';
import { customary } from '../../../infrastructure/check-settings.ts';
import { settingsAt } from '../../../infrastructure/settings-file.ts';
import { manifestFiles } from '../../../manifests/files.ts';
import type { Severity } from '../../../model/control.ts';
import { isOpenFailure, type Located } from '../../../reports/declared/declared-result.ts';
import { severities } from '../../../reports/result.ts';
import { columnsOf } from '../../../reports/wrap.ts';
import { partitionOf } from '../../../services/partition.ts';
import { didYouMean } from '../../../support/nearest.ts';
import { plural } from '../../../support/plural.ts';
import { runAs } from '../../../support/run-as.ts';
import { UserError } from '../../../support/user-error.ts';
import { matches } from '../../../support/wildcards.ts';
import { written } from '../../../support/written.ts';
import {
  type CheckOptions,
  type CheckResult,
  checkFiles,
} from '../../../templates/check/check-files.ts';
import type { FixedFile } from '../../../templates/edit/fixed-file.ts';
import type { Command, ExitCode } from '../../command.ts';
import { forTerminal } from '../../output/for-terminal.ts';
import { printed } from '../../output/printed.ts';
import { version } from '../../version.ts';
import { type CheckAsked, type CheckFormat, checkAsked } from './check-options.ts';
import { givenParameters } from './given-parameters.ts';
import type { Compared } from './new-only.ts';

const isWanted =
  ({ controls, severities: wanted }: CheckAsked) =>
  ({ id, severity }: { readonly id: string; readonly severity: Severity }): boolean =>
    (controls.length === 0 || controls.some((pattern) => matches(pattern, id))) &&
    (wanted.length === 0 || wanted.includes(severity));

const checkNames = ({ controls }: CheckAsked, all: readonly { readonly id: string }[]): void => {
  const ids = all.map(({ id }) => id);
  for (const one of controls)
    if (!ids.some((id) => matches(one, id)))
      throw new UserError(
        `there is no control ${one}; ${didYouMean(one, ids, `${runAs('controls')} lists them`)}`,
      );
};

const isShown =
  ({ isAll, isQuiet }: CheckAsked) =>
  (one: Located): boolean => {
    if (isAll) return true;
    if (isQuiet) return isOpenFailure(one);
    return one.verdict.status === 'FAIL' || one.verdict.status === 'UNKNOWN';
  };

const jsonOf = async (
  asked: CheckAsked,
  result: CheckResult,
  { at, baseline, deployment: { account, region } }: CheckOptions,
): Promise<Iterable<string>> => {
  const { declaredJson } = await import('../../../reports/declared/declared-json.ts');
  const { baselineSum } = await import('../../../engine/baseline/baseline-sum.ts');
  const about = { at, plumbline: version(), baseline: baselineSum(baseline), account, region };
  return declaredJson(result, isShown(asked), {
    ...about,
    isNarrowed: asked.base !== undefined,
    reportTags: baseline.reportTags,
  });
};

/** What a person reads: the verdicts, then how many there are. */
const textOf = async (asked: CheckAsked, result: CheckResult): Promise<Iterable<string>> => {
  const { declaredText, declaredSummary, foldersText, passedOverText } = await import(
    '../../../reports/declared/declared-text.ts'
  );
  return (function* () {
    let isEmpty = true;
    for (const piece of declaredText(result, isShown(asked), columnsOf(process.stdout))) {
      yield piece;
      isEmpty = false;
    }
    if (asked.isQuiet) return;
    const passedOver = asked.isAll ? passedOverText(result) : undefined;
    const summary = [declaredSummary(result), foldersText(result), passedOver].filter(
      (part) => part !== undefined,
    );
    yield `${isEmpty ? '' : '\n\n'}${summary.join('\n')}`;
  })();
};

/** Each format's own module: a run needs one of them. */
const wholeReport = async (
  result: CheckResult,
  format: Exclude<CheckFormat, 'json' | 'text'>,
): Promise<string> => {
  switch (format) {
    case 'sarif':
      return (await import('../../../reports/declared/declared-sarif.ts')).declaredSarif(
        result,
        version(),
      );
    case 'junit':
      return (await import('../../../reports/declared/declared-junit.ts')).declaredJunit(result);
    case 'github':
      return (await import('../../../reports/declared/declared-github.ts')).declaredGithub(result);
    case 'gitlab':
      return (await import('../../../reports/declared/declared-gitlab.ts')).declaredGitlab(result);
    case 'markdown':
      return (await import('../../../reports/declared/declared-markdown.ts')).declaredMarkdown(
        result,
      );
  }
};

/** In pieces: those of a large output are not held beside each other. */
const reportOf = async (
  asked: CheckAsked,
  result: CheckResult,
  options: CheckOptions,
  format: CheckFormat,
): Promise<Iterable<string>> => {
  if (format === 'json') return jsonOf(asked, result, options);
  return format === 'text' ? textOf(asked, result) : [await wholeReport(result, format)];
};

/** A report as a file, which ends its last line also where it says nothing. */
function* asFile(report: Iterable<string>): Generator<string> {
  yield* report;
  yield '\n';
}
/** A report as it is printed: nothing at all where it says nothing. */
function* asPrinted(report: Iterable<string>): Generator<string> {
  let isEmpty = true;
  for (const piece of report) {
    yield piece;
    isEmpty &&= piece === '';
  }
  if (!isEmpty) yield '\n';
}

/** A source of Terraform, by its name. */
const isSource = /\.(?:tf|tofu)(?:\.json)?$/;

/** A report in the place of what it is about, or of what says how, would be the end of that. */
const refuseOver = (
  { out, also, baseline = customary, parameters }: CheckAsked,
  { read = new Set() }: CheckResult,
): void => {
  const written = [...(out === undefined ? [] : [out]), ...also.map(({ file }) => file)];
  const settings = [baseline, ...(parameters === undefined ? [] : [parameters])];
  const kept = new Set([...read, ...settings.map((file) => resolve(file))]);
  const over = written.find((file) => kept.has(resolve(file)) || isSource.test(file));
  if (over !== undefined)
    throw new UserError(
      `${over} is read by this check, and a report would be written over it: name another file`,
    );
};

const holdsTerraform = (path: string): boolean => {
  try {
    return readdirSync(path).some((name) => isSource.test(name));
  } catch {
    return false;
  }
};

/** Why there is no verdict at all: what nobody evaluated is not in order. */
const whyNothing = (asked: CheckAsked, result: CheckResult): string | undefined => {
  const { located, counted, problems, files, unanswered } = result;
  // Against a base, what that has too is left out.
  if (
    located.length > 0 ||
    (counted?.size ?? 0) > 0 ||
    problems.length > 0 ||
    asked.base !== undefined ||
    asked.isPassedOver
  )
    return undefined;
  if (files === 0) {
    const plans = asked.paths.some(holdsTerraform)
      ? ` Sources of Terraform are not evaluated, but plans of them: terraform show -json tfplan > tfplan.json`
      : '';
    const app = asked.paths.find((path) => existsSync(join(path, 'cdk.json')));
    if (app !== undefined)
      return `There is nothing to evaluate in ${app}: an app of the CDK is evaluated by what it writes, so run npx cdk synth there, then check its cdk.out`;
    return `There is nothing to evaluate in ${asked.paths.join(', ')}: no template, plan, manifest or Dockerfile.${plans}`;
  }
  if (asked.controls.length + asked.severities.length > 0)
    return 'Nothing was evaluated: no control that --control, --severity and the baseline leave looks at what is declared here.';
  return unanswered > 0 ? 'Nothing was evaluated: what was found cannot be evaluated.' : undefined;
};

const exitCode = (asked: CheckAsked, result: CheckResult): ExitCode => {
  const { located, problems, files, unanswered } = result;
  if (problems.length > 0 || (files === 0 && !asked.isPassedOver)) return 2;
  if (whyNothing(asked, result) !== undefined) return 2;
  const isIncomplete =
    unanswered > 0 || located.some(({ verdict }) => verdict.status === 'UNKNOWN');
  if (asked.isStrict && isIncomplete) return 2;
  const least = severities.indexOf(asked.failOn);
  const isGrave = (one: Located) => severities.indexOf(one.control.severity) <= least;
  return located.some((one) => isOpenFailure(one) && isGrave(one)) ? 1 : 0;
};

/** The files with their failures put right: templates, then what is none. */
const fixedFiles = async (
  { isProposed }: CheckAsked,
  { located, others }: CheckResult,
  options: CheckOptions,
): Promise<readonly FixedFile[]> => {
  const { fixFiles } = await import('../../../templates/fix/fix-files.ts');
  return [
    ...(await fixFiles(located, { ...options, ...(others ? { others } : {}) }, isProposed)),
    ...((await others?.fixed(located, isProposed)) ?? []),
  ];
};

const print = async ({ format, out }: CheckAsked, files: readonly FixedFile[]): Promise<void> => {
  const { printPatch } = await import('../../output/print-patch.ts');
  await printPatch(files, { isJson: format === 'json', out });
};

/** Makes the changes, and tells what stays; a file that cannot be written is a problem, and the others are. */
const make = async (
  { paths }: CheckAsked,
  files: readonly FixedFile[],
  evaluated: () => Promise<Compared>,
): Promise<Compared> => {
  const { writeFixed } = await import('../../../templates/edit/fixed-file.ts');
  const { declaredFixed, declaredLeft, declaredProposals } = await import(
    '../../../reports/declared/declared-patch.ts'
  );
  const problems: CheckResult['problems'][number][] = [];
  const made: FixedFile[] = [];
  for (const one of files)
    try {
      await writeFixed(one, paths);
      made.push(one);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push({ file: one.file, message: error.message });
    }
  const now = await evaluated();
  const { withoutSecrets } = await import('../../output/patched-files.ts');
  const proposals = declaredProposals(files.map(withoutSecrets)).split('\n');
  for (const line of [...proposals, ...declaredLeft(files, now.located), declaredFixed(made)])
    if (line !== '') console.error(forTerminal(line));
  return { ...now, problems: [...problems, ...now.problems] };
};

/**
 * What is given and no template has is a problem, as CloudFormation refuses it: a name that is written wrongly leaves a default
 * in its place. A hook names only what changed, and other files can have it: there nothing is said.
 */
const withStrayParameters = (
  { parameters: file, isPassedOver }: CheckAsked,
  { deployment }: Pick<CheckOptions, 'deployment'>,
  result: CheckResult,
): CheckResult => {
  if (file === undefined || isPassedOver) return result;
  const { parameters = new Set() } = result;
  const names = [...parameters];
  const known = names.length > 0 ? `they have ${names.join(', ')}` : 'they have none';
  const stray = Object.keys(deployment.parameters).filter((name) => !parameters.has(name));
  const problems = stray.map((name) => ({
    file,
    message: `--parameters ${file} gives ${name}, and no template has a parameter of that name; ${didYouMean(name, names, known)}`,
  }));
  return { ...result, problems: [...result.problems, ...problems] };
};

/** What tells what passes, makes changes or compares needs all; a text shows lines too. */
const toldBy = (
  { isAll, fixes, base, format, also }: CheckAsked,
  { reportTags = [] }: Pick<CheckOptions['baseline'], 'reportTags'>,
): CheckOptions['told'] => {
  const formats = [format, ...also.map((one) => one.format)];
  const isMore = fixes !== undefined || base !== undefined || reportTags.length > 0;
  if (isAll || isMore || formats.includes('junit')) return undefined;
  return formats.includes('text') ? 'lines' : 'places';
};

/** What is evaluated, and how: each time anew, for the files that are no templates are gathered first. */
const evaluationOf = async (asked: CheckAsked) => {
  const named = async () => {
    const { manifestControls } = await import('../../../manifests/index.ts');
    return [...(await allControls()), ...manifestControls];
  };
  if (asked.controls.length > 0) checkNames(asked, await named());
  const { baseline, manifests: settings } = await settingsAt(asked.baseline, allControls);
  const at = new Date();
  const place = asked.isLive
    ? await (await import('./live.ts')).liveOf(asked, baseline)
    : { live: undefined, account: asked.account ?? '111122223333', region: undefined };
  const region = place.region ?? asked.region ?? baseline.homeRegion;
  const { live, account } = place;
  const options: CheckOptions = {
    paths: asked.paths,
    baseline,
    at,
    isExplicit: asked.isExplicit,
    isPassedOver: asked.isPassedOver,
    wanted: isWanted(asked),
    told: toldBy(asked, baseline),
    ids: async () => (await named()).map(({ id }) => id),
    live,
    deployment: {
      account,
      region,
      partition: partitionOf(region),
      stackName: 'stack',
      assumed: [
        ...(asked.account === undefined && !live ? (['account'] as const) : []),
        ...((place.region ?? asked.region) === undefined ? (['region', 'partition'] as const) : []),
        'stackName',
      ],
      parameters: asked.parameters === undefined ? {} : await givenParameters(asked.parameters),
    },
  };
  const othersAt = (at: Date) => manifestFiles({ wanted: isWanted(asked), settings, at });
  const evaluate = async (paths: readonly string[]) =>
    withStrayParameters(
      asked,
      options,
      await checkFiles({ ...options, paths, others: othersAt(at) }),
    );
  return { options, othersAt, evaluate };
};

/** What is evaluated of the paths, less what the base has. */
const resultOf = async (
  { paths, base }: CheckAsked,
  options: CheckOptions,
  evaluate: (paths: readonly string[]) => Promise<CheckResult>,
): Promise<Compared> => {
  if (base === undefined) return { ...(await evaluate(paths)), known: 0 };
  const { newOnly } = await import('./new-only.ts');
  return newOnly({ base, paths }, options, evaluate);
};
const leftOut = (base: string, known: number): string =>
  `${plural(known, 'verdict')} that ${base} has too ${known === 1 ? 'is' : 'are'} left out.`;

/** Stays until somebody ends it. */
const watched = async (asked: CheckAsked): Promise<ExitCode> => {
  const { watchFiles } = await import('./watch.ts');
  const { createRepeatedCheck } = await import('../../../templates/check/repeated-check.ts');
  const result = await watchFiles({
    asked,
    settings: [asked.baseline ?? customary, ...(asked.parameters ? [asked.parameters] : [])],
    begin: async () => {
      const { options, othersAt } = await evaluationOf(asked);
      const repeated = createRepeatedCheck({ ...options, othersAt });
      return {
        get alsoRead() {
          return repeated.alsoRead;
        },
        evaluate: async (happened) =>
          withStrayParameters(asked, options, await repeated.evaluate(happened)),
      };
    },
    isShown: isShown(asked),
  });
  return exitCode(asked, result);
};

export const check: Command = async (argv) => {
  const asked = checkAsked(argv);
  if (!asked) return 0;
  if (asked.isWatched) return watched(asked);
  const { options, evaluate } = await evaluationOf(asked);
  const found = await resultOf(asked, options, evaluate);
  refuseOver(asked, found);
  const isPrinted = asked.fixes === 'printed';
  if (isPrinted) await print(asked, await fixedFiles(asked, found, options));
  const made = async (): Promise<Compared> =>
    make(asked, await fixedFiles(asked, found, options), () => resultOf(asked, options, evaluate));
  const result = asked.fixes === 'made' ? await made() : found;
  for (const { format, file } of asked.also)
    await written(file, asFile(await reportOf(asked, result, options, format)));
  if (!isPrinted) {
    const report = await reportOf(asked, result, options, asked.format);
    if (asked.out === undefined) await printed(asPrinted(report));
    else await written(asked.out, asFile(report));
  }
  if (asked.base !== undefined && result.known > 0)
    console.error(forTerminal(leftOut(asked.base, result.known)));
  for (const { message } of [...result.problems, ...result.warnings])
    console.error(forTerminal(message));
  if (options.live && !asked.isQuiet)
    for (const line of (await import('./live.ts')).liveText(options.live))
      console.error(forTerminal(line));
  const nothing = whyNothing(asked, result);
  if (nothing !== undefined) console.error(forTerminal(nothing));
  return exitCode(asked, result);
};
