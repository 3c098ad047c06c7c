import { userInfo } from 'node:os';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import colors from 'picocolors';
import { columnsOf, wrap } from '../../reports/wrap.ts';
import { runAs } from '../../support/run-as.ts';
import type { Imported } from '../security-hub/security-hub-store.ts';
import { controlOf, field, type Narrator, type Ready, type Write, who } from './narrator.ts';
import { hostByHand, hostLines } from './narrator-host.ts';
import { byCriticality, createLive } from './narrator-live.ts';
import type { Seen } from './tour.ts';

const paintedStatus = (finding: AwsSecurityFinding) => {
  const status = finding.RecordState === 'ARCHIVED' ? 'ARCHIVED' : finding.Compliance?.Status;
  if (status === 'FAILED') return colors.bold(colors.red('FAILED '));
  return status === 'PASSED' ? colors.green('PASSED ') : colors.yellow((status ?? '').padEnd(7));
};

/** Lines for people: what happened, by whom, the verdict and the finding. */
export const terminalNarrator = (write: Write, progress: Write): Narrator => {
  let scenes = 0;
  const columns = columnsOf(process.stdout);
  const live = createLive({ write, columns });
  return {
    step: (sentence) => progress(colors.dim(`  ${sentence}`)),
    trouble: (sentence) => write(`${colors.yellow('!')} ${sentence}`),
    log: (functionName, line) => write(colors.dim(`${functionName}  ${line}`)),
    scene: ({ title }) => {
      scenes += 1;
      write(`\n${colors.bold(`${scenes}  ${title}`)}`);
    },
    call: ({ by, call }) =>
      write(by === 'Plumbline' ? `   ${by} carries out ${call}` : `   ${by} calls ${call}`),
    seen: (seen) => {
      for (const line of seenLines(seen, columns)) write(`   ${line}`);
    },
    missed: (_scene, _step, why) => write(`   ${colors.yellow(why)}`),
    skipped: (sentence) => write(`${colors.yellow('Skipped')} ${sentence}`),
    host: (told) => {
      for (const line of hostLines(told)) write(`   ${line}`);
    },
    ready: (place) => {
      for (const line of readyLines(place)) write(line);
    },
    finding: (change) => {
      if (isNews(change)) live.finding(change.finding);
      const note = outcomeIn(change);
      const [said, undo] = note?.split(' Undo: ') ?? [];
      if (said !== undefined) live.note(said);
      if (undo !== undefined) live.note(`undo it with ${undo}`);
    },
  };
};

/** Before the text of a detail, with what stands before every line of a scene. */
const detailIndent = 18;
const detail = (name: string, text = '', columns = 100_000): string => {
  const [first = '', ...rest] = wrap(text, Math.max(20, columns - detailIndent - 3));
  return [
    `        ${colors.dim(name.padEnd(10))}${first}`,
    ...rest.map((line) => `   ${' '.repeat(detailIndent)}${line}`),
  ].join('\n');
};

const seenLines = (
  { step, finding, others, milliseconds }: Seen,
  columns: number | undefined,
): readonly string[] => {
  const workflow = finding.Workflow?.Status ?? '';
  const took = `${milliseconds.toFixed(0)} ms`;
  const head = `${paintedStatus(finding)} ${colors.bold(controlOf(finding))}`;
  const told = (name: string, text: string | undefined) => detail(name, text, columns);
  const [said, undo] = (finding.Note?.Text ?? '').split(/ Undo: /);
  const note = step.noted
    ? [told('note', said), ...(undo === undefined ? [] : [told('undo', undo)])]
    : [];
  if (step.expected === 'PASSED' || step.noted) {
    return [`${head}  ${workflow}  ${colors.dim(took)}`, ...note];
  }
  const [plan, by] = [field(finding, 'plan'), who(finding)];
  return [
    `${head}  ${finding.Severity?.Label}, ${field(finding, 'priority')} priority  ${colors.dim(took)}`,
    told('control', finding.Title),
    told('reason', field(finding, 'reason')),
    // Nobody is known to have made a host what it is.
    ...(by === undefined ? [] : [told('by', `${by} from ${field(finding, 'sourceAddress')}`)]),
    told('priority', field(finding, 'priorityWhy')),
    ...(plan === undefined ? [] : [told('plan', plan)]),
    told('finding', `${finding.Id} ${workflow}`),
    ...(others.length > 0
      ? [told('also', others.toSorted(byCriticality).map(alsoFailed).join(', '))]
      : []),
  ];
};

const alsoFailed = (finding: AwsSecurityFinding) =>
  `${controlOf(finding)} ${finding.Severity?.Label}`;

/** What came of an action, once its note is there: also how it is taken back. */
const outcomeIn = ({ finding, before }: Imported): string | undefined => {
  const text = finding.Note?.Text;
  return text !== before?.Note?.Text && /^(remediation|undo of) /.test(text ?? '')
    ? `${controlOf(finding)}: ${text}`
    : undefined;
};

/** Whether people want to hear of it: what is new, passed or failed anew, or was archived. */
const isNews = ({ finding, before }: Imported) =>
  !before ||
  before.Compliance?.Status !== finding.Compliance?.Status ||
  before.RecordState !== finding.RecordState;

const you = () => userInfo().username.replace(/[^\w+=,.@-]/g, '') || 'me';

const readyLines = ({ url, account, region, host }: Ready) => [
  '',
  `${colors.bold('Ready')} at ${colors.cyan(url)}, account ${account}, region ${region}.`,
  'In another terminal, in this folder:',
  '',
  `  export AWS_ENDPOINT_URL=${url} AWS_DEFAULT_REGION=${region} AWS_ACCESS_KEY_ID=${you()} AWS_SECRET_ACCESS_KEY=any`,
  '  aws s3api create-bucket --bucket my-first-drift',
  '  aws s3api delete-public-access-block --bucket my-first-drift',
  `  ${runAs('fix my-first-drift S3.8')}`,
  '',
  ...wrap(
    `Any access key will do; it is the name of who acts. Findings are shown here, and what was done says how to take it back. ${runAs('scan')} evaluates all that there is. Ctrl-C ends it.`,
    columnsOf(process.stdout) ?? 100,
  ).map((line) => colors.dim(line)),
  '',
  ...(host ? hostByHand(host) : []),
];
