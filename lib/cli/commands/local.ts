import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../aws/errors.ts';
import { auditsPath } from '../../local/hosts/ask-for-audits.ts';
import type { DisposableHost } from '../../local/hosts/disposable-host.ts';
import { type LocalAws, startLocalAws } from '../../local/local-aws.ts';
import { account, region } from '../../local/local-aws-clients.ts';
import { memberIds } from '../../local/local-aws-members.ts';
import type { Narrator, Ready } from '../../local/tour/narrator.ts';
import { jsonNarrator } from '../../local/tour/narrator-json.ts';
import { terminalNarrator } from '../../local/tour/narrator-terminal.ts';
import { playTour } from '../../local/tour/tour.ts';
import { playHost } from '../../local/tour/tour-host.ts';
import { turnOnRemediation } from '../../local/turn-on.ts';
import { iam } from '../../services/iam.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import type { Command, ExitCode } from '../command.ts';
import { type LocalHost, localHost } from '../local-host.ts';
import { patience } from '../output/patience.ts';

const usage = `Usage: plumbline local [options]

Starts a local AWS on loopback, deploys Plumbline to it through CloudFormation, plays a short
tour of drift and repair, and stays up: every finding is shown as it comes. Ctrl-C ends it.

  --port <n>          of the endpoint; 0 for any free one. Default 4566
  --baseline <file>   else plumbline.yaml, else every control plans and EC2.14 remediates
  --regions <list>    govern these as well, such as us-east-1,eu-west-1; all for those that every
                      account has. Default: what the baseline says
  --accounts <n>      of so many accounts, 1 to 5, of one organization; the tour plays a scene in the
                      second one. Default 1
  --settle <ms>       how long a write stays unseen, as on AWS. Default 0
  --latency           calls take longer, as on their way to AWS: 70 ms in the home region, 200 ms in
                      another, 100 ms for AssumeRole
  --host              add a disposable host, a Debian 12 with its systemd, which is audited and which the
                      tour hardens; takes root on Linux, and some minutes the first time
  --no-tour           do not play the tour
  --exit              end after the tour
  --json              one JSON object a line
  --verbose           what the handlers log, and what the local AWS leaves out of the template

Without root, mmdebstrap, systemd-nspawn or a network --host says what is missing, and all else goes on.

Exit code: 0 ended, 1 the tour's findings did not all come, 2 it could not be started.
Example: plumbline local --port 4567`;

const options = {
  port: { type: 'string', default: '4566' },
  baseline: { type: 'string' },
  regions: { type: 'string' },
  accounts: { type: 'string', default: '1' },
  settle: { type: 'string', default: '0' },
  latency: { type: 'boolean', default: false },
  host: { type: 'boolean', default: false },
  'no-tour': { type: 'boolean', default: false },
  exit: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
} as const;

const wholeNumber = (name: string, text: string, max: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new UserError(`--${name} is a whole number from 0 to ${max}, not ${text}`);
};

const ours = (name: string) => fileURLToPath(new URL(`../../local/tour/${name}`, import.meta.url));
/** The one that is named or lies here; else one that shows a fix, and audits the host. */
const baselineOf = (named: string | undefined, hasHost: boolean) => {
  if (named !== undefined) return { baseline: named };
  if (existsSync('plumbline.yaml')) return {};
  return { baseline: ours(hasHost ? 'tour-hosts.yaml' : 'tour.yaml') };
};

/** Whoever plays may ask for what changes something: alice of the tour, and you, as the README has you sign in. */
const whoPlays = (): readonly string[] =>
  ['alice', userInfo().username]
    .filter((name) => /^[\w+=,.@-]{1,64}$/.test(name))
    .map((name) => iam.arn('user', { account, region }, name));

const regionsIn = (text: string): readonly string[] => {
  const regions = text.split(',').map((region) => region.trim());
  if (regions.includes('')) throw new UserError('--regions is a list such as us-east-1,eu-west-1');
  return regions;
};

/** A host here boots in a second or two. */
const hostsBootInSeconds = 4;

/** The ids of the accounts beside that of Plumbline. */
const othersOf = (text: string): readonly string[] => {
  const most = memberIds.length + 1;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > most)
    throw new UserError(`--accounts is a whole number from 1 to ${most}, not ${text}`);
  return memberIds.slice(0, count - 1);
};

const print = (line: string) => console.log(line);
// In a pipe only what is found is worth a line.
const progress = (line: string) => {
  if (process.stderr.isTTY) console.error(line);
};

/** Settles when somebody wants the end: Ctrl-C, or a signal from whoever started this. */
const endAsked = () =>
  new Promise<'ended'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve('ended'));
  });

/** What fails in passing, such as a call that is cut off, is told and ends nothing. */
const stayUp = ({ trouble }: Narrator): void => {
  process.on('unhandledRejection', (reason) => trouble(`something failed: ${messageOf(reason)}`));
};

/** Starts the local AWS, plays the tour and shows findings until it is ended. */
export const local: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { values } = args;
  const narrator = values.json ? jsonNarrator(print) : terminalNarrator(print, progress);
  const ended = endAsked();
  const settleMs = wholeNumber('settle', values.settle, 600_000);
  const others = othersOf(values.accounts);
  const port = wholeNumber('port', values.port, 65_535);
  const host = values.host ? await localHost(values.baseline, narrator) : undefined;
  const waiting = patience((seconds) => narrator.step(`still at work, ${seconds} s`));
  const starting = startLocalAws({
    port,
    settleMs,
    latency: values.latency,
    ...baselineOf(values.baseline, host !== undefined),
    operators: whoPlays(),
    ...(others.length > 0 ? { members: others } : {}),
    ...(values.regions === undefined ? {} : { regions: regionsIn(values.regions) }),
    ...(host ? { hostsBootInSeconds } : {}),
    // What is written here shows at once: nothing is gained by waiting as long as AWS may take.
    ...(settleMs === 0 ? { settlesAfterSeconds: 0 } : {}),
    onStep: (sentence) => {
      waiting.said();
      narrator.step(sentence);
    },
    onTrouble: narrator.trouble,
    ...(values.verbose ? { onLog: narrator.log, onLeftOut: narrator.step } : {}),
  });
  stayUp(narrator);
  try {
    const aws = await Promise.race([starting, ended]);
    waiting.end();
    if (aws === 'ended') return 0;
    const operator = await Promise.race([turnOnRemediation(aws), ended]);
    if (operator === 'ended') return 0;
    if (operator !== undefined)
      narrator.step(
        `${operator}, an operator, turns remediation on: a new stack begins with it off`,
      );
    const played = values['no-tour'] ? 0 : await Promise.race([tour(aws, narrator, host), ended]);
    if (played === 'ended' || values.exit) return played === 'ended' ? 0 : played;
    aws.onFinding(narrator.finding);
    const up = await Promise.race([host?.launch(aws), ended]);
    if (up !== 'ended') narrator.ready(readyOf(aws, up));
    await ended;
    return 0;
  } finally {
    waiting.end();
    await host?.stop();
    await starting.then(
      (aws) => aws.stop(),
      () => undefined,
    );
  }
};

const readyOf = (aws: LocalAws, host: DisposableHost | undefined): Ready => {
  const { url, account, region } = aws;
  if (!host) return { url, account, region };
  const { instanceId } = host;
  return { url, account, region, host: { instanceId, audits: `${url}${auditsPath}` } };
};

const tour = async (aws: LocalAws, narrator: Narrator, host?: LocalHost): Promise<ExitCode> => {
  const complete = await playTour({
    aws,
    isEnabled: (controlId) => controlId in aws.baseline.controls,
    isRemediated: (controlId) => aws.baseline.controls[controlId]?.mode === 'remediate',
    onScene: narrator.scene,
    onStep: narrator.call,
    onSeen: narrator.seen,
    onMissed: narrator.missed,
  });
  if (host === undefined || (await host.root) === undefined) return complete ? 0 : 1;
  const isHardened = await playHost({ aws, narrator, launch: () => host.launch(aws) });
  return complete && isHardened ? 0 : 1;
};
