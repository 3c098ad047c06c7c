import { createHash } from 'node:crypto';
import { allControls } from '../../../controls/index.ts';
import { baselineAt } from '../../../infrastructure/baseline-file.ts';
import { readRecord } from '../../../reports/compliance/read-record.ts';
import type { Source } from '../../../reports/compliance/report.ts';
import type { Result } from '../../../reports/result.ts';
import { UserError } from '../../../support/user-error.ts';
import { evaluateAll } from '../../evaluate-all.ts';
import { resultOf } from '../../output/tally.ts';
import { subjectsOf } from '../../subjects.ts';
import { textIn } from '../../text-in.ts';
import { scanRecord } from '../scan/scan-record.ts';
import { plainReport } from '../scan/scan-report.ts';
import { createTally } from '../scan/scan-tally.ts';
import { controlsIn } from '../scan/scan-text.ts';

const sourceFrom = (content: string, file: string): Source => ({
  scan: readRecord(content, file),
  sha256: createHash('sha256').update(content).digest('hex'),
});

/** Saved scans; two of one account and region would count what is there twice. */
export const savedScans = async (
  option: string,
  files: readonly string[],
): Promise<readonly Source[]> => {
  const sources: Source[] = [];
  const places = new Map<string, string>();
  for (const file of files) {
    const source = sourceFrom(await textIn(option, file), file);
    for (const region of source.scan.regions) {
      const place = `account ${source.scan.account}, ${region}`;
      const other = places.get(place);
      if (other !== undefined)
        throw new UserError(`${other} and ${file} are both of ${place}: give one of them`);
      places.set(place, file);
    }
    sources.push(source);
  }
  return sources;
};

/** Scans this account now, with the credentials of the environment. */
export const liveScan = async (
  baselineFile: string | undefined,
  regions: readonly string[],
): Promise<Source> => {
  const at = new Date();
  const all = await allControls();
  const baseline = await baselineAt(baselineFile, all);
  const subjects = subjectsOf(all, baseline, { controls: [], resourceTypes: [] });
  const tally = createTally();
  const results: Result[] = [];
  const evaluated = await evaluateAll({
    subjects,
    baseline,
    regions,
    onEvaluated: (evaluations) => {
      for (const evaluation of evaluations) {
        const status = tally.add(evaluation);
        if (status !== 'passed' && status !== 'notApplicable') results.push(resultOf(evaluation));
      }
    },
  });
  const record = scanRecord({ at, baseline, isNarrowed: false }, tally, controlsIn(subjects));
  const report = { record, evaluated, counts: tally.counts, results, idleExemptions: [] };
  return sourceFrom(plainReport(report), 'the scan that was made now');
};
