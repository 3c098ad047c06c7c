import { userInfo } from 'node:os';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import colors from 'picocolors';
import type { Imported } from '../security-hub/security-hub-store.ts';
import { controlOf, field, type Narrator, type Ready, type Write, who } from './narrator.ts';
import { hostByHand, hostLines } from './narrator-host.ts';
import type { Seen } from './tour.ts';

const paintedStatus = (finding: AwsSecurityFinding) => {
  const status = finding.RecordState === 'ARCHIVED' ? 'ARCHIVED' : finding.Compliance?.Status;
  if (status === 'FAILED') return colors.bold(colors.red('FAILED '));
  return status === 'PASSED' ? colors.green('PASSED ') : colors.yellow((status ?? '').padEnd(7));
};

/** Lines for people: what happened, by whom, the verdict and the finding. */
export const terminalNarrator = (write: Write, progress: Write): Narrator => {
  let scenes = 0;
  const together = createGroups(write);
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
      for (const line of seenLines(seen)) write(`   ${line}`);
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
      if (!isNews(change)) return;
      const { finding, before } = change;
      const isQuiet = !before && finding.Compliance?.Status === 'PASSED';
      if (isQuiet || finding.RecordState === 'ARCHIVED') return together(finding);
      write(findingLine(finding));
    },
  };
};

const seenLines = ({ step, finding, others, milliseconds }: Seen) => {
  const workflow = finding.Workflow?.Status ?? '';
  const took = `${milliseconds.toFixed(0)} ms`;
  const head = `${paintedStatus(finding)} ${colors.bold(controlOf(finding))}`;
  const detail = (name: string, text = '') => `        ${colors.dim(name.padEnd(10))}${text}`;
  const note = step.noted ? [detail('note', finding.Note?.Text)] : [];
  if (step.expected === 'PASSED' || step.noted) {
    return [`${head}  ${workflow}  ${colors.dim(took)}`, ...note];
  }
  const [plan, by] = [field(finding, 'plan'), who(finding)];
  return [
    `${head}  ${finding.Severity?.Label}, ${field(finding, 'priority')} priority  ${colors.dim(took)}`,
    detail('control', finding.Title),
    detail('reason', field(finding, 'reason')),
    // Nobody is known to have made a host what it is.
    ...(by === undefined ? [] : [detail('by', `${by} from ${field(finding, 'sourceAddress')}`)]),
    detail('priority', field(finding, 'priorityWhy')),
    ...(plan === undefined ? [] : [detail('plan', plan)]),
    detail('finding', `${finding.Id} ${workflow}`),
    ...(others.length > 0 ? [detail('also', others.map(alsoFailed).join(', '))] : []),
  ];
};

const alsoFailed = (finding: AwsSecurityFinding) =>
  `${controlOf(finding)} ${finding.Severity?.Label}`;

const findingLine = (finding: AwsSecurityFinding) => {
  const failed = finding.Compliance?.Status === 'FAILED' && finding.RecordState === 'ACTIVE';
  const parts = [
    clock(),
    paintedStatus(finding),
    colors.bold(controlOf(finding).padEnd(6)),
    (finding.Severity?.Label ?? '').padEnd(8),
    finding.Resources?.[0]?.Id ?? '',
    ...(failed
      ? [field(finding, 'reason') ?? '', colors.dim(`by ${who(finding) ?? 'nobody known'}`)]
      : []),
  ];
  return parts.join('  ');
};

/** Whether people want to hear of it: what is new, passed or failed anew, or was archived. */
const isNews = ({ finding, before }: Imported) =>
  !before ||
  before.Compliance?.Status !== finding.Compliance?.Status ||
  before.RecordState !== finding.RecordState;

// A new bucket passes a dozen controls at once, and one that is deleted has as many archived: one line each.
const createGroups = (write: Write) => {
  const waiting = new Map<string, string[]>();
  return (finding: AwsSecurityFinding) => {
    const resource = finding.Resources?.[0]?.Id ?? '';
    const key = `${finding.RecordState} ${resource}`;
    const controls = waiting.get(key);
    if (controls) return void controls.push(controlOf(finding));
    waiting.set(key, [controlOf(finding)]);
    setTimeout(() => {
      const ids = (waiting.get(key) ?? []).join(' ');
      waiting.delete(key);
      write(`${clock()}  ${paintedStatus(finding)}  ${resource}  ${colors.dim(ids)}`);
    }, 50);
  };
};
const clock = () => colors.dim(new Date().toTimeString().slice(0, 8));

const you = () => userInfo().username.replace(/[^\w+=,.@-]/g, '') || 'me';

const readyLines = ({ url, account, region, host }: Ready) => [
  '',
  `${colors.bold('Ready')} at ${colors.cyan(url)}, account ${account}, region ${region}. In another terminal:`,
  '',
  `  export AWS_ENDPOINT_URL=${url} AWS_DEFAULT_REGION=${region} AWS_ACCESS_KEY_ID=${you()} AWS_SECRET_ACCESS_KEY=any`,
  '  aws s3api create-bucket --bucket my-first-drift',
  '  aws s3api delete-public-access-block --bucket my-first-drift',
  `  aws securityhub get-findings --filters '{"ComplianceStatus":[{"Value":"FAILED","Comparison":"EQUALS"}]}'`,
  '',
  colors.dim(
    'Any access key will do; it is the name of who acts. Findings are shown here. Ctrl-C ends it.',
  ),
  '',
  ...(host ? hostByHand(host) : []),
];
