import type { After, Before } from './call.ts';
import { type ConfigClients, type Described, describeSubject } from './config-describe.ts';
import { type Subject, subjectsOf } from './config-subjects.ts';
import type { EventBus } from './event-bus.ts';

export interface ConfigRecorderOptions {
  readonly account: string;
  readonly region: string;
  readonly bus: EventBus;
  readonly clients: ConfigClients;
  /** From a change to its item, minutes on AWS. @default 1500 */
  readonly delayMs?: number;
  readonly onError?: (error: unknown) => void;
}
export interface ConfigRecorder {
  /** Sees what is about to be deleted, since an item tells ids that are gone with the resource. */
  readonly before: Before;
  readonly after: After;
  /** Forgets the items that are still to come. */
  stop(): void;
}
type Status = 'ResourceDiscovered' | 'OK' | 'ResourceDeleted';

/** Emits a `Config Configuration Item Change` for each resource that calls change, one for changes within the delay. */
export const configRecorder = (options: ConfigRecorderOptions): ConfigRecorder => {
  const { bus, clients, delayMs = 1500, onError = console.error } = options;
  const last = new Map<string, Described>();
  const pending = new Map<string, NodeJS.Timeout>();

  const emit = async (subject: Subject, key: string) => {
    const known = last.get(key);
    const now = await describeSubject(clients, subject);
    const described = now ?? known;
    if (!described) return;
    if (now) last.set(key, now);
    else last.delete(key);
    const status = now ? (known ? 'OK' : 'ResourceDiscovered') : 'ResourceDeleted';
    await bus.emit(options.region, eventOf(subject, described, status, options));
  };

  const schedule = (subject: Subject) => {
    const key = `${subject.type} ${subject.id}`;
    if (pending.has(key)) return;
    const timer = setTimeout(() => {
      pending.delete(key);
      emit(subject, key).catch(onError);
    }, delayMs);
    pending.set(key, timer);
  };

  return {
    before: async (call) => {
      if (!/^Delete(User|Role|Group|Policy|DB|SecurityGroup|Bucket)/.test(call.operation))
        return undefined;
      for (const subject of subjectsOf(call, undefined)) {
        const key = `${subject.type} ${subject.id}`;
        const described = last.has(key) ? undefined : await describeSubject(clients, subject);
        if (described) last.set(key, described);
      }
      return undefined;
    },
    after: (call, { status }, output) => {
      if (call.readOnly || status >= 300) return;
      for (const subject of subjectsOf(call, output)) schedule(subject);
    },
    stop: () => {
      for (const timer of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
};

const changeTypes = {
  ResourceDiscovered: 'CREATE',
  OK: 'UPDATE',
  ResourceDeleted: 'DELETE',
} as const;

const eventOf = (
  { type }: Subject,
  described: Described,
  status: Status,
  { account, region }: ConfigRecorderOptions,
) => {
  const now = new Date();
  const { resourceId, resourceName, arn, createdAt, configuration } = described;
  const configurationItem = {
    relatedEvents: [],
    relationships: [],
    configuration: status === 'ResourceDeleted' ? null : lowered(configuration),
    supplementaryConfiguration: {},
    tags: {},
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: now.toISOString(),
    configurationStateId: now.getTime(),
    awsAccountId: account,
    configurationItemStatus: status,
    resourceType: type,
    resourceId,
    resourceName,
    ARN: arn,
    awsRegion: type.startsWith('AWS::IAM::') ? 'global' : region,
    availabilityZone: 'Not Applicable',
    configurationStateMd5Hash: '',
    resourceCreationTime: createdAt?.toISOString() ?? null,
  };
  return {
    Source: 'aws.config',
    DetailType: 'Config Configuration Item Change',
    Time: Math.floor(now.getTime() / 1000),
    Resources: arn === undefined ? [] : [arn],
    Detail: JSON.stringify({
      recordVersion: '1.3',
      messageType: 'ConfigurationItemChangeNotification',
      configurationItemDiff: { changedProperties: {}, changeType: changeTypes[status] },
      notificationCreationTime: now.toISOString(),
      configurationItem,
    }),
  };
};

/** Names as Config writes them, `dBInstanceIdentifier`, at every depth. */
const lowered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      lowered(one),
    ]),
  );
};
