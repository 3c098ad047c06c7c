import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { attempted } from '../../../aws/errors.ts';
import { allControls } from '../../../controls/index.ts';
import { idleText } from '../../../engine/baseline/idle-exemptions.ts';
import { baselineAt } from '../../../infrastructure/baseline-file.ts';
import { catalogue } from '../../../reporting/catalogue.ts';
import { tagText } from '../../../reports/compliance/scope.ts';
import { resultTable } from '../../../reports/table.ts';
import { columnsOf, wrap } from '../../../reports/wrap.ts';
import { written } from '../../../support/written.ts';
import { accountsToRead } from '../../accounts/accounts-to-read.ts';
import { askedIn } from '../../accounts/asked-in.ts';
import { enter } from '../../accounts/by-account.ts';
import type { Command, ExitCode } from '../../command.ts';
import { notLookedAtText, type ScanResult } from '../../evaluate-all.ts';
import { untilInterrupted } from '../../interruption.ts';
import { forTerminal } from '../../output/for-terminal.ts';
import { missingText } from '../../output/tally.ts';
import { frameworkNamed } from '../report/report-frameworks.ts';
import { scanAccounts } from './scan-accounts.ts';
import { subjectsAsked } from './scan-filters.ts';
import { readKnown, writeKnown } from './scan-known.ts';
import { createGathering, type Gathering, type Scan, scanOnce } from './scan-once.ts';
import { type Asked, type Said, scanAsked } from './scan-options.ts';
import { plainReport, type Report } from './scan-report.ts';
import {
  controlsIn,
  nextText,
  regionsText,
  servicesTable,
  sinceText,
  standardText,
  summaryText,
} from './scan-text.ts';
import { unseenText } from './scan-unseen.ts';

const nothingEvaluated = ({ account, regions }: ScanResult, { resources, tags }: Asked): string => {
  const named = resources.length > 0 ? [`named ${resources.join(', ')}`] : [];
  const tagged = tags.map((tag) => `with the tag ${tagText(tag)}`);
  const what = [...named, ...tagged].join(' and ') || 'of these types';
  return `Nothing was evaluated in account ${account}, ${regions.join(', ')}: there is no resource ${what}.`;
};

/** What was evaluated before Ctrl-C, or before the credentials ended, or the way to AWS, is not lost. */
const showBroken = ({ results, tally }: Gathering, { json }: Asked): void => {
  if (results.length > 0 && !json) console.log(resultTable(results, columnsOf(process.stdout)));
  const { failed, passed } = tally.counts;
  if (failed + passed > 0)
    console.error(`This scan is not complete: ${failed} failed, ${passed} passed until it ended.`);
};

const showText = (scan: Scan, report: Report, gathering: Gathering, seconds: string): void => {
  const { asked, subjects, known } = scan;
  const { results, since, requirements, elsewhere, evaluated, counts } = report;
  if (results.length > 0) console.log(resultTable(results, columnsOf(process.stdout)));
  if (asked.quiet) return;
  if (results.length > 0) console.log('');
  if (requirements && asked.standard) console.log(standardText(asked.standard, requirements));
  if (evaluated.resources > 0) console.log(servicesTable(gathering.tally));
  const regions = regionsText(evaluated);
  if (regions !== undefined) console.log(regions);
  const summary = summaryText(counts, evaluated, seconds);
  console.log(wrap(summary, columnsOf(process.stdout) ?? 100_000).join('\n'));
  if (since) console.log(sinceText(since));
  for (const idle of report.idleExemptions) console.log(idleText(idle));
  const next = nextText({ results, isKnown: known !== undefined, failed: counts.failed });
  if (next) console.log(`\n${next}`);
  const evaluatedControls = controlsIn(subjects);
  console.log(`\n${unseenText({ ...scan, evaluated: evaluatedControls, elsewhere })}`);
};

/** Says before anything is read that a file cannot be written. */
const checkWritable = async (file: string): Promise<void> => {
  const isNew = !existsSync(file);
  await (await open(file, 'a')).close();
  if (isNew) await rm(file);
};

const prepared = async (asked: Asked): Promise<Scan> => {
  const all = await allControls();
  const baseline = await baselineAt(asked.baseline, all);
  const subjects = subjectsAsked(asked, all, baseline);
  const known = asked.known === undefined ? undefined : await readKnown(asked.known);
  const hasHead = !asked.json && !asked.quiet;
  return { asked, all, baseline, subjects, known, at: new Date(), hasHead };
};

const say = (scan: Scan, report: Report, gathering: Gathering, seconds: string): void => {
  const { asked } = scan;
  const { evaluated } = report;
  if (asked.json) {
    console.log(plainReport(report));
    return;
  }
  showText(scan, report, gathering, seconds);
  const missing = missingText(gathering.missing);
  if (missing) console.error(forTerminal(missing));
  for (const one of evaluated.notLookedAt)
    console.error(forTerminal(`${notLookedAtText(one)}. This scan is not complete.`));
  if (evaluated.resources === 0) console.error(forTerminal(nothingEvaluated(evaluated, asked)));
};

/** One account, in full. */
const scanAlone = async (scan: Scan, start: number): Promise<ExitCode> => {
  const { asked } = scan;
  const gathering = createGathering(scan);
  const done = await attempted(() => untilInterrupted(() => scanOnce(scan, gathering)));
  if ('failure' in done) {
    showBroken(gathering, asked);
    throw done.failure;
  }
  const report = done.value;
  const { evaluated } = report;
  if (asked.out !== undefined) await written(asked.out, `${plainReport(report)}\n`);
  if (asked.writeKnown !== undefined)
    await writeKnown(asked.writeKnown, evaluated.account, gathering.comparison.kept);
  say(scan, report, gathering, ((performance.now() - start) / 1000).toFixed(1));
  return gathering.exitCode(evaluated);
};

const withFramework = async ({ standard, ...asked }: Said): Promise<Asked> =>
  standard === undefined
    ? asked
    : { ...asked, standard: await frameworkNamed(standard, await catalogue()) };

export const scan: Command = async (argv) => {
  const said = scanAsked(argv);
  if (!said) return 0;
  const asked = await withFramework(said);
  const start = performance.now();
  for (const file of [asked.out, asked.writeKnown])
    if (file !== undefined) await checkWritable(file);
  const scanned = await prepared(asked);
  if (asked.accounts === undefined) return scanAlone(scanned, start);
  const to = await accountsToRead(asked.accounts, scanned.baseline);
  const { read, left, baseline } = to;
  const counting = { ...scanned, baseline };
  const [only] = read;
  if (only && read.length + left.length === 1) {
    await enter(only);
    return scanAlone(askedIn(counting, only), start);
  }
  return scanAccounts(counting, to);
};
