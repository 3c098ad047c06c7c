import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import type { DisposableHost } from '../hosts/disposable-host.ts';
import type { LocalAws } from '../local-aws.ts';
import type { Narrator } from './narrator.ts';
import {
  audit,
  fixableIn,
  harden,
  logIn,
  moment,
  type Stage,
  scene,
  show,
} from './tour-host-acts.ts';
import { hostFindings, tallyOf } from './tour-host-findings.ts';

export interface HostTour {
  readonly aws: LocalAws;
  readonly narrator: Narrator;
  /** Undefined, and said why, where there can be none. */
  readonly launch: () => Promise<DisposableHost | undefined>;
}
const hardenedAreas = ['ssh', 'kernel'] as const;

/** Plays the life of a host with real calls; returns whether all came as expected. */
export const playHost = async (tour: HostTour): Promise<boolean> => {
  const { url, region, onFinding } = tour.aws;
  const credentials = { accessKeyId: 'alice', secretAccessKey: 'local' };
  const settings = { endpoint: url, region, credentials };
  const findings = hostFindings({ onFinding });
  const stage = { ...tour, findings, ssm: new SSM(settings), sqs: new SQS(settings) };
  try {
    return await play(stage, tour.launch);
  } finally {
    findings.end();
  }
};

const play = async (stage: Stage, launch: HostTour['launch']): Promise<boolean> => {
  const { narrator, findings } = stage;
  narrator.scene(scene);
  narrator.call({ by: 'pipeline', call: 'ec2:RunInstances' });
  const begin = moment();
  const host = await launch();
  if (!host) return true;
  if (!(await audit(stage, host, begin))) return false;
  const shown = fixableIn(findings, 'ssh')[0];
  if (shown) show(stage, shown, 'ec2:RunInstances', 'FAILED', begin);
  const before = tallyOf(findings.all());

  let went = await logIn(stage, host);
  for (const area of hardenedAreas) went = (await harden(stage, host, area)) && went;
  went = (await logIn(stage, host)) && went;

  const again = moment();
  narrator.call({ by: 'Plumbline', call: 'the audit of all hosts' });
  await stage.aws.auditHosts();
  if (!(await audit(stage, host, again, before))) return false;
  if (shown) went = show(stage, shown, 'the next audit', 'PASSED', again) && went;
  return went;
};
