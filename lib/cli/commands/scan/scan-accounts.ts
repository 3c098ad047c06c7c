import { attempted } from '../../../aws/errors.ts';
import { sumOf } from '../../../reports/compliance/counts.ts';
import { paint } from '../../../reports/paint.ts';
import { resultTable } from '../../../reports/table.ts';
import { columnsOf, wrap } from '../../../reports/wrap.ts';
import { plural } from '../../../support/plural.ts';
import { printedJson } from '../../../support/printed-json.ts';
import { UserError } from '../../../support/user-error.ts';
import { written } from '../../../support/written.ts';
import type { AccountsToRead } from '../../accounts/accounts-to-read.ts';
import { askedIn } from '../../accounts/asked-in.ts';
import { byAccount, type OfAccount, worstOf } from '../../accounts/by-account.ts';
import type { ExitCode } from '../../command.ts';
import { notLookedAtText } from '../../evaluate-all.ts';
import { untilInterrupted } from '../../interruption.ts';
import { forTerminal } from '../../output/for-terminal.ts';
import { missingText } from '../../output/tally.ts';
import { createGathering, type Gathering, type Scan, scanOnce } from './scan-once.ts';
import type { Asked } from './scan-options.ts';
import { plainReport, type Report, reportObject } from './scan-report.ts';
import { regionsText, standardText, summaryText } from './scan-text.ts';

/** The form of a scan of several accounts: each of its accounts is a saved scan. */
const scansSchema = 'plumbline-scans/1';

interface Scanned {
  readonly report: Report;
  readonly gathering: Gathering;
  readonly seconds: string;
}
type Ended = OfAccount<Scanned>;

const checkTogether = ({ known, writeKnown }: Asked): void => {
  const name = known === undefined ? 'write-known' : 'known';
  if (known !== undefined || writeKnown !== undefined)
    throw new UserError(`--${name} is of one account: name one with --account`);
};

const scanAccount = async (scan: Scan): Promise<Scanned> => {
  const start = performance.now();
  const gathering = createGathering(scan);
  const done = await attempted(() =>
    untilInterrupted(() => scanOnce({ ...scan, hasHead: false }, gathering)),
  );
  if ('failure' in done) throw done.failure;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return { report: done.value, gathering, seconds };
};

/** `scan.json` as `scan-444455556666.json`: one file holds one account. */
const fileOf = (out: string, account: string): string =>
  out.replace(/(\.[^./\\]*)?$/, `-${account}$1`);

const showAccount = ({ account, ...ended }: Ended, { asked }: Scan): void => {
  if (!('value' in ended)) return;
  const { report, seconds } = ended.value;
  const { results, requirements, evaluated, counts } = report;
  console.log(paint.bold(`account ${account}`));
  if (results.length > 0) console.log(resultTable(results, columnsOf(process.stdout)));
  if (asked.quiet) return;
  if (requirements && asked.standard) console.log(standardText(asked.standard, requirements));
  const regions = regionsText(evaluated);
  if (regions !== undefined) console.log(regions);
  const summary = summaryText(counts, evaluated, seconds);
  console.log(`${wrap(summary, columnsOf(process.stdout) ?? 100_000).join('\n')}\n`);
};

/** What is missing of an account, in sentences. */
const gapsOf = (ended: Ended): readonly string[] => {
  const { account } = ended;
  if ('why' in ended)
    return [`account ${account} was not looked at: ${ended.why}. This scan is not complete.`];
  const { report, gathering } = ended.value;
  const { evaluated } = report;
  const missing = missingText(gathering.missing);
  return [
    ...(missing === undefined ? [] : [`account ${account}: ${missing}`]),
    ...evaluated.notLookedAt.map(
      (one) => `account ${account}, ${notLookedAtText(one)}. This scan is not complete.`,
    ),
    ...(evaluated.resources === 0 ? [`account ${account}: nothing was evaluated.`] : []),
  ];
};

const valuesOf = (all: readonly Ended[]): readonly Scanned[] =>
  all.flatMap((one) => ('value' in one ? one.value : []));

const showSum = (all: readonly Ended[], { left }: AccountsToRead): void => {
  const scanned = valuesOf(all);
  const { failed, exempted, unknown, passed } = sumOf(scanned.map(({ report }) => report.counts));
  console.log(
    `${plural(scanned.length, 'account')}: ${failed} failed, ${exempted} exempted, ${unknown} unknown, ${passed} passed`,
  );
  for (const { account, why } of left)
    console.log(`account ${account} was not looked at: ${why}, so that nothing can be there`);
};

const plainScans = (all: readonly Ended[], { left }: AccountsToRead): string =>
  printedJson({
    schema: scansSchema,
    counts: sumOf(valuesOf(all).map(({ report }) => report.counts)),
    accounts: valuesOf(all).map(({ report }) => reportObject(report)),
    notLookedAt: all.flatMap((one) => ('why' in one ? { account: one.account, why: one.why } : [])),
    left,
  });

const exitCodeOf = (all: readonly Ended[]): ExitCode => {
  const codes = all.map((one) =>
    'why' in one ? 2 : one.value.gathering.exitCode(one.value.report.evaluated),
  );
  return worstOf(codes);
};

/** Several accounts, each for itself; what fails in one is said, and ends nothing in another. */
export const scanAccounts = async (scan: Scan, to: AccountsToRead): Promise<ExitCode> => {
  const { asked } = scan;
  checkTogether(asked);
  const all = await byAccount(to.read, (as) => scanAccount(askedIn(scan, as)));
  if (asked.out !== undefined)
    for (const { report } of valuesOf(all))
      await written(fileOf(asked.out, report.evaluated.account), `${plainReport(report)}\n`);
  if (asked.json) console.log(plainScans(all, to));
  else {
    for (const one of all) showAccount(one, scan);
    if (!asked.quiet) showSum(all, to);
  }
  for (const gap of all.flatMap(gapsOf)) console.error(forTerminal(gap));
  if (all.length === 0) console.error('Nothing was evaluated: no account can be entered.');
  return exitCodeOf(all);
};
