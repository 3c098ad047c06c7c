import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import { hardenedBy } from '../../hosts/documents/harden-host.ts';
import { hostControls } from '../../hosts/index.ts';
import type { DisposableHost } from '../hosts/disposable-host.ts';
import type { LocalAws } from '../local-aws.ts';
import { controlOf, type Narrator } from './narrator.ts';
import { send, sendingOf } from './tour-host-commands.ts';
import { audited, failedIn, type HostFindings, type Tally, tallyOf } from './tour-host-findings.ts';
import type { Scene, Step } from './tour-scenes.ts';

/** What each act of the scene works with. */
export interface Stage {
  readonly aws: LocalAws;
  readonly narrator: Narrator;
  readonly ssm: SSM;
  readonly sqs: SQS;
  readonly findings: HostFindings;
}

export const scene: Scene = {
  title: 'A host starts as its distribution ships it, is audited, and is hardened',
  resource: 'instance',
  steps: [],
};

interface Moment {
  readonly since: Date;
  readonly start: number;
}
// SSM may tell no parts of seconds.
export const moment = (): Moment => ({
  since: new Date(Date.now() - 1000),
  start: performance.now(),
});

const missed = ({ narrator }: Stage, call: string, why: string): false => {
  narrator.missed(scene, stepOf(call, 'PL.HOST.1', 'PASSED'), why);
  return false;
};
const stepOf = (call: string, controlId: Step['controlId'], expected: Step['expected']): Step => ({
  call,
  by: 'alice',
  controlId,
  expected,
  act: async () => undefined,
});

export const audit = async (
  stage: Stage,
  { instanceId }: DisposableHost,
  { since, start }: Moment,
  before?: Tally,
): Promise<boolean> => {
  const { findings, narrator } = stage;
  if (!(await audited({ ...stage, instanceId, since })))
    return missed(stage, 'the audit', 'not every area of the host was audited within 90 s');
  const all = findings.all();
  narrator.host({
    what: 'audited',
    host: instanceId,
    ...tallyOf(all),
    ...(before && { before }),
    worst: failedIn(all)
      .slice(0, 5)
      .map((finding) => ({
        control: controlOf(finding),
        severity: finding.Severity?.Label ?? '',
        title: finding.Title ?? '',
      })),
    milliseconds: findings.lastAt() - start,
  });
  return true;
};

/** What has failed and is put right by the area's document, the most severe first. */
export const fixableIn = (findings: HostFindings, area: string): readonly Step['controlId'][] => {
  const failed = failedIn(findings.all()).map(controlOf);
  const fixable = hostControls.filter(
    (control) => hardenedBy(control) === `Plumbline-HardenHost-${area}`,
  );
  return failed.flatMap((id) => fixable.find((control) => control.id === id)?.id ?? []);
};

export const show = (
  stage: Stage,
  controlId: Step['controlId'],
  call: string,
  expected: Step['expected'],
  { start }: Moment,
): boolean => {
  const known = stage.findings.of(controlId);
  if (known?.finding.Compliance?.Status !== expected)
    return missed(stage, call, `no ${expected} of ${controlId}`);
  stage.narrator.seen({
    scene,
    step: stepOf(call, controlId, expected),
    finding: known.finding,
    others: [],
    milliseconds: known.at - start,
  });
  return true;
};

export const logIn = async (stage: Stage, { login, user }: DisposableHost): Promise<boolean> => {
  const start = performance.now();
  const as = await login();
  stage.narrator.host({ what: 'login', user, as, milliseconds: performance.now() - start });
  return as === user || missed(stage, 'ssh', `${user} cannot log in`);
};

/** What failed in the area by its name, so that also what may break something is changed; then confirmed. */
export const harden = async (
  stage: Stage,
  host: DisposableHost,
  area: string,
): Promise<boolean> => {
  const failed = fixableIn(stage.findings, area);
  if (failed.length === 0) return true;
  const hardened = await command(stage, host, `Plumbline-HardenHost-${area}`, {
    Controls: failed.join(','),
    DryRun: 'no',
  });
  if (hardened.outcome === 'unchanged') return true;
  if (hardened.outcome !== 'applied')
    return missed(stage, 'ssm:SendCommand', `the host was not hardened: ${hardened.reason}`);
  const confirmed = await command(stage, host, 'Plumbline-ConfirmHost', { Id: hardened.id });
  return (
    confirmed.outcome === 'confirmed' ||
    missed(stage, 'ssm:SendCommand', `it was not confirmed: ${confirmed.reason}`)
  );
};

const command = async (
  { narrator, ssm }: Stage,
  { instanceId }: DisposableHost,
  document: string,
  parameters: Readonly<Record<string, string>>,
) => {
  const sending = await sendingOf(ssm, document);
  const { version, sha256 } = sending;
  const call = `ssm:SendCommand ${document} version ${version}, sha256 ${sha256.slice(0, 12)}…`;
  narrator.call({ by: 'alice', call });
  const start = performance.now();
  const answer = await send(ssm, sending, instanceId, parameters);
  narrator.host({ what: 'command', document, ...answer, milliseconds: performance.now() - start });
  return answer;
};
