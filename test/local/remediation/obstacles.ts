import { sdkClients } from '../../../lib/aws/clients.ts';
import type { Baseline } from '../../../lib/engine/baseline/baseline.ts';
import { type EventCause, keyOf } from '../../../lib/engine/changes/change.ts';
import { identifiersOf } from '../../../lib/engine/findings/finding-id.ts';
import type { Plumbline, TestStack } from '../../remediation/stack.ts';
import { refOf, region } from '../../resources/aws.ts';
import { askOn, bucketType, control } from './buckets.ts';

// What a guard may stand on, put there and taken away as the world would.

export const keyFor = (id: string) => keyOf({ type: bucketType, ref: refOf(id) });
const hour = 3_600_000;
export const later = (hours: number) => new Date(Date.now() + hours * hour);
/** Whose word counts, where the baseline says so. */
export const operator = 'arn:aws:iam::123456789012:user/alice';
export const suppress = async (
  { url: endpoint }: TestStack,
  id: string,
  controlId: string,
  Status: 'SUPPRESSED' | 'NEW',
  accessKeyId = 'alice',
) => {
  const clients = sdkClients({
    region,
    endpoint,
    credentials: { accessKeyId, secretAccessKey: 'any' },
  });
  const subject = { ref: refOf(id), arn: `arn:aws:s3:::${id}` };
  await (await clients('securityhub')).batchUpdateFindings({
    FindingIdentifiers: [...identifiersOf(subject, [controlId])],
    Workflow: { Status },
  });
};
/** Turns the switch: on as an operator does, else as anybody can. */
export const turn = async ({ ssm, switchName, remediation }: Plumbline, Value: string) => {
  if (Value !== 'on') await ssm.putParameter({ Name: switchName, Value, Overwrite: true });
  else await remediation.turnOn({ by: 'alice', at: new Date().toISOString() });
};
export const setBreaker = ({ ssm, switchName }: Plumbline, controlId: string, Value: string) => {
  const Name = switchName.replace('remediation', `breakers/${controlId}`);
  return ssm.putParameter({ Name, Value, Type: 'String', Overwrite: true });
};

/** An event of our own action, once the ledger knows its source identity. */
export const ourEvent = ({ started }: TestStack): Partial<EventCause> => {
  const role = started?.environment['REMEDIATOR_ROLE_ARN']?.split('/').at(-1);
  const by = `arn:aws:sts::123456789012:assumed-role/${role}/session`;
  return { by, sourceIdentity: askOn('any').id };
};
export const keepInLedger = async ({ remediation }: Plumbline, id: string, action: string) => {
  await remediation.ledger.add({
    ...askOn(id),
    id: action,
    arn: id,
    state: 'VERIFIED',
    driftedBy: [],
    startedAt: new Date().toISOString(),
    calls: [],
  });
};

export const limits = (more: Partial<Baseline['remediation']>): Pick<Baseline, 'remediation'> => ({
  remediation: {
    holdHours: 24,
    suppressionDays: 30,
    flapping: { drifts: 3, hours: 24 },
    breaker: { perHour: 100, share: 1, atLeast: 100, reserve: 0, closesAfterMinutes: 60 },
    windows: [],
    deployRoles: [],
    protectedRoles: [],
    ...more,
  },
});
/** A window that is open for an hour, so many hours from now. */
export const windowIn = (hours: number): Baseline['remediation']['windows'][number] => {
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const from = later(hours);
  const time = (at: Date) => at.toISOString().slice(11, 16);
  return {
    days: [days[from.getUTCDay()] ?? 'sun'],
    from: time(from),
    to: time(new Date(from.getTime() + hour)),
    timeZone: 'UTC',
  };
};

export const exemption = {
  control,
  resource: 'guarded-*',
  owner: 'web team',
  reason: 'migration',
  expires: '2999-01-01T00:00:00.000Z',
};
